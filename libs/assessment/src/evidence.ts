import { isUuid, Refusal } from '@linli/kernel';
import type { Grade } from '@linli/contracts';

/** One service behind a figure. Who received it and who rendered it is not said. */
export interface EvidenceItem {
  readonly serviceEventId: string;
  /** Masked: enough to recognise a case one has in hand, too little to look one up. */
  readonly caseNumber: string;
  /** Null for a service nobody rated, which counts in a denominator only. */
  readonly grade: Grade | null;
  /** When it was rated; of a service nobody rated, when it was given. */
  readonly at: Date;
}

/** One page of what a figure was made of. */
export interface EvidencePage {
  readonly items: EvidenceItem[];
  readonly nextCursor: string | null;
}

const shown = 4;

/** A page of what was fetched, which is one more than asked for when there are more. */
export function evidencePage(rows: readonly EvidenceItem[], limit: number): EvidencePage {
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
