import { Injectable } from '@nestjs/common';
import { appendEvent, Database, type Tx } from '@linli/platform';
import { BanService } from './ban.service';
import { factsOf } from './booking';
import { BookingStore } from './booking.store';
import { noShowAt } from './conduct';
import { DeskStore } from './desk.store';
import { PastBookingsStore } from './past-bookings.store';
import { SeatRelease } from './seat-release.service';
import { SlotStore } from './slot.store';
import { WaitStore } from './wait.store';

/** Of yesterday's bookings at a time; they are in no hurry. */
const behindMost = 1_000;

/** What time does by itself: holds and offers run out, reminders fall due, nobody came. Any number of sweepers may run. */
@Injectable()
export class BookingSweep {
  constructor(
    private readonly database: Database,
    private readonly bookings: BookingStore,
    private readonly slots: SlotStore,
    private readonly waits: WaitStore,
    private readonly desks: DeskStore,
    private readonly release: SeatRelease,
    private readonly bans: BanService,
    private readonly past: PastBookingsStore,
  ) {}

  /** Settles up to `limit` of each kind; answers how many. One that cannot be settled does not stop the others. */
  async run(now: Date, limit: number): Promise<number> {
    const failures: unknown[] = [];
    let settled = 0;
    const each = async <T>(items: readonly T[], work: (tx: Tx, item: T) => Promise<boolean>): Promise<void> => {
      for (const item of items) {
        try {
          if (await this.database.transact((tx) => work(tx, item))) settled += 1;
        } catch (error) {
          failures.push(error);
        }
      }
    };
    await each(await this.slots.unsettled(this.database, now, limit), async (tx, key) => {
      await this.release.settleSlot(tx, key, now);
      return true;
    });
    await each(await this.bookings.awaitedBefore(this.database, now, limit), (tx, id) => this.missed(tx, id, now));
    await each([limit], (tx, most) => this.remind(tx, most, now));
    await each([now], async (tx) => {
      await this.waits.lapsePassed(tx, now);
      return false;
    });
    await each([behindMost], async (tx, most) => (await this.past.putBehind(tx, now, most)) > 0);
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} bookings could not be settled`);
    return settled;
  }

  /** 爽约: the slot is over and nobody came. */
  private async missed(tx: Tx, id: string, now: Date): Promise<boolean> {
    const booking = await this.bookings.lock(tx, id);
    if (booking?.state !== 'booked') return false;
    const { desk } = await this.desks.bookable(booking.offeringId, tx);
    if (now < noShowAt(booking, desk.policy)) return false;
    await this.bookings.settle(tx, [id], 'noShow', now);
    await appendEvent(tx, 'booking.noShow', factsOf({ ...booking, state: 'noShow' }), now);
    await this.bans.afterNoShow(tx, booking, desk.policy, null, now);
    return true;
  }

  private async remind(tx: Tx, limit: number, now: Date): Promise<boolean> {
    const due = await this.bookings.takeReminders(tx, now, limit);
    await Promise.all(due.map((one) => appendEvent(tx, 'booking.reminderDue', factsOf(one), now)));
    return due.length > 0;
  }
}
