import { Injectable } from '@nestjs/common';
import { Batcher, Database } from '@linli/platform';
import { groundScale, toPlane, type Point } from './geometry';
import type { Offering } from './place';

/** What is sought near a point. */
export interface NearQuery {
  readonly point: Point;
  /** Straight metres of ground. */
  readonly reach: number;
  readonly most: number;
  /** Code of a top category. */
  readonly top: number | null;
  /** Code of a finer one under `top`. */
  readonly leaf: number | null;
  readonly serviceId: string | null;
  readonly bookable: boolean;
}

/** A place as the search reads it. */
export interface NearRow {
  readonly id: string;
  readonly name: string;
  readonly category: number;
  readonly lat: number;
  readonly lng: number;
  readonly offerings: readonly Offering[];
}

const asked = `unnest($1::float8[], $2::float8[], $3::float8[], $4::int[], $5::smallint[], $6::smallint[], $7::text[], $8::bool[])
  with ordinality as q(x, y, r, most, top, leaf, service, bookable, n)`;
const columns = 'p.id, p.name, p.category, p.lat, p.lng, p.offerings';
const apart = '100000000::float8';

/** The nearest of the index alone: a condition on the point beside would make the planner sort all that meet it. */
const nearest = (where: string, order: string, holds: string): string =>
  `select q.n::int as n, ${columns} from ${asked} cross join lateral (
     select * from circle_place p where ${where} order by ${order} limit q.most
   ) p where ${holds}`;
const onPlane = (column: 'top' | 'category', asks: 'top' | 'leaf'): string =>
  `point(p.location[0] + p.${column} * ${apart}, p.location[1]) <-> point(q.x + q.${asks} * ${apart}, q.y)`;
const here = 'p.location <-> point(q.x, q.y)';
const [any, bookable] = ['p.active', 'p.active and p.bookable'];
const ofService = (condition: string): string =>
  `select q.n::int as n, ${columns} from ${asked} cross join lateral (
     select o.place_id from circle_offering o where o.active and o.service_id = q.service and ${condition}
     order by o.location <-> point(q.x, q.y) limit q.most
   ) found join circle_place p on p.id = found.place_id`;

/** One statement for each index; all of them ask for many points at once. */
const statements = {
  any: nearest(any, here, 'true'),
  top: nearest(any, onPlane('top', 'top'), 'p.top = q.top'),
  leaf: nearest(any, onPlane('category', 'leaf'), 'p.category = q.leaf'),
  bookable: nearest(bookable, here, 'true'),
  bookableTop: nearest(bookable, onPlane('top', 'top'), 'p.top = q.top'),
  bookableLeaf: nearest(bookable, onPlane('category', 'leaf'), 'p.category = q.leaf'),
  service: ofService('true'),
  // Few may meet these, so that the search must end where the walk ends.
  serviceAnd: ofService(
    `(not q.bookable or o.bookable) and (q.top is null or o.top = q.top) and (q.leaf is null or o.category = q.leaf)
     and o.location <@ box(point(q.x - q.r, q.y - q.r), point(q.x + q.r, q.y + q.r))`,
  ),
} as const;

type Shape = keyof typeof statements;

const mostTogether = 24;
const lanes = 3;

/** Finds the places nearest to a point. Searches of the same moment share a statement: the round trip is most of their cost. */
@Injectable()
export class NearStore {
  private count = 0;
  private readonly batchers: Readonly<Record<Shape, Batcher<NearQuery, NearRow[]>>>;

  constructor(private readonly database: Database) {
    this.batchers = {
      any: this.batcher('any'),
      top: this.batcher('top'),
      leaf: this.batcher('leaf'),
      bookable: this.batcher('bookable'),
      bookableTop: this.batcher('bookableTop'),
      bookableLeaf: this.batcher('bookableLeaf'),
      service: this.batcher('service'),
      serviceAnd: this.batcher('serviceAnd'),
    };
  }

  /** The nearest places, up to `most`, in no order; some may lie beyond reach. */
  find(query: NearQuery): Promise<NearRow[]> {
    return this.batchers[shapeOf(query)].add(query);
  }

  private batcher(shape: Shape): Batcher<NearQuery, NearRow[]> {
    const keyOf = (): string => String((this.count = (this.count + 1) % 1_000_000));
    return new Batcher((queries) => this.together(shape, queries), { most: mostTogether, lanes, keyOf });
  }

  private async together(shape: Shape, queries: readonly NearQuery[]): Promise<NearRow[][]> {
    const planes = queries.map(({ point }) => toPlane(point));
    const rows = await this.database.sql<NearRow & { n: number }>(statements[shape], [
      planes.map(({ x }) => x),
      planes.map(({ y }) => y),
      queries.map(({ reach, point }) => reach / groundScale(point.lat)),
      queries.map(({ most }) => most),
      queries.map(({ top }) => top),
      queries.map(({ leaf }) => leaf),
      queries.map(({ serviceId }) => serviceId),
      queries.map(({ bookable }) => bookable),
    ]);
    const found = queries.map((): NearRow[] => []);
    for (const row of rows) found[row.n - 1]?.push(row);
    return found;
  }
}

function shapeOf({ serviceId, bookable: isBookable, top, leaf }: NearQuery): Shape {
  if (serviceId !== null) return isBookable || top !== null ? 'serviceAnd' : 'service';
  if (leaf !== null) return isBookable ? 'bookableLeaf' : 'leaf';
  if (top !== null) return isBookable ? 'bookableTop' : 'top';
  return isBookable ? 'bookable' : 'any';
}
