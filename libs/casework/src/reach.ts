import type { Filing } from './case';

/** What of an officer decides which cases they see. */
export interface Asker {
  readonly id: string;
  readonly role: string;
  readonly departmentId: string | null;
  readonly subdistrictId: string | null;
}

/** The cases an officer may see. */
export type Reach =
  | { readonly over: 'district' }
  | { readonly over: 'subdistrict'; readonly id: string }
  | { readonly over: 'department'; readonly id: string }
  | { readonly over: 'nothing' };

const territorial = new Set(['clerk', 'dispatcher', 'supervisor', 'leader', 'admin']);

/** How far an officer's eyes go: a subdistrict's people over theirs, a department's over its own cases, others nowhere. */
export function reachOf(officer: Asker): Reach {
  if (officer.role === 'department')
    return officer.departmentId === null ? { over: 'nothing' } : { over: 'department', id: officer.departmentId };
  if (!territorial.has(officer.role)) return { over: 'nothing' };
  return officer.subdistrictId === null ? { over: 'district' } : { over: 'subdistrict', id: officer.subdistrictId };
}

/**
 * Whether a case lies within an officer's reach; `supporting` are the departments that help with it, `takenIn` the
 * subdistrict whose counter took it in.
 */
export function isWithin(
  reach: Reach,
  filing: Pick<Filing, 'subdistrictId' | 'entry'>,
  supporting: readonly string[] = [],
  takenIn: string | null = null,
): boolean {
  switch (reach.over) {
    case 'district':
      return true;
    case 'subdistrict':
      return filing.subdistrictId === reach.id || takenIn === reach.id;
    case 'department':
      return filing.entry.department.id === reach.id || supporting.includes(reach.id);
    case 'nothing':
      return false;
  }
}
