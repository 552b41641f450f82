import { Refusal } from '@linli/kernel';
import type { Officer } from '@linli/directory';
import type { Direction } from './scheme';
import type { ScoreSheet } from './score-sheet';

/** A subject's figure with the score it went into, as it stood at a moment. */
export interface FigureAt {
  readonly value: number;
  readonly numerator: number;
  readonly denominator: number;
  readonly score: number;
}

/** 申诉: a unit's objection to one of its figures, with the figure before and after the decision. */
export interface Appeal {
  readonly id: string;
  readonly period: string;
  readonly direction: Direction;
  readonly subjectId: string;
  readonly indicator: string;
  readonly reason: string;
  readonly evidence: readonly string[];
  readonly filedAt: Date;
  readonly figureBefore: FigureAt;
  readonly decision: {
    readonly upheld: boolean;
    readonly words: string;
    readonly at: Date;
    readonly figureAfter: FigureAt;
  } | null;
}

export interface AppealDraft {
  readonly period: string;
  readonly direction: Direction;
  readonly subjectId: string;
  readonly indicator: string;
  readonly reason: string;
  readonly evidence: readonly string[];
}

export interface AppealDecision {
  readonly upheld: boolean;
  readonly words: string;
  /** Rows of the evidence that do not count, by their ids; only for an appeal that is upheld. */
  readonly takenOut: readonly string[];
}

/** Refuses officers of other units. */
export function checkOwnUnit(officer: Pick<Officer, 'departmentId' | 'subdistrictId'>, draft: AppealDraft): void {
  const own = draft.direction === 'departments' ? officer.departmentId : officer.subdistrictId;
  if (own === null || own !== draft.subjectId) throw new Refusal('assessment.notYourUnit');
}

/** Refuses officers of the unit that appeals: nobody rules in their own matter. */
export function checkOutsider(
  officer: Pick<Officer, 'departmentId'>,
  { direction, subjectId }: Pick<Appeal, 'direction' | 'subjectId'>,
): void {
  if (direction === 'departments' && officer.departmentId === subjectId) throw new Refusal('assessment.ownAppeal');
}

/** A subject's figure on a sheet; null when the sheet has none. */
export function figureOn(sheet: ScoreSheet, subjectId: string, indicator: string): FigureAt | null {
  const item = sheet.items.find((one) => one.subject.id === subjectId);
  const figure = item?.indicators.find((one) => one.id === indicator);
  if (!item || !figure) return null;
  const { value, numerator, denominator } = figure;
  return { value, numerator, denominator, score: item.score };
}
