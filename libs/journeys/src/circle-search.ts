import { Injectable } from '@nestjs/common';
import { CircleService, type NearbyQuery, type NearPlace } from '@linli/circle';
import { NextFree } from './next-free';

/** A place near a point as a door shows it. */
export interface FoundPlace extends Omit<NearPlace, 'services'> {
  readonly services: readonly {
    readonly id: string;
    readonly name: string;
    /** When it can be used next; absent when nothing is known of it. */
    readonly nextFree?: string;
  }[];
}

/** Who looks at a list of places chooses among the first of them. */
const timesShown = 10;

/** Places near a point, with the next free times where somebody looks for what can be booked. */
@Injectable()
export class CircleSearch {
  constructor(
    private readonly circle: CircleService,
    private readonly nextFree: NextFree,
  ) {}

  async near(query: NearbyQuery): Promise<FoundPlace[]> {
    const places = await this.circle.nearby(query);
    const booked = query.bookable ? places.flatMap((place) => place.services.map((one) => one.id)) : [];
    const times = booked.length > 0 ? await this.nextFree.of(booked.slice(0, timesShown)) : null;
    return places.map((place) => ({
      ...place,
      services: place.services.map(({ id, name }) => {
        const next = times?.get(id);
        return { id, name, ...(next ? { nextFree: next.toISOString() } : {}) };
      }),
    }));
  }
}
