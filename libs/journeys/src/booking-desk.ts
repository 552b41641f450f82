import { Injectable } from '@nestjs/common';
import {
  BookingService,
  DeskBook,
  summarise,
  WaitlistService,
  type Bookable,
  type BookingRequest,
  type TimeSpan,
} from '@linli/booking';
import { CircleService } from '@linli/circle';
import type { Intent, Outcome, SlotChoice } from '@linli/contracts';
import { Refusal } from '@linli/kernel';
import type { Tx } from '@linli/platform';
import { choiceOf } from './slot-choice';
import { Guidepost } from './guidepost';
import { OfferingDesks } from './offering-desks';

type BookingIntent = Extract<Intent, { kind: 'listSlots' | 'bookSlot' | 'cancelBooking' | 'acceptOffer' }>;

interface Booker {
  readonly residentId: string;
  readonly subdistrictId: string | null;
}

type Wish = Extract<Intent, { kind: 'listSlots' }>;

const placesLooked = 10;
const placesShown = 3;
const timesAPlace = 3;
const timesNear = 2;
const timesShown = 6;
const walkMinutes = 15;
/** From the centre of a subdistrict, when nobody said where they are. */
const walkFromCentre = 30;

/** What a conversation does with bookings. */
@Injectable()
export class BookingDesk {
  constructor(
    private readonly bookings: BookingService,
    private readonly waitlist: WaitlistService,
    private readonly book: DeskBook,
    private readonly desks: OfferingDesks,
    private readonly circle: CircleService,
    private readonly guidepost: Guidepost,
  ) {}

  async perform(tx: Tx, intent: BookingIntent, { residentId, subdistrictId }: Booker, now: Date): Promise<Outcome> {
    switch (intent.kind) {
      case 'listSlots':
        return this.listed(tx, intent, subdistrictId, now);
      case 'bookSlot':
        return {
          kind: 'booked',
          booking: summarise(await this.bookings.bookIn(tx, requestOf(intent, residentId), now)),
        };
      case 'cancelBooking': {
        const { number } = await this.bookings.cancel(tx, intent.id, residentId, now);
        return { kind: 'bookingCancelled', number };
      }
      case 'acceptOffer': {
        const waitId = await this.waitlist.offeredTo(tx, residentId);
        if (waitId === null) return { kind: 'noOffer' };
        return {
          kind: 'booked',
          booking: summarise(await this.waitlist.accept(tx, waitId, residentId, now)),
        };
      }
    }
  }

  /** The free times within the wished-for span, else the next ones. */
  private async listed(tx: Tx, wish: Wish, subdistrictId: string | null, now: Date): Promise<Outcome> {
    const { serviceId, within, party = 1 } = wish;
    const known = await this.placesFor(tx, wish, subdistrictId, now);
    const places = known.filter(({ offering }) => offering.partyMost >= party);
    if (known.length > 0 && places.length === 0) throw new Refusal('booking.partyTooLarge');
    const nearFirst = wish.near !== undefined;
    const wanted = within ? await this.times(tx, places, nearFirst, { within, party }, now) : [];
    if (wanted.length > 0) return { kind: 'slots', serviceId, items: wanted };
    const items = await this.times(tx, places, nearFirst, { within: null, party }, now);
    const full = within || items.length === 0 ? await this.fullTimes(tx, places, within ?? null, now) : [];
    const asked = { ...(within ? { missed: true } : {}), ...(full.length > 0 ? { full } : {}) };
    return { kind: 'slots', serviceId, items, ...asked };
  }

  /** Halls of the resident's subdistrict first, then places near its centre; nearest to a point that was sent come before halls. */
  private async placesFor(
    tx: Tx,
    { serviceId, near }: Wish,
    subdistrictId: string | null,
    now: Date,
  ): Promise<readonly Bookable[]> {
    const nearby = await this.near(tx, serviceId, near ?? null, subdistrictId, now);
    const known = (await this.book.ofService(serviceId, tx)).filter((one) => !this.desks.isOfCircle(one));
    const home = known.filter((one) => subdistrictId === null || one.desk.subdistrictId === subdistrictId);
    const halls = home.length > 0 ? home : known;
    return near ? [...nearby, ...halls] : [...halls, ...nearby];
  }

  /** The next free times at the first places that have any: soonest first, or place by place where nearness counts. */
  private async times(
    tx: Tx,
    places: readonly Bookable[],
    nearFirst: boolean,
    wish: { readonly within: TimeSpan | null; readonly party: number },
    now: Date,
  ): Promise<SlotChoice[]> {
    const each = nearFirst ? timesNear : timesAPlace;
    const found = await this.book.nextFor(places, each, now, tx, wish);
    const choices = found
      .filter(({ slots }) => slots.length > 0)
      .slice(0, placesShown)
      .flatMap(({ placeName, slots }) => slots.map((slot) => choiceOf(slot, placeName)));
    if (!nearFirst) choices.sort((a, b) => a.start.getTime() - b.start.getTime());
    return choices.slice(0, timesShown);
  }

  /** The first full times at the first place that has any: somebody may still give up a seat there. */
  private async fullTimes(
    tx: Tx,
    places: readonly Bookable[],
    within: TimeSpan | null,
    now: Date,
  ): Promise<SlotChoice[]> {
    const found = await this.book.nextFull(places, timesNear, now, tx, within);
    const first = found.find(({ slots }) => slots.length > 0);
    return first ? first.slots.map((slot) => choiceOf(slot, first.placeName)) : [];
  }

  private async near(
    tx: Tx,
    serviceId: string,
    sent: Wish['near'] | null,
    subdistrictId: string | null,
    now: Date,
  ): Promise<Bookable[]> {
    const from = sent ?? this.guidepost.centreOf(subdistrictId);
    if (!from) return [];
    const minutes = sent ? walkMinutes : walkFromCentre;
    const query = { ...from, minutes, service: serviceId, bookable: true, limit: placesLooked };
    try {
      const places = await this.circle.nearby(query);
      const ids = places.flatMap((place) => place.services.map((one) => one.id));
      return await this.desks.bookables(ids, now, tx);
    } catch (error) {
      // The circle has no map of this area: the halls' own times are all there is.
      if (error instanceof Refusal) return [];
      throw error;
    }
  }
}

/** What is booked: how many come, and for whom, who said that they agree. */
function requestOf(
  { slotId, party = 1, onBehalfOf }: Extract<Intent, { kind: 'bookSlot' }>,
  residentId: string,
): BookingRequest {
  const other = onBehalfOf === undefined ? {} : { onBehalfOf: { name: onBehalfOf, consent: true } };
  return { residentId, slotId, party, ...other };
}
