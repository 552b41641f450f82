import { Injectable } from '@nestjs/common';
import { addDays, isUuid, Refusal, startOf, type LocalDate } from '@linli/kernel';
import type { BookingState } from '@linli/contracts';
import type { Officer } from '@linli/directory';
import { appendAudit, appendEvent, Database, type Tx } from '@linli/platform';
import { BanService } from './ban.service';
import { factsOf, viewOf, type Booking, type BookingView } from './booking';
import { BookingService } from './booking.service';
import { BookingStore } from './booking.store';
import { DeskStore } from './desk.store';
import { isBookingNumber } from './number';
import { isWithin, within } from './reach';

/** A booking as the people at the place see it: names masked, the note as it was written for them. */
export interface StaffBooking {
  readonly id: string;
  readonly number: string;
  readonly state: BookingState;
  readonly start: Date;
  readonly end: Date;
  readonly service: { readonly id: string; readonly name: string };
  readonly party: number;
  readonly note: string | null;
  /** 姓*, when somebody books for another. */
  readonly onBehalfOf: string | null;
}

const cursorShape = /^(\d{13})\.([0-9a-f-]{36})$/;

/** What officers do with bookings: see who comes, check in by number, record who did not come. */
@Injectable()
export class StaffBookingService {
  constructor(
    private readonly database: Database,
    private readonly desks: DeskStore,
    private readonly bookings: BookingStore,
    private readonly service: BookingService,
    private readonly bans: BanService,
  ) {}

  /** Who comes to a place on a day, in order of time. */
  async list(
    officer: Officer,
    placeId: string,
    on: LocalDate,
    limit: number,
    cursor: string | null,
  ): Promise<{ items: StaffBooking[]; nextCursor: string | null }> {
    const places = await this.desks.ofPlace(placeId);
    if (!places.some(({ desk }) => isWithin(officer, desk))) throw new Refusal('booking.offeringNotFound');
    const between = { from: startOf(on), to: startOf(addDays(on, 1)) };
    const rows = await this.bookings.atPlace(this.database, placeId, between, limit + 1, positionOf(cursor));
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      items: shown.filter((one) => isWithin(officer, one)).map(staffViewOf),
      nextCursor: rows.length > limit && last ? `${last.start.getTime()}.${last.id}` : null,
    };
  }

  /** 签到 at the counter, by id or by number. */
  async checkIn(tx: Tx, officer: Officer, idOrNumber: string, now: Date): Promise<BookingView> {
    const booking = await this.locked(tx, officer, idOrNumber);
    const view = await this.service.arrive(tx, booking, officer.hallId ?? undefined, officer.id, now);
    await this.audit(tx, officer, 'booking.checkIn', booking, now);
    return view;
  }

  /** 爽约 recorded by hand: from the start of the slot on. */
  async noShow(tx: Tx, officer: Officer, idOrNumber: string, now: Date): Promise<BookingView> {
    const booking = await this.locked(tx, officer, idOrNumber);
    if (booking.state === 'noShow') return viewOf(booking);
    if (booking.state !== 'booked' || now < booking.start) throw new Refusal('booking.wrongState');
    const missed: Booking = { ...booking, state: 'noShow' };
    const { desk } = await this.desks.bookable(booking.offeringId, tx);
    await this.bookings.settle(tx, [booking.id], 'noShow', now, officer.id);
    await appendEvent(tx, 'booking.noShow', factsOf(missed), now);
    await this.audit(tx, officer, 'booking.noShow', booking, now);
    await this.bans.afterNoShow(tx, booking, desk.policy, officer.id, now);
    return viewOf(missed);
  }

  private async locked(tx: Tx, officer: Officer, idOrNumber: string): Promise<Booking> {
    const id = isBookingNumber(idOrNumber) ? (await this.bookings.byNumber(tx, idOrNumber))?.id : idOrNumber;
    return within(officer, id !== undefined && isUuid(id) ? await this.bookings.lock(tx, id) : null);
  }

  private audit(tx: Tx, officer: Officer, action: string, { id, number }: Booking, at: Date): Promise<void> {
    const actor = { kind: 'officer' as const, id: officer.id };
    return appendAudit(tx, { actor, action, subject: `booking:${id}`, detail: { number }, at });
  }
}

function positionOf(cursor: string | null): { at: Date; id: string } | null {
  if (cursor === null) return null;
  const [, at, id] = cursorShape.exec(cursor) ?? [];
  if (at === undefined || id === undefined || !isUuid(id)) throw new Refusal('request.cursorInvalid');
  return { at: new Date(Number(at)), id };
}

/** Numbers long enough to be a phone or an identity number stay hidden. */
const longNumber = /\d(?:[ -]?\d){6,}[Xx]?/g;

function staffViewOf({ id, number, state, start, end, offeringId, title, party, words }: Booking): StaffBooking {
  const name = words.onBehalfOf?.name;
  return {
    ...{ id, number, state, start, end, service: { id: offeringId, name: title }, party },
    note: words.note?.replace(longNumber, '****') ?? null,
    onBehalfOf: name === undefined ? null : `${Array.from(name)[0] ?? ''}*`,
  };
}
