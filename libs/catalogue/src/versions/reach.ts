/** What of an officer decides which entries they may write. */
export interface Writer {
  readonly id: string;
  readonly role: string;
  readonly departmentId: string | null;
}

/** Whose entries an officer may draft, review and schedule. */
export type WritingReach =
  { readonly over: 'all' } | { readonly over: 'department'; readonly id: string } | { readonly over: 'nothing' };

/** A department's officers reach its own entries; the district's supervisors and admins reach all. */
export function writingReachOf({ role, departmentId }: Writer): WritingReach {
  if (role === 'admin' || role === 'supervisor') return { over: 'all' };
  if (role === 'department' && departmentId !== null) return { over: 'department', id: departmentId };
  return { over: 'nothing' };
}

export function mayWrite(writer: Writer, departmentId: string): boolean {
  const reach = writingReachOf(writer);
  return reach.over === 'all' || (reach.over === 'department' && reach.id === departmentId);
}
