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
const within = (table: string): string =>
  `${table}.location <@ box(point(q.x - q.r, q.y - q.r), point(q.x + q.r, q.y + q.r))`;
const nearestFirst = (table: string): string => `order by ${table}.location <-> point(q.x, q.y) limit q.most`;
const finer = (table: string): string => `(q.leaf is null or ${table}.category = q.leaf)`;
const shown = 'p.id, p.name, p.category, p.lat, p.lng, p.offerings';

const places = (condition: string): string =>
  `select q.n::int as n, found.* from ${asked} cross join lateral (
     select ${shown} from circle_place p where p.active and ${condition} and ${within('p')} ${nearestFirst('p')}
   ) found`;

/** One statement for each index; all of them ask for many points at once. */
const statements = {
  any: places('true'),
  top: places(`p.top = q.top and ${finer('p')}`),
  bookable: places(`p.bookable and (q.top is null or p.top = q.top) and ${finer('p')}`),
  service: `select q.n::int as n, ${shown} from ${asked} cross join lateral (
     select o.place_id from circle_offering o
     where o.active and o.service_id = q.service and (not q.bookable or o.bookable)
       and (q.top is null or o.top = q.top) and ${finer('o')} and ${within('o')} ${nearestFirst('o')}
   ) found join circle_place p on p.id = found.place_id`,
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
      bookable: this.batcher('bookable'),
      service: this.batcher('service'),
    };
  }

  /** Places within reach, nearest first up to `most`. */
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

function shapeOf({ serviceId, bookable, top }: NearQuery): Shape {
  if (serviceId !== null) return 'service';
  if (bookable) return 'bookable';
  return top === null ? 'any' : 'top';
}
