import { Injectable } from '@nestjs/common';
import { localDate } from '@linli/kernel';
import type { Tx } from '@linli/platform';

/** Bookings that are over, which need no room where it is decided who is where. */
@Injectable()
export class PastBookingsStore {
  /** Days gone by are put behind: who came then is in nobody's way. Answers how many were. */
  async putBehind(tx: Tx, now: Date, limit: number): Promise<number> {
    const rows = await tx.sql(
      `update booking_booking b set past = true from (
         select id from booking_booking where state = 'checkedIn' and not past and on_date < $1
         order by on_date limit $2 for update skip locked
       ) d where b.id = d.id returning b.id`,
      [localDate(now), limit],
    );
    return rows.length;
  }
}
