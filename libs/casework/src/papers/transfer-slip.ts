import type { CaseState, CounterSource } from '@linli/contracts';
import type { HandedOver } from '../counter/hand-over.service';
import type { Dispatch } from '../dispatch/dispatch';
import type { CaseDetail, MaterialStatus } from '../case-view';

/** 流转单: a case on one sheet, people masked, for whoever takes it over. */
export interface TransferSlip {
  readonly number: string;
  readonly matter: string;
  readonly kind: 'item' | 'report';
  readonly state: CaseState;
  readonly applicant: string | null;
  readonly agentFor: string | null;
  readonly subdistrictId: string;
  readonly department: string;
  /** How it came: over which counter, or from the applicant themselves (`null`). */
  readonly source: CounterSource | null;
  /** Civil dates in Asia/Shanghai, and instants. */
  readonly dates: {
    readonly submittedAt: Date;
    readonly acceptOn: string;
    readonly acceptedOn: string | null;
    readonly dueOn: string;
    readonly statutoryOn: string;
    readonly decidedAt: Date | null;
    readonly closedAt: Date | null;
  };
  readonly materials: {
    readonly present: readonly { readonly name: string; readonly files: number; readonly onPaper: boolean }[];
    readonly missing: readonly string[];
    /** 容缺: may still be brought until `by`. */
    readonly deferredUntil: string | null;
  };
  /** Files that are no material of the guide. */
  readonly otherFiles: number;
  readonly dispatches: readonly {
    readonly unit: string;
    readonly from: string;
    readonly role: Dispatch['role'];
    readonly state: Dispatch['state'];
    readonly dispatchedAt: Date;
    readonly signBy: Date;
    readonly signedAt: Date | null;
  }[];
  readonly handOvers: readonly Omit<HandedOver, 'evidenceFileId'>[];
  readonly steps: readonly { readonly at: Date; readonly words: string }[];
}

/** Puts a slip together from what an officer may see: every fact once. */
export function slipOf(
  detail: CaseDetail,
  counter: { readonly source: CounterSource; readonly onPaper: readonly string[] } | null,
  dispatches: readonly Dispatch[],
  handOvers: readonly HandedOver[],
): TransferSlip {
  const onPaper = new Set(counter?.onPaper);
  const isPresent = (one: MaterialStatus): boolean => one.fileIds.length > 0 || onPaper.has(one.id);
  const present = detail.materials.filter(isPresent);
  const asMaterial = new Set(present.flatMap((one) => one.fileIds));
  const { number, title, kind, state, subdistrictId, department, submittedAt, acceptOn, acceptedOn, dueOn } = detail;
  return {
    number,
    matter: title,
    kind,
    state,
    applicant: detail.applicant?.name ?? null,
    agentFor: detail.agentFor?.name ?? null,
    subdistrictId,
    department,
    source: counter?.source ?? null,
    dates: {
      ...{ submittedAt, acceptOn, acceptedOn, dueOn },
      statutoryOn: detail.statutoryOn,
      decidedAt: detail.decidedAt,
      closedAt: detail.closedAt,
    },
    materials: {
      present: present.map(({ id, name, fileIds }) => ({ name, files: fileIds.length, onPaper: onPaper.has(id) })),
      missing: detail.materials.filter((one) => one.required && !isPresent(one)).map((one) => one.name),
      deferredUntil: detail.deferral && detail.deferral.metOn === null ? detail.deferral.by : null,
    },
    otherFiles: detail.fileIds.filter((id) => !asMaterial.has(id)).length,
    dispatches: dispatches.map(({ unit, from, role, state: standing, dispatchedAt, signBy, signedAt }) => ({
      ...{ unit: unit.name, from: from.name, role, state: standing, dispatchedAt, signBy, signedAt },
    })),
    handOvers: handOvers.map(({ at, receiver, relation }) => ({ at, receiver, relation })),
    steps: detail.timeline.map(({ at, words }) => ({ at, words })),
  };
}
