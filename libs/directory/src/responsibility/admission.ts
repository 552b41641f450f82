import type { LocalDate } from '@linli/kernel';
import type { DepartmentLevel, OfficerRole } from '../roles';
import type { MatterName } from './matter';

/** 职责准入 as proposed; a `delegation` (下放事项) takes the matter from the department, an `admission` shares the work. */
export interface AdmissionDraft {
  readonly kind: 'admission' | 'delegation';
  readonly matter: MatterName;
  readonly title: string;
  readonly fromUnit: string;
  readonly toLevel: 'subdistrict' | 'community';
  /** Null: every unit of the level. */
  readonly toUnit: string | null;
  readonly documentNo: string;
  /** 权随事转、费随事转: which money and people come with it. */
  readonly supportNote: string;
  readonly effectiveOn: LocalDate;
  readonly endsOn: LocalDate | null;
}

export type AdmissionState = 'proposed' | 'approved' | 'revoked' | 'withdrawn';

/** An admission as kept and shown to officers; officers stand there by id. */
export interface Admission extends AdmissionDraft {
  readonly id: string;
  readonly state: AdmissionState;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly approvedBy: string | null;
  readonly approvedAt: Date | null;
  readonly revokedBy: string | null;
  readonly revokedOn: LocalDate | null;
  readonly revocationReason: string | null;
}

/** What of an officer decides which admissions they may touch. */
export interface AdmissionActor {
  readonly id: string;
  readonly role: OfficerRole;
  readonly departmentId: string | null;
  readonly subdistrictId: string | null;
}

/** Where an admission goes: the subdistrict it ends up in, or null when it goes to all. */
export interface Destination {
  readonly fromLevel: DepartmentLevel;
  readonly subdistrictId: string | null;
}

/** Why a draft is not one, or null: duties come down one step at a time, and only for a time that exists. */
export function draftProblem(
  draft: AdmissionDraft,
  { fromLevel }: Destination,
): { at: string; problem: string } | null {
  if (draft.toLevel === 'community' && fromLevel !== 'subdistrict')
    return { at: 'fromUnit', problem: '部门的事项不能直接交给社区，要先由街道承接' };
  if (draft.toLevel === 'subdistrict' && fromLevel !== 'city' && fromLevel !== 'district')
    return { at: 'fromUnit', problem: '交给街道的应当是区级以上部门的事项' };
  if (draft.kind === 'delegation' && draft.toLevel !== 'subdistrict')
    return { at: 'kind', problem: '下放事项只能下放到街道' };
  if (draft.endsOn !== null && draft.endsOn <= draft.effectiveOn)
    return { at: 'endsOn', problem: '结束日期应当晚于生效日期' };
  if (/一票否决/.test(draft.title + draft.supportNote)) return { at: 'title', problem: '不得设置“一票否决”' };
  return null;
}

/** Whether an officer may propose it: a department its own, a subdistrict's people what comes to it, the district all. */
export function mayPropose(actor: AdmissionActor, draft: AdmissionDraft, { subdistrictId }: Destination): boolean {
  switch (actor.role) {
    case 'admin':
    case 'supervisor':
      return actor.subdistrictId === null || actor.subdistrictId === subdistrictId;
    case 'department':
      return actor.departmentId !== null && actor.departmentId === draft.fromUnit;
    case 'leader':
    case 'dispatcher':
      return subdistrictId !== null && actor.subdistrictId === subdistrictId;
    default:
      return false;
  }
}

/** Whether an officer may approve or revoke it: the district everything, a leader what goes to their own communities. */
export function mayApprove(
  actor: AdmissionActor,
  draft: Pick<AdmissionDraft, 'toLevel'>,
  { subdistrictId }: Pick<Destination, 'subdistrictId'>,
): boolean {
  if (actor.role === 'admin' || actor.role === 'supervisor')
    return actor.subdistrictId === null || actor.subdistrictId === subdistrictId;
  return (
    actor.role === 'leader' &&
    draft.toLevel === 'community' &&
    subdistrictId !== null &&
    actor.subdistrictId === subdistrictId
  );
}
