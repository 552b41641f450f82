import { Inject, Injectable, Logger } from '@nestjs/common';
import { CircleService, isOpenAt } from '@linli/circle';
import type { InboundContent } from '@linli/contracts';
import type { Conversation, NearbyPlace, World } from '@linli/dialogue';
import { Refusal, type WorkCalendar } from '@linli/kernel';
import { CALENDAR } from '@linli/platform';
import { Guidepost } from './guidepost';

const minutes = 15;
const most = 4;

/** What is near a place a resident sent. */
@Injectable()
export class NearPlaces {
  private readonly logger = new Logger(NearPlaces.name);

  constructor(
    private readonly circle: CircleService,
    private readonly guidepost: Guidepost,
    @Inject(CALENDAR) private readonly calendar: WorkCalendar,
  ) {}

  /** What a turn sees of the house, with what is near the place it brought. */
  async world(
    content: InboundContent,
    { subdistrictId, conversation }: { readonly subdistrictId: string | null; readonly conversation: Conversation },
    now: Date,
  ): Promise<World> {
    const nearby = await this.around(content, conversation, now);
    return { ...this.guidepost.world(subdistrictId, now), ...(nearby ? { nearby } : {}) };
  }

  /** The nearest places, of the service on view when one is; undefined when the message is no place of the district. */
  private async around(
    content: InboundContent,
    { mode }: Conversation,
    now: Date,
  ): Promise<readonly NearbyPlace[] | undefined> {
    if (content.kind !== 'location') return undefined;
    const entry = mode.kind === 'reading' ? this.guidepost.entry(mode.entryId) : undefined;
    const service = entry?.kind === 'service' ? { service: entry.id } : {};
    try {
      const found = await this.circle.nearby({ lat: content.lat, lng: content.lng, minutes, limit: most, ...service });
      const details = new Map((await this.circle.details(found.map((one) => one.id))).map((one) => [one.id, one]));
      return found.flatMap(({ id, name, walkMinutes }) => {
        const place = details.get(id);
        if (!place) return [];
        const { address, phone, hours, active } = place;
        return [{ name, address, phone, walkMinutes, openNow: active && isOpenAt(hours, now, this.calendar) }];
      });
    } catch (error) {
      // A place elsewhere is still a place to report from; and what is around must never keep a message from its answer.
      if (!(error instanceof Refusal)) this.logger.warn(error, 'places nearby are not known');
      return undefined;
    }
  }
}
