import { Injectable } from '@nestjs/common';
import { BookingService, DeskBook, WaitlistService, type Bookable } from '@linli/booking';
import { CircleService } from '@linli/circle';
import type { Intent, Outcome, SlotChoice } from '@linli/contracts';
import { Refusal } from '@linli/kernel';
import type { Tx } from '@linli/platform';
import { Guidepost } from './guidepost';
import { OfferingDesks } from './offering-desks';

type BookingIntent = Extract<Intent, { kind: 'listSlots' | 'bookSlot' | 'cancelBooking' | 'acceptOffer' }>;

interface Booker {
  readonly residentId: string;
  readonly subdistrictId: string | null;
}

const placesLooked = 3;
const timesAPlace = 3;
const timesShown = 6;
const walkMinutes = 30;

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
        return {
          kind: 'slots',
          serviceId: intent.serviceId,
          items: await this.times(tx, intent.serviceId, subdistrictId, now),
        };
      case 'bookSlot':
        return {
          kind: 'booked',
          booking: await this.bookings.summarise(
            this.bookings.bookIn(tx, { residentId, slotId: intent.slotId, party: 1 }, now),
          ),
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
          booking: await this.bookings.summarise(this.waitlist.accept(tx, waitId, residentId, now)),
        };
      }
    }
  }

  /** The next free times: at halls of the resident's subdistrict first, then at places near its centre. */
  private async times(tx: Tx, serviceId: string, subdistrictId: string | null, now: Date): Promise<SlotChoice[]> {
    const nearby = await this.near(tx, serviceId, subdistrictId, now);
    const known = (await this.book.ofService(serviceId, tx)).filter((one) => !this.desks.isOfCircle(one));
    const home = known.filter((one) => subdistrictId === null || one.desk.subdistrictId === subdistrictId);
    const places = [...(home.length > 0 ? home : known), ...nearby].slice(0, placesLooked);
    const found = await this.book.nextFree(places, timesAPlace, now, tx);
    return found
      .flatMap(({ placeName, slots }) =>
        slots.map(({ id, start, end, free }) => ({ slotId: id, placeName, start, end, free })),
      )
      .sort((a, b) => a.start.getTime() - b.start.getTime())
      .slice(0, timesShown);
  }

  private async near(tx: Tx, serviceId: string, subdistrictId: string | null, now: Date): Promise<Bookable[]> {
    const centre = this.guidepost.centreOf(subdistrictId);
    if (!centre) return [];
    const query = { ...centre, minutes: walkMinutes, service: serviceId, bookable: true, limit: placesLooked };
    try {
      const places = await this.circle.nearby(query);
      const ids = places.flatMap((place) => place.services.map((one) => one.id));
      return (await Promise.all(ids.map((id) => this.desks.bookable(tx, id, now)))).filter((one) => one !== null);
    } catch (error) {
      // The circle has no map of this area: the halls' own times are all there is.
      if (error instanceof Refusal) return [];
      throw error;
    }
  }
}
