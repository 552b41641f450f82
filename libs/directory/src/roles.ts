/** What an officer may do: clerk (window), dispatcher (subdistrict centre), department, supervisor, assessor, admin; community, grid and leader join with casework. */
export const officerRoles = [
  'clerk',
  'dispatcher',
  'department',
  'supervisor',
  'assessor',
  'admin',
  'community',
  'grid',
  'leader',
] as const;
export type OfficerRole = (typeof officerRoles)[number];

export const departmentLevels = ['city', 'district', 'subdistrict', 'community', 'provider'] as const;
export type DepartmentLevel = (typeof departmentLevels)[number];
