import { Injectable } from '@nestjs/common';
import { BookingService, DeskBook, type Bookable, type DeskEntry, type FreeSlot, type Offering } from '@linli/booking';
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
    await this.renew(id, now, null);
    return this.bookings.slotsOf(id, from, to, now);
  }

  /** The offering with its desk, brought up to date; null when it cannot be booked. */
  async bookable(tx: Tx, id: string, now: Date): Promise<Bookable | null> {
    await this.renew(id, now, tx);
    const found = await this.book.find(id, tx);
    return found?.offering.active ? found : null;
  }

  /** Whether a desk is a place of the circle, not a hall's own. */
  isOfCircle({ desk }: Bookable): boolean {
    return desk.id.startsWith(prefix);
  }

  /** Brings the desk of a circle place up to date, at most once a minute. */
  private async renew(id: string, now: Date, tx: Tx | null): Promise<void> {
    const last = this.lookedAt.get(id);
    if (last !== undefined && now.getTime() - last < lookAgainMs) return;
    if (this.lookedAt.size >= mostLookedAt) this.lookedAt.clear();
    const known = await this.book.find(id, tx ?? this.database);
    // A hall's own desk is kept by its hall.
    if (!known || this.isOfCircle(known)) {
      const found = await this.circle.offering(id);
      const usable = found?.offering.bookable && found.place.active ? found : null;
      if (usable) await this.open(usable.place, usable.offering, now, tx);
      else if (known?.offering.active) await this.save([], [{ ...known.offering, active: false }], now, tx);
    }
    this.lookedAt.set(id, now.getTime());
  }

  private async open(
    place: Place,
    offered: { readonly id: string; readonly serviceId: string; readonly name: string; readonly resource: string },
    now: Date,
    tx: Tx | null,
  ): Promise<void> {
    const subdistrictId = place.subdistrictId ?? this.guidepost.subdistricts()[0]?.id;
    const department = this.guidepost.entry(offered.serviceId)?.department;
    if (subdistrictId === undefined || !department) return;
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
    await this.save([desk], [offering], now, tx);
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
