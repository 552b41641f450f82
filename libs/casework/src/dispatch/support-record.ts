import { Refusal, type RefusalDetail } from '@linli/kernel';
import type { Case } from '../case';
import { factsOf, type Step } from '../step';
import { dispatchFacts, type Dispatch, type Dispatchable, type Unit } from './dispatch';

/** What a unit that helps says it did. */
export interface SupportWish {
  readonly action: string;
  /** Words, or ids of files. */
  readonly evidence: readonly string[];
  /** When it was done; now when left out. */
  readonly doneAt?: Date;
}

/** 协办记录: what a helping unit did on a case, when, and what shows it; for officers only. */
export interface SupportRecord {
  readonly id: string;
  readonly caseId: string;
  readonly dispatchId: string;
  readonly unit: Unit;
  readonly action: string;
  readonly evidence: readonly string[];
  readonly doneAt: Date;
  readonly recordedAt: Date;
}

const actionLongest = 1000;
const evidenceMost = 20;
const evidenceLongest = 500;

/** How a case goes on once a helping unit has recorded what it did. */
export interface Supported {
  readonly record: SupportRecord;
  readonly step: Step<Case, 'case.supportRecorded'>;
}

/**
 * Enters what a helping unit did. The one in charge records nothing here, it closes; nobody records what they have not
 * signed for. The resident reads only that it was done: what helpers write to each other is internal.
 */
export function recordSupport(
  kase: Dispatchable,
  given: Dispatch,
  wish: SupportWish & { readonly id: string; readonly isFirst: boolean },
  now: Date,
): Supported {
  if (given.role !== 'support') throw new Refusal('case.notSupporting');
  if (given.state !== 'signed') throw new Refusal('case.notSignedFor');
  const { action, evidence, doneAt } = checked(wish, given, now);
  const { caseId, id: dispatchId, unit } = given;
  const record = { id: wish.id, caseId, dispatchId, unit, action, evidence, doneAt, recordedAt: now };
  const payload = { ...factsOf(kase), ...dispatchFacts(given), first: wish.isFirst };
  const words = `${unit.name}反馈了协助办理的情况。`;
  return { record, step: { next: kase, what: 'supportRecorded', words, event: 'case.supportRecorded', payload } };
}

function checked(
  wish: SupportWish,
  given: Dispatch,
  now: Date,
): { readonly action: string; readonly evidence: readonly string[]; readonly doneAt: Date } {
  const action = wish.action.trim();
  const evidence = [...new Set(wish.evidence.map((one) => one.trim()).filter((one) => one !== ''))];
  if (evidence.length === 0) throw new Refusal('case.evidenceMissing');
  const doneAt = wish.doneAt ?? now;
  const problems: RefusalDetail[] = [];
  if (action === '') problems.push({ at: 'action', problem: '请写明做了什么' });
  if (action.length > actionLongest) problems.push({ at: 'action', problem: `最多写${actionLongest}个字` });
  if (evidence.length > evidenceMost) problems.push({ at: 'evidence', problem: `依据最多${evidenceMost}条` });
  if (evidence.some((one) => one.length > evidenceLongest))
    problems.push({ at: 'evidence', problem: `每条依据最多${evidenceLongest}个字` });
  if (doneAt > now) problems.push({ at: 'doneAt', problem: '时间不能晚于现在' });
  if (doneAt < given.dispatchedAt) problems.push({ at: 'doneAt', problem: '时间不能早于派单' });
  if (problems.length > 0) throw new Refusal('case.invalid', problems);
  return { action, evidence, doneAt };
}
