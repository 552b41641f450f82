import type { CaseOutcome, CaseState } from '@linli/contracts';
import type { LocalDate } from '@linli/kernel';
import {
  isAnswered,
  type Acceptance,
  type AnsweredNotice,
  freshCourse,
  type Case,
  type Closure,
  type Course,
  type Decision,
  type Declining,
  type Delivery,
  type Notice,
  type PinnedEntry,
} from './case';
import { lapsesOn } from './deadlines';
import type { RequestClass } from './requests/request-class';
import { outwardState } from './step';

/** A case as its tables hold it; what is sealed is opened beforehand. */
export interface CaseRecord {
  readonly id: string;
  readonly number: string;
  readonly kind: 'item' | 'report';
  readonly state: CaseState;
  readonly revision: number;
  readonly resident_id: string;
  readonly subdistrict_id: string;
  readonly entry: PinnedEntry;
  /** In charge now; the entry keeps the one it was filed with. */
  readonly department_id: string;
  readonly department_name: string;
  readonly supporting: readonly string[];
  readonly taken_in: string | null;
  readonly submitted_at: Date;
  readonly accept_on: LocalDate;
  readonly due_on: LocalDate;
  readonly statutory_on: LocalDate;
  readonly provisional: boolean;
  readonly first_receiver_id: string | null;
  readonly accepted_at: Date | null;
  readonly accepted_on: LocalDate | null;
  readonly accepted_by_silence: boolean | null;
  readonly closed_at: Date | null;
  readonly outcome: CaseOutcome | null;
  readonly on_time: boolean | null;
  readonly course: StoredCourse;
  readonly declined_at: Date | null;
  readonly withdrawn_at: Date | null;
  readonly withdrawal_deemed: boolean | null;
  readonly notice_given_at: Date | null;
  readonly notice_answer_by: LocalDate | null;
  readonly notice_answered_at: Date | null;
}

export type NoticeWords = Pick<Notice, 'missing' | 'reason'>;
export type ClosureWords = Pick<Closure, 'publicReply' | 'evidence'>;
export type DecliningWords = Pick<Declining, 'reason' | 'authority'>;

/** A course as JSON, what was filed under beside it: what is left out is as in a fresh one, and instants are written out. */
type StoredCourse = Partial<
  Omit<Course, 'decision' | 'delivery'> & {
    decision: (Omit<Decision, 'at'> & { readonly at: string }) | null;
    delivery: (Omit<Delivery, 'at'> & { readonly at: string }) | null;
    request: RequestClass;
    silenceAccepts: boolean;
  }
>;

/** What of a record was sealed. */
export interface OpenedWords {
  readonly notice: NoticeWords | null;
  readonly closure: ClosureWords | DecliningWords | null;
}

/** The case a record stands for; throws when the record contradicts itself. */
export function caseOf(record: CaseRecord, words: OpenedWords): Case {
  const filed = filedOf(record);
  const notice = noticeOf(record, words.notice);
  const acceptance = acceptanceOf(record);
  const answered = notice && isAnswered(notice) ? notice : null;
  switch (record.state) {
    case 'submitted':
      return answered ? { ...filed, state: 'corrected', notice: answered } : { ...filed, state: 'submitted' };
    case 'awaitingCorrection':
      return { ...filed, state: 'awaitingCorrection', notice: present(record, notice) };
    case 'accepted':
    case 'inHandling':
    case 'suspended':
      return { ...filed, state: record.state, ...underwayOf(record, answered, acceptance) };
    case 'decided': {
      const underway = underwayOf(record, answered, acceptance);
      present(record, underway.course.decision);
      return { ...filed, state: 'decided', ...underway };
    }
    case 'closed': {
      const closure = present(record, closureOf(record, words.closure));
      return { ...filed, state: 'closed', ...underwayOf(record, answered, acceptance), closure };
    }
    case 'declined':
      return { ...filed, state: 'declined', notice: answered, declining: decliningOf(record, words.closure) };
    case 'withdrawn': {
      const withdrawal = { at: present(record, record.withdrawn_at), deemed: record.withdrawal_deemed === true };
      const course = acceptance && courseOf(record.course);
      return { ...filed, state: 'withdrawn', notice, acceptance, course, withdrawal };
    }
  }
}

function underwayOf(
  record: CaseRecord,
  notice: AnsweredNotice | null,
  acceptance: Acceptance | null,
): { notice: AnsweredNotice | null; acceptance: Acceptance; course: Course } {
  return { notice, acceptance: present(record, acceptance), course: courseOf(record.course) };
}

