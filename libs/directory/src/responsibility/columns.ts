/** Rows as arrays of their columns, the shape `unnest` takes: many rows in one statement. */
export function columns<R>(rows: readonly R[], pick: readonly ((row: R) => unknown)[]): unknown[][] {
  return pick.map((one) => rows.map(one));
}
