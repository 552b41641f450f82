import type { Applicant, CaseOutcome, CatalogueEntry, Place, Principal } from '@linli/contracts';
import { isUuid, type LocalDate } from '@linli/kernel';
import type { AnsweredNotice, Notice } from './notice';
import type { Pledge } from './pledge';
import type { RequestClass } from './requests/request-class';

export { isAnswered, type AnsweredNotice, type Notice } from './notice';

/** 事项 as it stood when the case was filed: guide, limits and department hold for this case for ever. */
export type PinnedEntry = Pick<
  CatalogueEntry,
  'id' | 'kind' | 'name' | 'department' | 'category' | 'version' | 'versionId' | 'guide'
>;

/** What never changes once a case is filed, but for the unit in charge and the class of a request. */
export interface Filing {
  readonly id: string;
  readonly number: string;
  readonly kind: 'item' | 'report';
  readonly residentId: string;
  readonly subdistrictId: string;
  readonly entry: PinnedEntry;
  readonly submittedAt: Date;
  /** Of reports; those from before classes have none. */
  readonly request?: RequestClass;
  /** False where nothing follows from silence: neither a licence nor under a local rule that says so. */
  readonly silenceAccepts?: boolean;
}

/** The days a case runs against. Before acceptance the last two are projected. */
export interface Dates {
  /** The last day for a correction notice; past it silence accepts. */
  readonly acceptOn: LocalDate;
  /** By the committed limit (承诺时限). */
  readonly dueOn: LocalDate;
  /** By the statutory limit (法定时限). */
  readonly statutoryOn: LocalDate;
  /** Counted through days whose holiday notice is not out yet. */
  readonly provisional: boolean;
}

/** 受理. `on` is the day handling counts from, which silence puts back to the day of receipt. */
export interface Acceptance {
  readonly at: Date;
  readonly on: LocalDate;
  readonly bySilence: boolean;
}

/** 办结. */
export interface Closure {
  readonly at: Date;
  readonly outcome: CaseOutcome;
  readonly publicReply: string;
  /** Words, or ids of files. */
  readonly evidence: readonly string[];
  /** Closed on or before the committed date. */
  readonly onTime: boolean;
}

/** Why the clock stands: 听证、检验检测、鉴定、专家评审 (行政许可法 §45), or 挂起 for another reason the applicant is told. */
export const stopKinds = ['hearing', 'inspection', 'appraisal', 'expertReview', 'other'] as const;
export type StopKind = (typeof stopKinds)[number];

/** A stretch in which the clock stands: days after `from` up to and including `to` do not count. Open while `to` is null. */
export interface Stop {
  readonly kind: StopKind;
  readonly from: LocalDate;
  readonly to: LocalDate | null;
}

/** 延期 (行政许可法 §42): asked for by whoever handles the case, granted once by somebody above. */
export interface Extension {
  readonly days: number;
  readonly askedBy: string;
  readonly grantedBy: string | null;
}

/** 容缺受理: what may still be brought, pledged in writing, and by when; late means withdrawn (安阳市政务服务条例 §24). */
export interface Deferral {
  /** Ids of the guide's materials. */
  readonly materials: readonly string[];
  readonly by: LocalDate;
  readonly metOn: LocalDate | null;
}

/** 决定, before the result is handed over and the case closed. */
export interface Decision {
  readonly at: Date;
  readonly outcome: CaseOutcome;
  readonly onTime: boolean;
}

/** How a result reached the applicant (行政许可法 §44: within ten days of the decision). */
export const deliveryWays = ['window', 'post', 'electronic'] as const;
export type DeliveryWay = (typeof deliveryWays)[number];

export interface Delivery {
  readonly at: Date;
  readonly way: DeliveryWay;
}

