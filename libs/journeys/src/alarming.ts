import { Injectable } from '@nestjs/common';
import type { EventOf } from '@linli/contracts';
import { OfficerService, ResidentStore } from '@linli/directory';
import { NotificationService } from '@linli/notification';
import type { Tx } from '@linli/platform';
import { OverdueAlarms } from '@linli/rating';
import { reachable } from './rating-questions';
import { overdueWords } from './rating-words';

/** Whose business it is that others missed a day. */
const above = new Set(['supervisor', 'leader']);

/** Tells those responsible of a rectification past its day: on their list, and by WeChat where theirs is known. */
@Injectable()
export class Alarming {
  constructor(
    private readonly alarms: OverdueAlarms,
    private readonly officers: OfficerService,
    private readonly residents: ResidentStore,
    private readonly notifications: NotificationService,
  ) {}

  async overdue(tx: Tx, { id, payload, at }: EventOf<'rectification.overdue'>): Promise<void> {
    const alarm = await this.alarms.raise(tx, payload, at);
    const known = await this.alarms.reachable(tx, payload.subdistrictId);
    if (known.length === 0) return;
    const roles = await this.officers.rolesOf(
      tx,
      known.map((one) => one.officerId),
    );
    const text = overdueWords(alarm);
    for (const { residentId, officerId } of known) {
      if (!above.has(roles.get(officerId) ?? '')) continue;
      const channel = reachable(await this.residents.identitiesOf(residentId, tx))?.channel;
      if (!channel) continue;
      const notice = { residentId, kind: 'officerWords', text, dedupeKey: `${id}/${officerId}`, channel } as const;
      await this.notifications.enqueue(tx, notice, at);
    }
  }
}
