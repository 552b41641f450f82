import type { Applicant, CaseOutcome, CaseState, CaseSummary, Place, Principal, ServiceGuide } from '@linli/contracts';
import { freshCourse, isAnswered, type Case, type CaseFile, type Particulars } from './case';
import { maskApplicant, maskPlace, maskPrincipal, maskText } from './masking';
import type { Pledge } from './pledge';
import type { RequestClass } from './requests/request-class';
import { outwardState, type CaseEventType, type Step, type StepName } from './step';

/** One line of a case's timeline, in words a resident can read. */
export interface TimelineStep {
  readonly at: Date;
  readonly what: StepName;
  readonly words: string;
}

/** A material of the guide and the files put in for it. */
export interface MaterialStatus {
  readonly id: string;
  readonly name: string;
  readonly required: boolean;
  readonly fileIds: readonly string[];
}

/** Everything one page shows of a case: whole for its owner, personal facts masked for officers. */
export interface CaseDetail extends CaseSummary {
  readonly id: string;
  readonly entryId: string;
  readonly residentId: string;
  readonly subdistrictId: string;
  readonly departmentId: string;
  /** Of reports: what it asks for and how urgent it is; null of applications. */
  readonly request: Pick<RequestClass, 'type' | 'urgency'> | null;
  /** The last day by the law, beside the committed `dueOn`. */
  readonly statutoryOn: string;
  /** The dates reach past the last holiday notice and may move by a few days. */
  readonly provisional: boolean;
  readonly acceptedOn: string | null;
  readonly closedAt: Date | null;
  readonly onTime: boolean | null;
  /** Null for reports, which ask for none. */
  readonly applicant: Applicant | null;
  readonly agentFor: Principal | null;
  readonly text: string | null;
  readonly place: Place | null;
  readonly answers: readonly { readonly id: string; readonly label: string; readonly value: string }[];
  readonly materials: readonly MaterialStatus[];
  /** All files the resident put in, those for a material included. */
  readonly fileIds: readonly string[];
  readonly notice: {
    readonly givenAt: Date;
    readonly missing: readonly string[];
    readonly reason: string;
    readonly answerBy: string;
    readonly answeredAt: Date | null;
  } | null;
  readonly timeline: readonly TimelineStep[];
  /** 容缺材料: what was pledged, by when, and when it came. */
  readonly deferral: {
    readonly materials: readonly string[];
    readonly by: string;
    readonly metOn: string | null;
  } | null;
  /** 告知承诺: papers a written pledge stands for. */
  readonly pledge: Pledge | null;
  readonly extension: { readonly days: number; readonly granted: boolean } | null;
  /** Stretches in which the clock stood. */
  readonly stops: readonly { readonly kind: string; readonly from: string; readonly to: string | null }[];
  readonly decidedAt: Date | null;
  readonly delivery: { readonly at: Date; readonly way: string } | null;
  readonly reopenedOn: readonly string[];
  /** Of a declined case: the authority to go to. */
  readonly authority: string | null;
  /** Why it counts as done; for officers only. */
  readonly evidence: readonly string[];
  /** Required materials not put in electronically: what to bring to the window. */
  readonly toBring: readonly string[];
}

/** One line of an officer's list. */
export interface CaseListItem {
  readonly number: string;
  readonly kind: 'item' | 'report';
  readonly title: string;
  readonly state: CaseState;
  readonly subdistrictId: string;
  readonly departmentId: string;
  readonly department: string;
  /** 姓*, or null for a report. */
  readonly applicant: string | null;
  readonly submittedAt: Date;
  readonly acceptOn: string;
  readonly dueOn: string;
  readonly statutoryOn: string;
  readonly provisional: boolean;
  readonly answerBy: string | null;
  readonly outcome: CaseOutcome | null;
  readonly type: RequestClass['type'] | null;
  readonly urgency: RequestClass['urgency'] | null;
}

/** What gathers on a case beside its state. */
export interface CaseParts {
  readonly particulars: Particulars;
  readonly files: readonly CaseFile[];
  readonly timeline: readonly TimelineStep[];
}

/** What there is on a case once it took a step, which may have brought files. */
export function partsAfter(
  { particulars, files, timeline }: CaseParts,
  { what, words }: Pick<Step<Case, CaseEventType>, 'what' | 'words'>,
  at: Date,
  brought: readonly CaseFile[] = [],
): CaseParts {
  return { particulars, files: [...files, ...brought], timeline: [...timeline, { at, what, words }] };
}

/** What chat and lists tell the resident of a case. */
export function summaryOf(kase: Case): CaseSummary {
  const { filing, dates } = kase;
  const closure = kase.state === 'closed' ? kase.closure : null;
  const notice = kase.state === 'awaitingCorrection' ? kase.notice : null;
  return {
    number: filing.number,
    kind: filing.kind,
    title: filing.entry.name,
    state: outwardState(kase),
    department: filing.entry.department.name,
    submittedAt: filing.submittedAt,
    acceptOn: dates.acceptOn,
    dueOn: dates.dueOn,
    missing: notice?.missing ?? [],
    answerBy: notice?.answerBy ?? null,
    outcome: closure?.outcome ?? null,
    publicReply: closure?.publicReply ?? (kase.state === 'declined' ? kase.declining.reason : null),
  };
}

