/** A row as the adjustment log shows it. */
export interface LoggedRow {
  readonly key: string;
  readonly matter: string;
  readonly level: string;
  readonly office: string | null;
  readonly role: string;
  readonly part: string | null;
  readonly powerType: string | null;
  readonly basis: string;
}

export interface Change {
  readonly change: 'added' | 'changed' | 'removed';
  readonly key: string;
  readonly before: LoggedRow | null;
  readonly after: LoggedRow | null;
}

/** What a new version changes row by row, rows told apart by their key. */
export function changesBetween(before: readonly LoggedRow[], after: readonly LoggedRow[]): Change[] {
  const old = new Map(before.map((row) => [row.key, row]));
  const fresh = new Set(after.map((row) => row.key));
  return [
    ...after.flatMap((row): Change[] => {
      const earlier = old.get(row.key);
      if (!earlier) return [{ change: 'added', key: row.key, before: null, after: row }];
      return isSame(earlier, row) ? [] : [{ change: 'changed', key: row.key, before: earlier, after: row }];
    }),
    ...before
      .filter((row) => !fresh.has(row.key))
      .map((row): Change => ({ change: 'removed', key: row.key, before: row, after: null })),
  ];
}

function isSame(one: LoggedRow, other: LoggedRow): boolean {
  return textOf(one) === textOf(other);
}

/** One text per content, whatever the order its fields were written in. */
export function textOf({ key, matter, level, office, role, part, powerType, basis }: LoggedRow): string {
  return JSON.stringify([key, matter, level, office, role, part, powerType, basis]);
}
