import { Injectable } from '@nestjs/common';
import type { TimeSpan } from '@linli/booking';
import { CircleService, type NearbyQuery, type NearPlace } from '@linli/circle';
import { NextFree } from './next-free';
import { OfferingDesks } from './offering-desks';

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
/** Of the places in reach, so many are asked for a free time in a wanted span. */
const mostAsked = 50;

/** Places near a point, with the next free times where somebody looks for what can be booked. */
@Injectable()
export class CircleSearch {
  constructor(
    private readonly circle: CircleService,
    private readonly nextFree: NextFree,
    private readonly desks: OfferingDesks,
  ) {}

  /** With `free` just those that have a free time which begins in that span: their `nextFree`. */
  async near(query: NearbyQuery, free: TimeSpan | null = null): Promise<FoundPlace[]> {
    return free ? this.freeNear(query, free) : this.around(query);
  }

  private async freeNear(query: NearbyQuery, free: TimeSpan): Promise<FoundPlace[]> {
    const places = await this.circle.nearby({ ...query, bookable: true, limit: mostAsked });
    const ids = places.flatMap((place) => place.services.map((one) => one.id));
    const times = await this.desks.freeWithin(ids, free);
    if (places.length > 0 && times.size === 0) await this.circle.noneFree(query);
    return places
      .map((place) => ({ ...place, services: place.services.flatMap((one) => withTime(one, times)) }))
      .filter((place) => place.services.length > 0)
      .slice(0, query.limit);
  }

  private async around(query: NearbyQuery): Promise<FoundPlace[]> {
    const places = await this.circle.nearby(query);
    const booked = query.bookable ? places.flatMap((place) => place.services.map((one) => one.id)) : [];
    const times = booked.length > 0 ? await this.nextFree.of(booked.slice(0, timesShown)) : null;
    return places.map((place) => ({
      ...place,
      services: place.services.map(({ id, name }) => ({ id, name, ...nextOf(times?.get(id)) })),
    }));
  }
}

interface Named {
  readonly id: string;
  readonly name: string;
}

/** The service with its time; nothing when it has none. */
function withTime({ id, name }: Named, times: ReadonlyMap<string, Date>): (Named & { readonly nextFree?: string })[] {
  const next = times.get(id);
  return next ? [{ id, name, ...nextOf(next) }] : [];
}

function nextOf(next: Date | undefined): { readonly nextFree?: string } {
  return next ? { nextFree: next.toISOString() } : {};
}
