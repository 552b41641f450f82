import { Injectable } from '@nestjs/common';
import { CircleService } from '@linli/circle';
import type { Intent, Outcome } from '@linli/contracts';
import { localDate, Refusal } from '@linli/kernel';
import type { Tx } from '@linli/platform';
import { Assignment } from './assignment';

type Asked = Extract<Intent, { kind: 'whoHandles' }>;

interface Area {
  readonly subdistrictId: string | null;
  readonly communityId: string | null;
}

/** 紧急问题不知道找谁: tells in chat who handles a matter, by the lists. */
@Injectable()
export class AskingWho {
  constructor(
    private readonly assignment: Assignment,
    private readonly circle: CircleService,
  ) {}

  async perform(tx: Tx, { entryId, subdistrictId: home, spot }: Asked, now: Date): Promise<Outcome> {
    const { subdistrictId, communityId } = await this.areaOf(spot ?? null, home);
    if (subdistrictId === null) return { kind: 'handler', entryId, sentence: null, phone: null, passedOver: [] };
    const who = await this.assignment.who({ entryId, subdistrictId, communityId, on: localDate(now) }, tx);
    const { sentence, office, unit, passedOver } = who;
    const phone = office?.phone ?? unit?.phone ?? null;
    return { kind: 'handler', entryId, sentence, phone, passedOver: passedOver.map((one) => one.sentence) };
  }

  /** Where the point lies, else where the resident lives. */
  private async areaOf(spot: Asked['spot'] | null, home: string | null): Promise<Area> {
    const lives = { subdistrictId: home, communityId: null };
    if (!spot) return lives;
    try {
      const { subdistrict, community } = await this.circle.where(spot);
      return subdistrict ? { subdistrictId: subdistrict.id, communityId: community?.id ?? null } : lives;
    } catch (error) {
      // A point elsewhere: the lists of home are all there is.
      if (error instanceof Refusal) return lives;
      throw error;
    }
  }
}
