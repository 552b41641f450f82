import type { CaseOutcome, CaseState } from '@linli/contracts';
import { localDate, type LocalDate, type WorkCalendar } from '@linli/kernel';
import type { Case } from '../case';
import { outwardState } from '../step';

/** One case of a bundle, and the entries of the bundle it waits for. */
export interface BundledCase {
  readonly kase: Case;
  readonly after: readonly string[];
}

/** 一事联办 as its resident sees it: cases side by side under one date. */
export interface BundleDetail {
  readonly id: string;
  readonly lifeEventId: string;
  readonly name: string;
  readonly createdAt: Date;
  /** The date given when it was opened: all is done by then. */
  readonly promisedOn: LocalDate;
  /** The same date as the cases stand now: corrections and stops move it. */
  readonly expectedOn: LocalDate;
  readonly isFinished: boolean;
  readonly cases: readonly {
    readonly number: string;
    readonly entryId: string;
    readonly title: string;
    readonly state: CaseState;
    readonly department: string;
    readonly acceptOn: LocalDate;
    readonly dueOn: LocalDate;
    readonly outcome: CaseOutcome | null;
    /** Entries that must be finished first. */
    readonly after: readonly string[];
  }[];
}

/**
 * The day by which all of a bundle is done: each case by its own committed date, or, where it waits for others, by its
 * limit counted from theirs. The longest path decides.
 */
export function bundleDate(cases: readonly BundledCase[], calendar: WorkCalendar): LocalDate | null {
  const ends = new Map<string, LocalDate>();
  for (const { kase, after } of cases) {
    const before = latest(after.flatMap((id) => ends.get(id) ?? []));
    const limit = kase.filing.entry.guide?.committedLimit;
    const chained = before && limit && !isOver(kase) ? calendar.addDays(before, limit).on : null;
    const own = endOf(kase);
    ends.set(kase.filing.entry.id, chained !== null && chained > own ? chained : own);
  }
  return latest([...ends.values()]);
}

/** The bundle as it stands; `cases` are in an order in which they can be done. */
export function bundleDetail(
  bundle: Omit<BundleDetail, 'cases' | 'expectedOn' | 'isFinished'>,
  cases: readonly BundledCase[],
  calendar: WorkCalendar,
): BundleDetail {
  return {
    ...bundle,
    expectedOn: bundleDate(cases, calendar) ?? bundle.promisedOn,
    isFinished: cases.every(({ kase }) => isOver(kase)),
    cases: cases.map(({ kase, after }) => ({
      number: kase.filing.number,
      entryId: kase.filing.entry.id,
      title: kase.filing.entry.name,
      state: outwardState(kase),
      department: kase.filing.entry.department.name,
      acceptOn: kase.dates.acceptOn,
      dueOn: kase.dates.dueOn,
      outcome: kase.state === 'closed' ? kase.closure.outcome : null,
      after,
    })),
  };
}

/** What of one composed form and one set of materials an item gets. */
export interface ItemShare {
  readonly answers: Readonly<Record<string, string>>;
  readonly materials: readonly { readonly materialId: string; readonly fileId: string }[];
}

/** Keys of the bundle's one form and one set of materials, by the item's own ids. */
export interface ItemMeanings {
  readonly fields: ReadonlyMap<string, string>;
  readonly materials: ReadonlyMap<string, string>;
}

/** Gives an item its share of what was answered and handed in once. */
export function shareOf(
  { fields, materials }: ItemMeanings,
  given: {
    readonly answers: Readonly<Record<string, string>>;
    readonly materials: readonly { readonly materialId: string; readonly fileId: string }[];
  },
): ItemShare {
  const answers = [...fields].flatMap(([own, key]) => {
    const value = Object.hasOwn(given.answers, key) ? given.answers[key] : undefined;
    return value === undefined ? [] : [[own, value] as const];
  });
  return {
    answers: Object.fromEntries(answers),
    materials: [...materials].flatMap(([own, key]) =>
      given.materials.filter((one) => one.materialId === key).map(({ fileId }) => ({ materialId: own, fileId })),
    ),
  };
}

function isOver(kase: Case): boolean {
  return kase.state === 'closed' || kase.state === 'declined' || kase.state === 'withdrawn';
}

function endOf(kase: Case): LocalDate {
  if (kase.state === 'closed') return localDate(kase.closure.at);
  if (kase.state === 'declined') return localDate(kase.declining.at);
  return kase.state === 'withdrawn' ? localDate(kase.withdrawal.at) : kase.dates.dueOn;
}

function latest(days: readonly LocalDate[]): LocalDate | null {
  return days.reduce<LocalDate | null>((last, day) => (last === null || day > last ? day : last), null);
}