/** What happened to an accepted case beside its state. */
export interface Course {
  readonly stops: readonly Stop[];
  readonly extension: Extension | null;
  readonly deferral: Deferral | null;
  readonly pledge: Pledge | null;
  readonly decision: Decision | null;
  readonly delivery: Delivery | null;
  /** The officer who closed it last; whose closure did not hold when it is taken up again. */
  readonly closedBy: string | null;
  /** Days on which a closed case was taken up again. */
  readonly reopenedOn: readonly LocalDate[];
}

export const freshCourse: Course = {
  stops: [],
  extension: null,
  deferral: null,
  pledge: null,
  decision: null,
  delivery: null,
  closedBy: null,
  reopenedOn: [],
};

/** 不予受理: why, and which authority to go to. */
export interface Declining {
  readonly at: Date;
  readonly reason: string;
  /** 应向谁申请; null when nobody is in charge, as for what needs no permission. */
  readonly authority: string | null;
}

/** 撤回; deemed when a notice was not answered in time. */
export interface Withdrawal {
  readonly at: Date;
  readonly deemed: boolean;
}

interface Filed {
  readonly filing: Filing;
  readonly dates: Dates;
  /** 首接负责: the first officer who acted on it. */
  readonly firstReceiverId: string | null;
  /** 主办、协办: ids of the units it was given to and that have not sent it back. */
  readonly supporting?: readonly string[];
  /** 全区通办: the subdistrict whose counter took it in, which may be another than the applicant's. */
  readonly takenIn?: string | null;
  /** How many steps it has taken. */
  readonly revision: number;
}

export interface Submitted extends Filed {
  readonly state: 'submitted';
}

export interface AwaitingCorrection extends Filed {
  readonly state: 'awaitingCorrection';
  readonly notice: Notice;
}

/** Submitted again after its one notice: outsiders see `submitted`, but nobody may ask a second time. */
export interface Corrected extends Filed {
  readonly state: 'corrected';
  readonly notice: AnsweredNotice;
}

interface Underway extends Filed {
  readonly notice: AnsweredNotice | null;
  readonly acceptance: Acceptance;
  readonly course: Course;
}

export interface Accepted extends Underway {
  readonly state: 'accepted';
}

/** 办理中: somebody has taken it in hand. */
export interface InHandling extends Underway {
  readonly state: 'inHandling';
}

/** 挂起: the clock stands; the last of the course's stops is open. */
export interface Suspended extends Underway {
  readonly state: 'suspended';
}

/** 已决定, the result not handed over yet. */
export interface Decided extends Underway {
  readonly state: 'decided';
}

export interface Closed extends Underway {
  readonly state: 'closed';
  readonly closure: Closure;
}

export interface Declined extends Filed {
  readonly state: 'declined';
  readonly notice: AnsweredNotice | null;
  readonly declining: Declining;
}

export interface Withdrawn extends Filed {
  readonly state: 'withdrawn';
  readonly notice: Notice | AnsweredNotice | null;
  readonly acceptance: Acceptance | null;
  readonly course: Course | null;
  readonly withdrawal: Withdrawal;
}

/** 办件: an application or a report on its way, one type per state. */
export type Case =
  | Submitted
  | AwaitingCorrection
  | Corrected
  | Accepted
  | InHandling
  | Suspended
  | Decided
  | Closed
  | Declined
  | Withdrawn;

/** What the resident said of themselves and their matter; personal, sealed at rest, never needed by a rule. */
export interface Particulars {
  readonly applicant: Applicant | null;
  readonly agentFor: Principal | null;
  readonly answers: Readonly<Record<string, string>>;
  readonly text: string | null;
  readonly place: Place | null;
}

/** A file put to a case. */
export interface CaseFile {
  readonly fileId: string;
  readonly materialId: string | null;
  /** Put there by the officer who closed the case. */
  readonly evidence: boolean;
}

/** The uploaded files among what is given as evidence; the rest are words. */
export function evidenceFiles(evidence: readonly string[]): CaseFile[] {
  return evidence.filter(isUuid).map((fileId) => ({ fileId, materialId: null, evidence: true }));
}
