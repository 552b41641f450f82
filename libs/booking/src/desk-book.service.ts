import { Injectable } from '@nestjs/common';
import { Refusal, type WorkCalendar } from '@linli/kernel';
import { Database, type Clock, type Tx } from '@linli/platform';
import { usualPolicy, type Bookable, type Desk, type DeskPolicy, type Offering } from './desk';
import { DeskStore } from './desk.store';
import type { Reader } from './seat.store';
import { deskProblems, offeringProblems } from './rules-check';
import { SlotStore, type FreeSlot, type TimeSpan } from './slot.store';

/** A desk as it is handed in: a policy names only what differs from the usual one. */
export type DeskEntry = Omit<Desk, 'policy' | 'department'> & {
  readonly departmentId: string;
  readonly policy?: Partial<DeskPolicy>;
};

/** An offering with its next times. */
export interface Openings {
  readonly offering: Offering;
  readonly placeName: string;
  readonly placeId: string;
  readonly slots: readonly FreeSlot[];
}

/** What can be booked where: kept by whoever knows places and services. */
@Injectable()
export class DeskBook {
  constructor(
    private readonly database: Database,
    private readonly desks: DeskStore,
    private readonly slots: SlotStore,
  ) {}

  /** The book alone, for whoever seeds without the rest of the house. */
  static over(database: Database, clock: Clock, calendar: WorkCalendar): DeskBook {
    const desks = new DeskStore(database, clock, calendar);
    return new DeskBook(database, desks, new SlotStore(desks, calendar));
  }

  /** Adds and renews desks and offerings by id; refuses all when anything is wrong. The same twice changes nothing. */
  async save(tx: Tx, desks: readonly DeskEntry[], offerings: readonly Offering[], now: Date): Promise<void> {
    const whole = desks.map(({ departmentId, policy, ...desk }): Desk => ({
      ...desk,
      department: { id: departmentId, name: '' },
      policy: { ...usualPolicy, ...policy },
    }));
    const problems = [...whole.flatMap(deskProblems), ...offerings.flatMap(offeringProblems)];
    if (problems.length > 0) throw new Refusal('booking.rulesInvalid', problems);
    await this.desks.save(tx, whole, offerings, now);
  }

  /** The offering with its desk, or null. */
  find(offeringId: string, reader: Reader = this.database): Promise<Bookable | null> {
    return this.desks.find(offeringId, reader);
  }

  /** Offerings with their desks, in no order; unknown ids are missing. */
  findAll(offeringIds: readonly string[], reader: Reader = this.database): Promise<readonly Bookable[]> {
    return this.desks.findAll(offeringIds, reader);
  }

  /** The ids of all desks. */
  deskIds(): Promise<string[]> {
    return this.desks.ids();
  }

  isEmpty(): Promise<boolean> {
    return this.desks.isEmpty();
  }

  /** Where a catalogue service or a hall's business can be booked. */
  ofService(serviceId: string, reader: Reader = this.database): Promise<readonly Bookable[]> {
    return this.desks.ofService(serviceId, reader);
  }

  /** What can be booked at a place. */
  ofPlace(placeId: string): Promise<readonly Bookable[]> {
    return this.desks.ofPlace(placeId);
  }

  /** The next free times of each offering, at most so many; with `within` those that begin in that span alone. */
  async nextFree(
    bookables: readonly Bookable[],
    most: number,
    now: Date,
    reader: Reader = this.database,
    within: TimeSpan | null = null,
  ): Promise<Openings[]> {
    return this.openings(bookables, await this.slots.next(reader, bookables, most, now, within));
  }

  /** The next times of each offering at which as many as `party` find a seat. */
  async nextFor(
    bookables: readonly Bookable[],
    most: number,
    now: Date,
    reader: Reader,
    { within, party }: { readonly within: TimeSpan | null; readonly party: number },
  ): Promise<Openings[]> {
    const fits = (free: number): boolean => free >= party;
    return this.openings(bookables, await this.slots.next(reader, bookables, most, now, within, fits));
  }

  /** The next times of each offering that are full, for which one can wait. */
  async nextFull(
    bookables: readonly Bookable[],
    most: number,
    now: Date,
    reader: Reader,
    within: TimeSpan | null,
  ): Promise<Openings[]> {
    const isFull = (free: number): boolean => free <= 0;
    return this.openings(bookables, await this.slots.next(reader, bookables, most, now, within, isFull));
  }

  private openings(bookables: readonly Bookable[], found: ReadonlyMap<string, FreeSlot[]>): Openings[] {
    return bookables.map(({ offering, desk }) => ({
      offering,
      placeName: desk.placeName,
      placeId: desk.placeId,
      slots: found.get(offering.id) ?? [],
    }));
  }
}