function courseOf({
  decision = null,
  delivery = null,
  request: _filed,
  silenceAccepts: _silent,
  ...rest
}: StoredCourse): Course {
  return {
    ...freshCourse,
    ...rest,
    decision: decision && { ...decision, at: new Date(decision.at) },
    delivery: delivery && { ...delivery, at: new Date(delivery.at) },
  };
}

function decliningOf(record: CaseRecord, words: OpenedWords['closure']): Declining {
  if (!words || !('reason' in words)) throw contradiction(record);
  return { ...words, at: present(record, record.declined_at) };
}

function filedOf(
  record: CaseRecord,
): Pick<Case, 'filing' | 'dates' | 'firstReceiverId' | 'supporting' | 'takenIn' | 'revision'> {
  return {
    filing: {
      id: record.id,
      number: record.number,
      kind: record.kind,
      residentId: record.resident_id,
      subdistrictId: record.subdistrict_id,
      entry: { ...record.entry, department: { id: record.department_id, name: record.department_name } },
      submittedAt: record.submitted_at,
      ...(record.course.request && { request: record.course.request }),
      ...(record.course.silenceAccepts === false && { silenceAccepts: false }),
    },
    dates: {
      acceptOn: record.accept_on,
      dueOn: record.due_on,
      statutoryOn: record.statutory_on,
      provisional: record.provisional,
    },
    firstReceiverId: record.first_receiver_id,
    supporting: record.supporting,
    takenIn: record.taken_in,
    revision: record.revision,
  };
}

function noticeOf(record: CaseRecord, words: NoticeWords | null): Notice | AnsweredNotice | null {
  const { notice_given_at: givenAt, notice_answer_by: answerBy, notice_answered_at: answeredAt } = record;
  if (!givenAt || !answerBy || !words) return null;
  return { ...words, givenAt, answerBy, ...(answeredAt && { answeredAt }) };
}

function acceptanceOf(record: CaseRecord): Acceptance | null {
  const { accepted_at: at, accepted_on: on } = record;
  return at && on ? { at, on, bySilence: record.accepted_by_silence === true } : null;
}

function closureOf(record: CaseRecord, words: OpenedWords['closure']): Closure | null {
  const { closed_at: at, outcome } = record;
  return at && outcome && words && 'publicReply' in words
    ? { ...words, at, outcome, onTime: record.on_time === true }
    : null;
}

function present<T>(record: CaseRecord, value: T | null): T {
  if (value === null) throw contradiction(record);
  return value;
}

function contradiction(record: CaseRecord): Error {
  return new Error(`case ${record.id} is ${record.state} but its row does not say so`);
}

/** The columns a step may change, in the order of `changingColumns`. */
export function changingValues(kase: Case): unknown[] {
  const acceptance = 'acceptance' in kase ? kase.acceptance : null;
  const closure = kase.state === 'closed' ? kase.closure : null;
  const withdrawal = kase.state === 'withdrawn' ? kase.withdrawal : null;
  return [
    outwardState(kase),
    kase.dates.acceptOn,
    kase.dates.dueOn,
    kase.dates.statutoryOn,
    kase.dates.provisional,
    lapsesOn(kase),
    kase.firstReceiverId,
    kase.filing.entry.department.id,
    kase.filing.entry.department.name,
    acceptance?.at ?? null,
    acceptance?.on ?? null,
    acceptance?.bySilence ?? null,
    closure?.at ?? null,
    closure?.outcome ?? null,
    closure?.onTime ?? null,
    JSON.stringify(storedCourse(kase)),
    kase.state === 'declined' ? kase.declining.at : null,
    withdrawal?.at ?? null,
    withdrawal?.deemed ?? null,
  ];
}

function storedCourse(kase: Case): object {
  const { request, silenceAccepts } = kase.filing;
  return { ...('course' in kase ? kase.course : null), request, silenceAccepts };
}

export const changingColumns = [
  'state',
  'accept_on',
  'due_on',
  'statutory_on',
  'provisional',
  'lapses_on',
  'first_receiver_id',
  'department_id',
  'department_name',
  'accepted_at',
  'accepted_on',
  'accepted_by_silence',
  'closed_at',
  'outcome',
  'on_time',
  'course',
  'declined_at',
  'withdrawn_at',
  'withdrawal_deemed',
] as const;
