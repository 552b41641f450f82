import type { DepartmentLevel } from '../roles';

/** A unit that could answer for a matter: an office of any level, or a whole subdistrict or community. */
export interface Unit {
  readonly kind: 'department' | 'subdistrict' | 'community';
  readonly level: DepartmentLevel;
  readonly id: string;
  readonly name: string;
  /** Where it lies, when it lies in one subdistrict only: for a subdistrict itself, its own id. */
  readonly subdistrictId: string | null;
}

/** Where the matter happens; an office that serves several subdistricts is asked about one of them. */
export interface Territory {
  readonly subdistrict: NamedUnit | null;
  readonly communityId: string | null;
}

/** A unit as it is named in an answer. */
export interface NamedUnit {
  readonly level: DepartmentLevel;
  readonly id: string;
  readonly name: string;
}

/** How high a level stands; only duties that come down need an admission. */
const heights: Readonly<Record<DepartmentLevel, number>> = {
  city: 3,
  district: 3,
  subdistrict: 2,
  community: 1,
  provider: 0,
};

/** Whether `one` stands above `other`. */
export function isAbove(one: DepartmentLevel, other: DepartmentLevel): boolean {
  return heights[one] > heights[other];
}

/** A department of the city or the district: it answers by the catalogue, not by the subdistrict's lists. */
export function isUpper(level: DepartmentLevel): boolean {
  return level === 'city' || level === 'district';
}

export const levelWords: Readonly<Record<DepartmentLevel, string>> = {
  city: '市级部门',
  district: '区级部门',
  subdistrict: '街道',
  community: '社区',
  provider: '服务单位',
};

/** The areas a unit's question lies in: its own, or those of the place where it acts. */
export function areasOf(unit: Unit, place: Territory): ReadonlySet<string> {
  const own = unit.kind === 'department' ? [] : [unit.id];
  return new Set(
    [
      ...own,
      unit.subdistrictId,
      ...(unit.kind === 'department' ? [place.subdistrict?.id ?? null, place.communityId] : []),
    ].filter((id): id is string => id !== null),
  );
}
