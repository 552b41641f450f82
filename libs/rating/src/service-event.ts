import { isUuid, localDate, monthOf, Refusal } from '@linli/kernel';
import type { ServiceKind } from '@linli/contracts';

/** One service a resident received, with all that is known of it: what 一次服务一评 counts by. */
export interface ServiceEvent {
  readonly kind: ServiceKind;
  readonly residentId: string;
  /** What was done, in the resident's words. */
  readonly subject: string;
  /** The case, booking or ticket it belongs to: each kind once for one of them. */
  readonly caseId: string;
  /** The number the resident knows it by. */
  readonly caseNumber: string;
  readonly department: { readonly id: string; readonly name: string };
  readonly subdistrictId: string;
  readonly officerId: string | null;
  readonly at: Date;
}

/** A service that awaits its rating. */
export interface Rateable {
  readonly id: string;
  readonly kind: ServiceKind;
  readonly subject: string;
  readonly caseNumber: string;
  readonly at: Date;
}

/** One page of them, newest last. */
export interface RateablePage {
  readonly items: Rateable[];
  readonly nextCursor: string | null;
}

/** Services that end a matter: only these are asked about in chat, so that one matter brings one question. */
const final: readonly ServiceKind[] = ['case', 'caseClosed', 'bookingKept', 'ticketServed', 'enquiryAnswered'];

/** Whether a resident is asked about such a service; the others wait in their list. */
export function isAskedAbout(kind: ServiceKind): boolean {
  return final.includes(kind);
}

/** The month a service counts for, `YYYY-MM` in Asia/Shanghai, whenever it is rated. */
export function periodOf(at: Date): string {
  return monthOf(localDate(at));
}

/** Where a page ended. */
export interface Position {
  readonly at: Date;
  readonly id: string;
}

/** Before the first row. */
export const beginning: Position = { at: new Date(0), id: '00000000-0000-0000-0000-000000000000' };

/** A page of what was fetched, which is one more than asked for when there are more. */
export function pageOf(rows: readonly Rateable[], limit: number): RateablePage {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? `${last.at.getTime()}~${last.id}` : null };
}

/** Reads a cursor; null begins at the first row. Refuses what no page gave out. */
export function positionOf(cursor: string | null): Position {
  if (cursor === null) return beginning;
  const [time = '', id = '', ...rest] = cursor.split('~');
  if (rest.length > 0 || !/^\d{1,14}$/.test(time) || !isUuid(id)) throw new Refusal('request.cursorInvalid');
  return { at: new Date(Number(time)), id };
}
