import { createHash } from 'node:crypto';
import { localDate, monthOf, parseLocalDate, startOf } from '@linli/kernel';
import type { Observation } from './observation';

/** 回访: what the hotline's call-back about one case found; only effective ones (有效回访) are kept. */
export interface Callback {
  readonly caseNumber: string;
  readonly calledOn: Date;
  readonly department: { readonly id: string; readonly name: string };
  readonly subdistrictId: string;
  readonly contacted: boolean;
  readonly resolved: boolean;
  readonly satisfaction: 'satisfied' | 'fairlySatisfied' | 'dissatisfied';
}

export interface CallbackProblem {
  readonly at: string;
  readonly problem: string;
}

/** Ids by name and by id, of the units a file may name. */
export interface KnownUnits {
  readonly departments: ReadonlyMap<string, { readonly id: string; readonly name: string }>;
  readonly subdistricts: ReadonlyMap<string, string>;
}

export interface CallbackRow {
  /** Where the row stands, for people. */
  readonly at: string;
  readonly cells: Readonly<Record<string, string>>;
}

const satisfactions: Readonly<Partial<Record<string, Callback['satisfaction']>>> = {
  满意: 'satisfied',
  基本满意: 'fairlySatisfied',
  不满意: 'dissatisfied',
};
const yesNo: Readonly<Partial<Record<string, boolean>>> = { 是: true, 否: false };

/** Reads the rows of a 12345 sheet: 工单编号, 回访日期, 承办部门, 被反映街道, 是否有效回访, 是否联系, 是否解决, 是否满意. */
export function readCallbacks(
  rows: readonly CallbackRow[],
  known: KnownUnits,
): {
  readonly callbacks: readonly Callback[];
  readonly skipped: number;
  readonly problems: readonly CallbackProblem[];
} {
  const effective = rows.filter(({ cells }) => cells['是否有效回访'] !== '否');
  const read = effective.map((row) => ({ at: row.at, parts: partsOf(row, known) }));
  const problems = read.flatMap(({ at, parts }) =>
    Object.entries(parts)
      .filter(([, value]) => value === undefined || value === null)
      .map(([column]) => ({ at, problem: `${column} is missing or not known` })),
  );
  return {
    callbacks: read.flatMap(({ parts }) => callbackOf(parts) ?? []),
    skipped: rows.length - effective.length,
    problems,
  };
}

type Parts = ReturnType<typeof partsOf>;

function partsOf({ cells }: CallbackRow, known: KnownUnits) {
  return {
    工单编号: cells['工单编号'],
    回访日期: parseLocalDate(cells['回访日期'] ?? ''),
    承办部门: known.departments.get(cells['承办部门'] ?? ''),
    被反映街道: known.subdistricts.get(cells['被反映街道'] ?? ''),
    是否有效回访: yesNo[cells['是否有效回访'] ?? ''],
    是否联系: yesNo[cells['是否联系'] ?? ''],
    是否解决: yesNo[cells['是否解决'] ?? ''],
    是否满意: satisfactions[cells['是否满意'] ?? ''],
  };
}

function callbackOf(parts: Parts): Callback | null {
  const { 工单编号: caseNumber, 回访日期: date, 承办部门: department, 被反映街道: subdistrictId } = parts;
  const { 是否有效回访: effective, 是否联系: contacted, 是否解决: resolved, 是否满意: satisfaction } = parts;
  if (caseNumber === undefined || !date || !department || subdistrictId === undefined) return null;
  if (!effective || contacted === undefined || resolved === undefined || !satisfaction) return null;
  return { caseNumber, calledOn: startOf(date), department, subdistrictId, contacted, resolved, satisfaction };
}

/** What a call-back counts, for the department and for the subdistrict; its number and day make it one and the same. */
export function callbackObservations(callback: Callback): Observation[] {
  const { caseNumber, calledOn: at, department, subdistrictId, contacted, resolved, satisfaction } = callback;
  const eventId = idOf(`${caseNumber}/${localDate(at)}`);
  const facts = {
    callbacks: 1,
    ...(contacted ? { callbackContacted: 1 } : {}),
    ...(resolved ? { callbackResolved: 1 } : {}),
    ...(satisfaction === 'satisfied' ? { callbackSatisfied: 1 } : {}),
    ...(satisfaction === 'fairlySatisfied' ? { callbackFairlySatisfied: 1 } : {}),
  };
  const shared = { eventId, period: monthOf(localDate(at)), caseNumber, at, facts };
  return [
    { ...shared, direction: 'departments', subject: department },
    { ...shared, direction: 'subdistricts', subject: { id: subdistrictId, name: subdistrictId } },
  ];
}

/** A UUID (version 8) made of a text's digest. */
function idOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
