import type { ScoreItem, ScoreSheet } from './score-sheet';

/** One month of a subject; `item` is null when no resident was heard of it. */
export interface TrendPoint {
  readonly period: string;
  readonly status: ScoreSheet['status'];
  /** Months under different schemes are not to be compared without saying so. */
  readonly schemeVersion: string;
  readonly item: ScoreItem | null;
}

/** A subject's point on a month's sheet. */
export function trendOf({ period, status, schemeVersion, items }: ScoreSheet, subjectId: string): TrendPoint {
  return { period, status, schemeVersion, item: items.find((one) => one.subject.id === subjectId) ?? null };
}
