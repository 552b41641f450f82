import { isUuid, Refusal } from '@linli/kernel';
import type { Grade } from '@linli/contracts';

/** One row behind a figure: a service, or what happened to a case. Who it was for and who did it is not said. */
export interface EvidenceItem {
  readonly serviceEventId: string;
  /** Masked: enough to recognise a case one has in hand, too little to look one up. */
  readonly caseNumber: string;
  /** Null for a service nobody rated, which counts in a denominator only. */
  readonly grade: Grade | null;
  /** When it was rated; of a service nobody rated, when it was given. Null where it is withheld. */
  readonly at: Date | null;
  /** What the row adds to the figure: over all rows they are its numerator and its denominator. */
  readonly numerator: number;
  readonly denominator: number;
}

/** One page of what a figure was made of. */
export interface EvidencePage {
  readonly items: EvidenceItem[];
  readonly nextCursor: string | null;
  /** Why numbers and moments are left out; absent when they are not. */
  readonly withheld?: string;
}

const shown = 4;
/** With fewer cases a number and a moment would show who it was. */
const fewest = 3;
const withheldWords = `不到${fewest}件，写明编号和时间会认出当事人，所以不显示。`;

/** A page of what was fetched, which is one more than asked for when there are more; `isFirst` pages may be too short. */
export function evidencePage(rows: readonly EvidenceItem[], limit: number, isFirst = false): EvidencePage {
  // One case may stand there several times.
  if (isFirst && new Set(rows.map((row) => row.caseNumber)).size < fewest) {
    const items = rows.slice(0, limit).map((row) => ({ ...row, caseNumber: '****', at: null }));
    const nextCursor = rows.length > limit ? (items.at(-1)?.serviceEventId ?? null) : null;
    return { items, nextCursor, withheld: withheldWords };
  }
  const items = rows.slice(0, limit).map((row) => ({ ...row, caseNumber: maskCaseNumber(row.caseNumber) }));
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.serviceEventId ?? null) : null };
}

/** The service after which a page begins; refuses what no page gave out. */
export function afterOf(cursor: string | null): string {
  if (cursor === null) return '00000000-0000-0000-0000-000000000000';
  if (!isUuid(cursor)) throw new Refusal('request.cursorInvalid');
  return cursor;
}

/** The last four signs of a case number. */
export function maskCaseNumber(number: string): string {
  return `****${number.slice(-shown)}`;
}
