import { Injectable } from '@nestjs/common';
import { BookingService, type BookingView } from '@linli/booking';
import { CircleService, distance } from '@linli/circle';
import { DirectoryService } from '@linli/directory';
import { Refusal } from '@linli/kernel';
import type { Tx } from '@linli/platform';

interface Spot {
  readonly lat: number;
  readonly lng: number;
}

/** How a resident shows that they have come: by the code at the place, or by where they are (GCJ-02). */
export interface Arrival {
  readonly placeId?: string;
  readonly spot?: Spot;
}

/** A phone knows where it is to some tens of metres, and a centre has a yard. */
const nearEnoughMeters = 300;

/** Never true of a point that is none. */
function isNear(spot: Spot, place: Spot): boolean {
  return distance(spot, place) <= nearEnoughMeters;
}

/** 签到 at the place of a booking, a hall's or a circle place's; where somebody is, is used and forgotten. */
@Injectable()
export class Arrivals {
  constructor(
    private readonly bookings: BookingService,
    private readonly circle: CircleService,
    private readonly directory: DirectoryService,
  ) {}

  /** The check-in as a step of a transaction; refuses who is somewhere else before one is begun. */
  async checkIn(
    id: string,
    residentId: string,
    { placeId, spot }: Arrival,
  ): Promise<(tx: Tx, now: Date) => Promise<BookingView>> {
    if (spot) {
      const place = await this.spotOf((await this.bookings.read(id, residentId)).place.id);
      if (place && !isNear(spot, place)) throw new Refusal('booking.wrongPlace');
    }
    return (tx, now) => this.bookings.checkIn(tx, id, residentId, placeId, now);
  }

  /** Checks in for whatever the resident is awaited for at the place where they are; the soonest, when it is several. */
  async checkInHere(tx: Tx, residentId: string, { placeId, spot }: Arrival, now: Date): Promise<BookingView> {
    const awaited = await this.bookings.awaited(tx, residentId, now);
    const spots = new Map<string, Spot | null>();
    for (const id of new Set(awaited.map((one) => one.place.id))) spots.set(id, spot ? await this.spotOf(id) : null);
    const isHere = ({ place }: BookingView): boolean => {
      if (placeId !== undefined) return place.id === placeId;
      const where = spots.get(place.id) ?? null;
      return spot !== undefined && (where === null || isNear(spot, where));
    };
    const here = awaited.find(isHere);
    if (!here) throw new Refusal('booking.wrongPlace');
    return this.bookings.checkIn(tx, here.id, residentId, placeId, now);
  }

  /** Where a place lies; null when nobody knows: then its people see who comes. */
  private async spotOf(placeId: string): Promise<Spot | null> {
    const [place] = await this.circle.details([placeId]);
    if (place) return place.location;
    return (await this.directory.halls()).find((hall) => hall.id === placeId)?.location ?? null;
  }
}
