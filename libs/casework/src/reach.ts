import type { Filing } from './case';

/** What of an officer decides which cases they see. */
export interface Asker {
  readonly id: string;
  readonly role: string;
  readonly departmentId: string | null;
  readonly subdistrictId: string | null;
  readonly communityId?: string | null;
  readonly gridId?: string | null;
}

/** The cases an officer may see. */
export type Reach =
  | { readonly over: 'district' }
  | { readonly over: 'subdistrict'; readonly id: string }
  | { readonly over: 'department'; readonly id: string }
  | { readonly over: 'given'; readonly id: string }
  | { readonly over: 'nothing' };

/** Of a community or one of its grids. */
export function isLocal({ role }: Pick<Asker, 'role'>): boolean {
  return role === 'community' || role === 'grid';
}

const territorial = new Set(['clerk', 'dispatcher', 'supervisor', 'leader', 'admin']);

/**
 * The unit cases are given to: a department, or the community or grid itself of those who work there. Null of officers
 * who belong to none.
 */
export function unitOf({ role, departmentId, communityId = null, gridId = null }: Asker): string | null {
  if (role === 'community') return communityId;
  if (role === 'grid') return gridId;
  return departmentId;
}

/**
 * How far an officer's eyes go: a subdistrict's people over theirs, a department's over its own cases, those of a
 * community or grid over what was given to it, others nowhere.
 */
export function reachOf(officer: Asker): Reach {
  if (isLocal(officer)) {
    const id = unitOf(officer);
    return id === null ? { over: 'nothing' } : { over: 'given', id };
  }
  if (officer.role === 'department')
    return officer.departmentId === null ? { over: 'nothing' } : { over: 'department', id: officer.departmentId };
  if (!territorial.has(officer.role)) return { over: 'nothing' };
  return officer.subdistrictId === null ? { over: 'district' } : { over: 'subdistrict', id: officer.subdistrictId };
}

/** What an officer overlooks: the reach of those who see more than the single cases given to them. */
export type Overview = Exclude<Reach, { readonly over: 'nothing' } | { readonly over: 'given' }>;

/** What an officer overlooks; null of those who see single cases or none: no piles, sheets or orders for them. */
export function overviewOf(officer: Asker): Overview | null {
  const reach = reachOf(officer);
  return reach.over === 'nothing' || reach.over === 'given' ? null : reach;
}

/**
 * Whether a case lies within an officer's reach; `supporting` are the units it was given to, `takenIn` the subdistrict
 * whose counter took it in.
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
    case 'given':
      return supporting.includes(reach.id);
    case 'nothing':
      return false;
  }
}
