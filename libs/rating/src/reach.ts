/** What of an officer decides which ratings are their business. */
export interface Asker {
  readonly id: string;
  readonly role: string;
  readonly departmentId: string | null;
  readonly subdistrictId: string | null;
}

/** Where a rated service was given. */
export interface Where {
  readonly department: { readonly id: string };
  readonly subdistrictId: string;
}

/** The ratings an officer may see; a null part does not narrow. */
export interface Reach {
  readonly departmentId: string | null;
  readonly subdistrictId: string | null;
}

const territorial = new Set(['clerk', 'dispatcher', 'supervisor', 'leader', 'admin']);

/** A department's officer over its own services, a subdistrict's people over theirs, those above over all; null: nothing. */
export function reachOf(officer: Asker): Reach | null {
  if (officer.role === 'department')
    return officer.departmentId === null ? null : { departmentId: officer.departmentId, subdistrictId: null };
  if (!territorial.has(officer.role)) return null;
  return { departmentId: null, subdistrictId: officer.subdistrictId };
}

/** Whether a service lies within an officer's reach. */
export function isWithin(officer: Asker, { department, subdistrictId }: Where): boolean {
  const reach = reachOf(officer);
  if (reach === null) return false;
  if (reach.departmentId !== null) return reach.departmentId === department.id;
  return reach.subdistrictId === null || reach.subdistrictId === subdistrictId;
}

/** Whether a service was given by the officer's own unit: their department, or the subdistrict they work for. */
export function isOwnUnit(unit: Pick<Asker, 'departmentId' | 'subdistrictId'>, where: Where): boolean {
  if (unit.departmentId !== null && unit.departmentId === where.department.id) return true;
  return unit.subdistrictId !== null && unit.subdistrictId === where.subdistrictId;
}
