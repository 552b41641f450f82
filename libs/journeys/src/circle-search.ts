import { Injectable } from '@nestjs/common';
import { CircleService, type NearbyQuery, type NearPlace } from '@linli/circle';

/** A place near a point as a door shows it. */
export interface FoundPlace extends Omit<NearPlace, 'services'> {
  readonly services: readonly {
    readonly id: string;
    readonly name: string;
    /** When it can be used next; absent when nothing is known of it. */
    readonly nextFree?: string;
  }[];
}

/** Places near a point, with what other rooms know of their services. */
@Injectable()
export class CircleSearch {
  constructor(private readonly circle: CircleService) {}

  async near(query: NearbyQuery): Promise<FoundPlace[]> {
    const places = await this.circle.nearby(query);
    return places.map((place) => ({ ...place, services: place.services.map(({ id, name }) => ({ id, name })) }));
  }
}
