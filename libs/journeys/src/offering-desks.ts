import { Injectable } from '@nestjs/common';
import {
  BookingService,
  DeskBook,
  type Bookable,
  type DeskEntry,
  type FreeSlot,
  type Offering,
  type TimeSpan,
} from '@linli/booking';
import { CircleService, type Place } from '@linli/circle';
import type { LocalDate } from '@linli/kernel';
import { Clock, Database, type Tx } from '@linli/platform';
import { Guidepost } from './guidepost';

/** Where a place of the circle says nothing of seats. */
const usual = { slotMinutes: 30, capacity: 4, partyMost: 4, horizonWorkingDays: 5, cancelMinutes: 0 } as const;
const lookAgainMs = 60_000;
const mostLookedAt = 20_000;
const prefix = 'circle:';

/** Places of the circle as desks that can be booked: their hours become slots when somebody first asks for them. */
@Injectable()
export class OfferingDesks {
  private readonly lookedAt = new Map<string, number>();

  constructor(
    private readonly circle: CircleService,
    private readonly book: DeskBook,
    private readonly bookings: BookingService,
    private readonly guidepost: Guidepost,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** The slots of an offering, a hall's or a circle place's. */
  async slots(id: string, from: LocalDate | null, to: LocalDate | null): Promise<FreeSlot[]> {
    const now = this.clock.now();
    await this.renew([id], now, null);
    return this.bookings.slotsOf(id, from, to, now);
  }

  /** The offerings with their desks, brought up to date; those that cannot be booked are missing. */
  async bookables(ids: readonly string[], now: Date, tx: Tx | null = null): Promise<Bookable[]> {
    await this.renew(ids, now, tx);
    const found = await this.book.findAll(ids, tx ?? this.database);
    return ids.flatMap((id) => found.find((one) => one.offering.id === id && one.offering.active) ?? []);
  }

  /** The first free time of each offering within a span; those without one are missing. */
  async freeWithin(ids: readonly string[], within: TimeSpan): Promise<ReadonlyMap<string, Date>> {
    const now = this.clock.now();
    const openings = await this.book.nextFree(await this.bookables(ids, now), 1, now, this.database, within);
    return new Map(openings.flatMap(({ offering, slots: [slot] }) => (slot ? [[offering.id, slot.start]] : [])));
  }

  /** Whether a desk is a place of the circle, not a hall's own. */
  isOfCircle(bookable: Bookable): boolean {
    return isOfCircle(bookable);
  }

  /** Brings the desks of circle places up to date, each at most once a minute. */
  private async renew(ids: readonly string[], now: Date, tx: Tx | null): Promise<void> {
    const due = ids.filter((id) => now.getTime() - (this.lookedAt.get(id) ?? 0) >= lookAgainMs);
    if (due.length === 0) return;
    if (this.lookedAt.size >= mostLookedAt) this.lookedAt.clear();
    const known = new Map((await this.book.findAll(due, tx ?? this.database)).map((one) => [one.offering.id, one]));
    // A hall's own desk is kept by its hall.
    const ofCircle = due.filter((id) => isOfCircle(known.get(id)));
    const found = ofCircle.length > 0 ? await this.circle.offerings(ofCircle) : [];
    const usable = new Map(
      found.filter(({ offering, place }) => offering.bookable && place.active).map((one) => [one.offering.id, one]),
    );
    const opened = [...usable.values()].flatMap(({ place, offering }) => this.opened(place, offering) ?? []);
    const closed = ofCircle.flatMap((id) => {
      const gone = usable.has(id) ? undefined : known.get(id)?.offering;
      return gone?.active ? [{ ...gone, active: false }] : [];
    });
    // Services of one place may share a desk.
    const desks = [...new Map(opened.map(({ desk }) => [desk.id, desk])).values()];
    const offerings = [...opened.map((one) => one.offering), ...closed];
    if (offerings.length > 0) await this.save(desks, offerings, now, tx);
    for (const id of due) this.lookedAt.set(id, now.getTime());
  }

  /** A place's service as a desk with an offering; null when nobody could answer for it. */
  private opened(
    place: Place,
    offered: { readonly id: string; readonly serviceId: string; readonly name: string; readonly resource: string },
  ): { readonly desk: DeskEntry; readonly offering: Offering } | null {
    const subdistrictId = place.subdistrictId ?? this.guidepost.subdistricts()[0]?.id;
    const department = this.guidepost.entry(offered.serviceId)?.department;
    if (subdistrictId === undefined || !department) return null;
    const desk: DeskEntry = {
      id: `${prefix}${place.id}:${offered.resource}`,
      placeId: place.id,
      placeName: place.name,
      name: offered.resource,
      subdistrictId,
      departmentId: department.id,
      rules: {
        slotMinutes: usual.slotMinutes,
        capacity: usual.capacity,
        onHolidays: place.hours.holidays,
        weekly: place.hours.weekly.map(({ weekdays, opens, closes }) => ({ weekdays, from: opens, to: closes })),
        closures: place.hours.closures.map(({ from, to }) => ({ from, to })),
      },
      policy: { horizonWorkingDays: usual.horizonWorkingDays, cancelMinutes: usual.cancelMinutes },
    };
    const offering: Offering = {
      ...{ id: offered.id, deskId: desk.id, title: offered.name, serviceId: offered.serviceId },
      ...{ partyMost: usual.partyMost, perDay: 'service', active: true },
    };
    return { desk, offering };
  }

  private async save(
    desks: readonly DeskEntry[],
    offerings: readonly Offering[],
    now: Date,
    tx: Tx | null,
  ): Promise<void> {
    if (tx) await this.book.save(tx, desks, offerings, now);
    else await this.database.transact((own) => this.book.save(own, desks, offerings, now));
  }
}

/** Whether a desk is a place's of the circle; so is one nobody knows yet. */
function isOfCircle(bookable: Bookable | undefined): boolean {
  return bookable?.desk.id.startsWith(prefix) ?? true;
}
