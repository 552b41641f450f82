import { Injectable } from '@nestjs/common';
import { Batcher, Database } from '@linli/platform';
import { groundScale, toPlane, type Point } from './geometry';
import { nearStatements, shapeOf } from './near-statements';
import type { Offering } from './place';

/** What is sought near a point. */
export interface NearQuery {
  readonly point: Point;
  /** Straight metres of ground. */
  readonly reach: number;
  /** At most fifty. */
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

type Numbered = NearRow & { readonly n: number };

const sizes = [20, 50] as const;
const mostTogether = 24;
const lanes = 3;

/** Finds the places nearest to a point. Searches of the same moment share a statement: the round trip is most of their cost. */
@Injectable()
export class NearStore {
  private count = 0;
  private readonly batchers = new Map<string, Batcher<NearQuery, NearRow[]>>();

  constructor(private readonly database: Database) {
    for (const size of sizes)
      for (const [shape, statement] of Object.entries(nearStatements(size)))
        this.batchers.set(`${shape} ${size}`, this.batcher(statement));
  }

  /** The nearest places, at least `most` where there are so many, in no order; some may lie beyond reach. */
  find(query: NearQuery): Promise<NearRow[]> {
    const size = sizes.find((one) => one >= query.most) ?? 50;
    const batcher = this.batchers.get(`${shapeOf(query)} ${size}`);
    if (!batcher) throw new Error('a search has a statement');
    return batcher.add(query);
  }

  private batcher(statement: string): Batcher<NearQuery, NearRow[]> {
    const keyOf = (): string => String((this.count = (this.count + 1) % 1_000_000));
    return new Batcher((queries) => this.together(statement, queries), { most: mostTogether, lanes, keyOf });
  }

  private async together(statement: string, queries: readonly NearQuery[]): Promise<NearRow[][]> {
    const planes = queries.map(({ point }) => toPlane(point));
    const rows = await this.database.sql<Numbered>(statement, [
      planes.map(({ x }) => x),
      planes.map(({ y }) => y),
      queries.map(({ reach, point }) => reach / groundScale(point.lat)),
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
