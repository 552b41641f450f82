import type { Position } from '@linli/kernel';

/** Below every id. */
export const lowestId = '00000000-0000-0000-0000-000000000000';
const highestId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Where an ascending list goes on; a first page begins below everything, so that both are the same index range. */
export function above(after: Position | null): [by: string, id: string] {
  return after ? [after.by, after.id] : ['-infinity', lowestId];
}

/** Where a descending list goes on. */
export function below(after: Position | null): [by: string, id: string] {
  return after ? [after.by, after.id] : ['infinity', highestId];
}
