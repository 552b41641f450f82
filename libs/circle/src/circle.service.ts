import { Inject, Injectable, Logger } from '@nestjs/common';
import { localDate, Refusal } from '@linli/kernel';
import { Clock } from '@linli/platform';
import type { Whereabouts } from './area-map';
import type { Category } from './category';
import { CircleSettings } from './circle-settings.service';
import { GroundService } from './ground.service';
import { estimates, ranked, soughtOf, type Candidate, type Search } from './nearby';
import { NearStore } from './near.store';
import { PlaceStore, type PlaceRow } from './place.store';
import type { NearPlace, Offering, Place } from './place';
import { pointProblem } from './point-check';
import { distance, type Point } from './geometry';
import { UnmetStore } from './unmet.store';
import { reachOf } from './walking';
import type { WalkingRouter } from './walking-router';

export const WALKING_ROUTER = Symbol('WALKING_ROUTER');

/** A search as it comes from a door: ids and names not yet checked. */
export interface NearbyQuery {
  readonly lat: number;
  readonly lng: number;
  readonly minutes: number;
  readonly limit: number;
  /** Id or Chinese name. */
  readonly category?: string;
  /** Id of a catalogue service. */
  readonly service?: string;
  readonly bookable?: boolean;
}

/** Whoever waits for a list of places waits no longer than this for the streets' true walking times. */
const routerPatienceMs = 800;
/** The straight line hides which of the places are truly nearest: so many more are asked about than are shown. */
const routedForEachShown = 2;
const mostRouted = 50;

/** Places of the 15-minute circle (15分钟服务圈) around a point. Where people ask from is used and forgotten. */
@Injectable()
export class CircleService {
  private readonly logger = new Logger(CircleService.name);

  constructor(
    private readonly near: NearStore,
    private readonly places: PlaceStore,
    private readonly ground: GroundService,
    private readonly unmet: UnmetStore,
    private readonly settings: CircleSettings,
    private readonly clock: Clock,
    @Inject(WALKING_ROUTER) private readonly router: WalkingRouter | null,
  ) {}

  /** Places within so many minutes on foot, nearest first; refuses a point outside the district and an unknown category. */
  async nearby(query: NearbyQuery): Promise<NearPlace[]> {
    const search = await this.checked(query);
    const found = this.router ? await this.routed(search, this.router) : await this.estimated(search, search.limit);
    if (found.length === 0) await this.countUnmet(search);
    return found;
  }

  /** Places were found, and none had a free time when it was wanted. */
  async noneFree(query: NearbyQuery): Promise<void> {
    await this.countUnmet(await this.checked({ ...query, bookable: true }), 'free');
  }

  /** One place; refuses an unknown one. */
  async place(id: string): Promise<Place> {
    const row = await this.places.find(id);
    if (!row) throw new Refusal('circle.placeNotFound');
    return this.shown(row);
  }

  /** Several places by id, in no order; those unknown are missing. */
  async details(ids: readonly string[]): Promise<Place[]> {
    return (await this.places.findAll(ids)).map((row) => this.shown(row));
  }

  /** Services offered at places, found by their ids; those not in use are missing. */
  async offerings(ids: readonly string[]): Promise<{ place: Place; offering: Offering }[]> {
    const found = await this.places.offerings(ids);
    return found.map(({ place, offering }) => ({ place: this.shown(place), offering }));
  }

  /** Subdistrict and community of a point; refuses one outside the district. */
  async where(point: Point): Promise<Whereabouts> {
    await this.check(point);
    return this.ground.where(point);
  }

  categories(): readonly Category[] {
    return this.settings.categories.tops;
  }

  private async checked({ lat, lng, minutes, limit, category, service, bookable }: NearbyQuery): Promise<Search> {
    const point = { lat, lng };
    await this.check(point);
    const place = category === undefined ? null : this.settings.categories.find(category);
    if (category !== undefined && !place) throw new Refusal('circle.categoryUnknown');
    return { point, minutes, limit, category: place, serviceId: service ?? null, bookable: bookable ?? false };
  }

  private async check(point: Point): Promise<void> {
    const problem = pointProblem(point, await this.ground.bounds());
    if (problem === 'swapped') throw new Refusal('circle.pointSwapped');
    if (problem) throw new Refusal('circle.pointOutside');
  }

  private async estimated(search: Search, most: number): Promise<NearPlace[]> {
    const { walking, categories } = this.settings;
    const candidates = await this.candidates(search, most, reachOf(search.minutes, walking));
    return ranked(search, candidates, estimates(search, candidates, walking), categories);
  }

  /** Walks by the streets; by the estimate when the router fails or takes too long. */
  private async routed(search: Search, router: WalkingRouter): Promise<NearPlace[]> {
    const { walking, categories } = this.settings;
    // A street may be as straight as the line: everything within the straight distance may be in reach.
    const reach = reachOf(search.minutes, { ...walking, detourFactor: 1 });
    const most = Math.min(mostRouted, search.limit * routedForEachShown);
    const candidates = nearestOf(search.point, await this.candidates(search, most, reach), most);
    const minutes = await this.walks(search, candidates, router);
    return ranked(search, candidates, minutes, categories);
  }

  private async walks(
    search: Search,
    candidates: readonly Candidate[],
    router: WalkingRouter,
  ): Promise<readonly (number | null)[]> {
    if (candidates.length === 0) return [];
    try {
      return await router.minutes(search.point, candidates, AbortSignal.timeout(routerPatienceMs));
    } catch (error) {
      // Never the address that was asked: it holds where somebody is.
      this.logger.warn(`walking times are estimated: ${(error as Error).name}`);
      return estimates(search, candidates, this.settings.walking);
    }
  }

  private candidates(
    { point, category, serviceId, bookable }: Search,
    most: number,
    reach: number,
  ): Promise<Candidate[]> {
    const leaf = category && category.leaf.code !== category.top.code ? category.leaf.code : null;
    return this.near.find({ point, reach, most, top: category?.top.code ?? null, leaf, serviceId, bookable });
  }

  private async countUnmet(search: Search, also?: string): Promise<void> {
    const { subdistrict, community } = await this.ground.where(search.point);
    if (!subdistrict || !community) return;
    await this.unmet.count(localDate(this.clock.now()), subdistrict.id, community.id, soughtOf(search, also));
  }

  private shown({ category, lat, lng, ...row }: PlaceRow): Place {
    const { leaf } = this.settings.categories.ofCode(category) ?? { leaf: { id: 'other', name: '其他' } };
    return { ...row, location: { lat, lng }, category: leaf.id, categoryName: leaf.name };
  }
}

function nearestOf(point: Point, candidates: readonly Candidate[], most: number): Candidate[] {
  return [...candidates].sort((a, b) => distance(point, a) - distance(point, b)).slice(0, most);
}