/** A case as its owner sees it. */
export function detailForOwner(kase: Case, parts: CaseParts): CaseDetail {
  return { ...detailOf(kase, parts), evidence: [] };
}

/** A case as officers see it: who it is stays masked until `reveal`, and long numbers in free words with it. */
export function detailForOfficer(kase: Case, parts: CaseParts): CaseDetail {
  const whole = detailOf(kase, parts);
  return {
    ...whole,
    applicant: whole.applicant && maskApplicant(whole.applicant),
    agentFor: whole.agentFor && maskPrincipal(whole.agentFor),
    text: whole.text && maskText(whole.text),
    place: whole.place && maskPlace(whole.place),
    answers: whole.answers.map((answer) => ({ ...answer, value: maskText(answer.value) })),
    timeline: whole.timeline.map((step) =>
      step.what === 'corrected' ? { ...step, words: maskText(step.words) } : step,
    ),
  };
}

function detailOf(kase: Case, { particulars, files, timeline }: CaseParts): CaseDetail {
  const { filing, dates } = kase;
  const summary = summaryOf(kase);
  const materials = materialsOf(filing.entry.guide, files);
  const pledged = new Set('course' in kase ? kase.course?.pledge?.materials : []);
  const needed = materials.filter((one) => one.required && !pledged.has(one.id));
  const lacking = needed.filter((one) => one.fileIds.length === 0).map((one) => one.name);
  const acceptance = 'acceptance' in kase ? kase.acceptance : null;
  const closure = kase.state === 'closed' ? kase.closure : null;
  const isOver = kase.state === 'closed' || kase.state === 'withdrawn' || kase.state === 'declined';
  return {
    ...summary,
    id: filing.id,
    entryId: filing.entry.id,
    residentId: filing.residentId,
    subdistrictId: filing.subdistrictId,
    departmentId: filing.entry.department.id,
    request: filing.request ? { type: filing.request.type, urgency: filing.request.urgency } : null,
    statutoryOn: dates.statutoryOn,
    provisional: dates.provisional,
    acceptedOn: acceptance?.on ?? null,
    closedAt: closure?.at ?? null,
    onTime: closure?.onTime ?? null,
    missing: kase.state === 'submitted' ? [...unsaid(filing.entry.guide, particulars), ...lacking] : summary.missing,
    applicant: particulars.applicant,
    agentFor: particulars.agentFor,
    text: particulars.text,
    place: particulars.place,
    answers: answersOf(filing.entry.guide, particulars.answers),
    materials,
    fileIds: [...new Set(files.filter((file) => !file.evidence).map((file) => file.fileId))],
    notice: noticeOf(kase),
    timeline,
    ...courseView(kase),
    evidence: closure?.evidence ?? [],
    toBring: isOver ? [] : lacking,
  };
}

const factNames = { name: '姓名', phone: '联系电话', idNumber: '身份证号', address: '联系地址' } as const;

type CourseView = Pick<
  CaseDetail,
  'deferral' | 'pledge' | 'extension' | 'stops' | 'decidedAt' | 'delivery' | 'reopenedOn' | 'authority'
>;

function courseView(kase: Case): CourseView {
  const course = ('course' in kase ? kase.course : null) ?? freshCourse;
  const { deferral, pledge, extension, stops, decision, delivery, reopenedOn } = course;
  return {
    deferral,
    pledge,
    extension: extension && { days: extension.days, granted: extension.grantedBy !== null },
    stops,
    decidedAt: decision?.at ?? null,
    delivery,
    reopenedOn,
    authority: kase.state === 'declined' ? kase.declining.authority : null,
  };
}

/** What the guide asks of the applicant that was not given. */
function unsaid(guide: ServiceGuide | undefined, { applicant, answers }: Particulars): string[] {
  if (!guide || !applicant) return [];
  const facts = guide.applicant.filter((field) => applicant[field] === undefined).map((field) => factNames[field]);
  const questions = guide.form.filter(({ id, required }) => required && answers[id] === undefined);
  return [...facts, ...questions.map((field) => field.label)];
}

/** The answers in the order of the guide's questions, under their short names. */
export function answersOf(guide: ServiceGuide | undefined, answers: Particulars['answers']): CaseDetail['answers'] {
  return (guide?.form ?? []).flatMap(({ id, label }) => {
    const value = answers[id];
    return value === undefined ? [] : [{ id, label, value }];
  });
}

function materialsOf(guide: ServiceGuide | undefined, files: readonly CaseFile[]): MaterialStatus[] {
  return (guide?.materials ?? []).map(({ id, name, required }) => ({
    id,
    name,
    required,
    fileIds: files.filter((file) => file.materialId === id).map((file) => file.fileId),
  }));
}

function noticeOf(kase: Case): CaseDetail['notice'] {
  const notice = 'notice' in kase ? kase.notice : null;
  if (!notice) return null;
  const { givenAt, missing, reason, answerBy } = notice;
  return { givenAt, missing, reason, answerBy, answeredAt: isAnswered(notice) ? notice.answeredAt : null };
}
