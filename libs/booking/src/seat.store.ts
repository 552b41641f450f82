import { Injectable } from '@nestjs/common';
import { newId, type LocalDate } from '@linli/kernel';
import { Database, FieldCipher, sqlState, type RequestKey, type Tx } from '@linli/platform';
import { dayOf, factsOf, limitKey, type Booking } from './booking';
import type { Bookable } from './desk';
import { bookingNumber } from './number';
import type { Slot } from './slots';

/** What a question needs: a transaction, or the database itself. */
export type Reader = Pick<Tx, 'sql'>;

/** A seat somebody wants, with everything that is written when they get it. */
export interface Taking {
  readonly bookable: Bookable;
  readonly slot: Slot;
  readonly booking: Booking;
  readonly remindAt: Date | null;
  /** The request as its sender named it, and what it is answered. */
  readonly once: { readonly key: RequestKey; readonly answer: unknown } | null;
  readonly now: Date;
}

/** What became of it; `kept` brings the answer the same request was given before. */
export type Taken = { readonly kind: 'kept'; readonly answer: unknown } | { readonly kind: Exclude<Outcome, 'kept'> };

type Outcome = 'taken' | 'kept' | 'mismatch' | 'stale' | 'banned' | 'full' | 'lapsed' | 'again' | 'conflict';

const retryable = new Set(['40001', '40P01']);
const attempts = 3;
const serialsDrawn = 100;
const parameters = Array.from({ length: 25 }, (_, at) => `$${at + 1}`).join(', ');
const takeSql = `select n, outcome, kept from booking_take(${parameters}) order by n`;

/** Seats in PostgreSQL: numbers, and takings of many at once. */
@Injectable()
export class SeatStore {
  private serials: string[] = [];

  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  /** A number nobody has had; drawn some at a time, so that they are unique but not unbroken. */
  async nextNumber(reader: Reader, today: LocalDate): Promise<string> {
    for (;;) {
      const serial = this.serials.pop();
      if (serial !== undefined) return bookingNumber(today.slice(0, 4), serial);
      const rows = await reader.sql<{ serial: string }>(
        `select nextval('booking_number') as serial from generate_series(1, ${serialsDrawn})`,
      );
      this.serials.push(...rows.map((row) => row.serial).reverse());
    }
  }

  /** Takes seats in one statement of its own, each with its own outcome; a deadlock is tried again. */
  async takeAll(takings: readonly Taking[]): Promise<Taken[]> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.take(this.database, takings);
      } catch (error) {
        if (attempt >= attempts || !retryable.has(sqlState(error) ?? '')) throw error;
      }
    }
  }

  /** Takes seats within whatever `reader` is. */
  async take(reader: Reader, takings: readonly Taking[]): Promise<Taken[]> {
    const rows = await reader.sql<{ outcome: Outcome; kept: Buffer | null }>(takeSql, this.valuesOf(takings));
    return rows.map(({ outcome, kept }, at) => {
      if (outcome !== 'kept') return { kind: outcome };
      const key = takings[at]?.once?.key;
      if (!key || !kept) throw new Error('an answer was kept without a key');
      return { kind: 'kept', answer: JSON.parse(this.cipher.open('idempotency.body', rowId(key), kept)) as unknown };
    });
  }

  private valuesOf(takings: readonly Taking[]): unknown[] {
    const of = <T>(value: (taking: Taking) => T): T[] => takings.map(value);
    const bookings = takings.map((one) => one.booking);
    return [
      new Date(Math.max(...takings.map((one) => one.now.getTime()))),
      ...[bookings.map((one) => one.id), bookings.map((one) => one.number), bookings.map((one) => one.offeringId)],
      ...[bookings.map((one) => one.deskId), of((one) => one.bookable.revision), bookings.map((one) => one.start)],
      ...[bookings.map((one) => one.end), of((one) => one.slot.capacity), bookings.map((one) => dayOf(one.start))],
      ...[bookings.map((one) => one.residentId), bookings.map((one) => one.person)],
      ...[bookings.map((one) => one.onBehalf), bookings.map((one) => one.party), of((one) => limitKey(one.bookable))],
      ...[
        bookings.map((one) => one.heldUntil),
        bookings.map((one) => this.sealedWords(one)),
        of((one) => one.remindAt),
      ],
      bookings.map((one) => (one.state === 'booked' ? newId() : null)),
      bookings.map(() => 'booking.booked'),
      bookings.map((one) => JSON.stringify(factsOf(one))),
      ...[of((one) => one.once?.key.scope ?? null), of((one) => one.once?.key.key ?? null)],
      ...[of((one) => one.once?.key.bodyHash ?? null), of(({ once }) => this.sealedAnswer(once))],
    ];
  }

  private sealedWords({ id, words }: Booking): Buffer | null {
    const said = JSON.stringify(words);
    return said === '{}' ? null : this.cipher.seal('booking.words', id, said);
  }

  private sealedAnswer(once: Taking['once']): Buffer | null {
    return once && this.cipher.seal('idempotency.body', rowId(once.key), JSON.stringify(once.answer));
  }
}

/** The row `OnceOnly` seals an answer for. */
function rowId({ scope, key }: RequestKey): string {
  return `${scope}/${key}`;
}
