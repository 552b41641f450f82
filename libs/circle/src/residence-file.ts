import type { RefusalDetail } from '@linli/kernel';
import { repeatedIds, RowReader, type FileRow, type Ground, type RowsRead } from './file-row';
import type { Point } from './geometry';

/** A residential point (居民点): a compound or street where households live together. */
export interface Residence {
  readonly id: string;
  readonly name: string;
  readonly location: Point;
  readonly households: number;
  readonly population: number;
}

const perHousehold = 2.6;
const known = new Set(['id', 'name', 'lat', 'lng', 'coordinateSystem', 'households', 'population']);

/** Whether the columns are those of a file of residential points. */
export function areResidences(columns: readonly string[]): boolean {
  return columns.some((column) => column === 'households' || column === '户数');
}

/** Reads the rows of a file of residential points; without a population each household counts 2.6 people (第七次人口普查). */
export function readResidences(rows: readonly FileRow[], ground: Ground): RowsRead<Residence> {
  const good: Residence[] = [];
  const bad: RefusalDetail[] = repeatedIds(rows);
  const repeated = new Set(bad.map(({ at }) => at.replace(/, id$/, '')));
  for (const row of rows) {
    const reader = new RowReader(row);
    for (const column of Object.keys(row.cells))
      if (!known.has(column)) reader.refuse(column, 'is no column of residential points');
    const id = reader.slug('id');
    const name = reader.text('name', 60);
    const households = reader.amount('households', 100_000);
    if (households === null) reader.refuse('households', 'is missing');
    const population = reader.amount('population', 500_000);
    const location = reader.point(ground);
    bad.push(...reader.problems);
    if (reader.problems.length > 0 || !location || households === null || repeated.has(`${row.at} (${id})`)) continue;
    good.push({
      id,
      name,
      location,
      households: Math.round(households),
      population: Math.round(population ?? households * perHousehold),
    });
  }
  return { good, bad };
}
