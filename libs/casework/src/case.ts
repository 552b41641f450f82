import type { Applicant, CaseOutcome, CatalogueEntry, Channel, Place, Principal } from '@linli/contracts';
import type { LocalDate } from '@linli/kernel';

/** 事项 as it stood when the case was filed: guide, limits and department hold for this case for ever. */
export type PinnedEntry = Pick<
  CatalogueEntry,
  'id' | 'kind' | 'name' | 'department' | 'category' | 'version' | 'versionId' | 'guide'
>;

/** What never changes once a case is filed. */
export interface Filing {
  readonly id: string;
  readonly number: string;
  readonly kind: 'item' | 'report';
  readonly residentId: string;
  readonly subdistrictId: string;
  readonly entry: PinnedEntry;
  readonly submittedAt: Date;
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

/** 一次性告知: everything that is missing, said once. */
export interface Notice {
  readonly givenAt: Date;
  readonly missing: readonly string[];
  readonly reason: string;
  readonly answerBy: LocalDate;
}

export interface AnsweredNotice extends Notice {
  readonly answeredAt: Date;
}

/** Whether a notice was answered. */
export function isAnswered(notice: Notice | AnsweredNotice): notice is AnsweredNotice {
  return 'answeredAt' in notice;
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

export interface Accepted extends Filed {
  readonly state: 'accepted';
  readonly notice: AnsweredNotice | null;
  readonly acceptance: Acceptance;
}

export interface Closed extends Filed {
  readonly state: 'closed';
  readonly notice: AnsweredNotice | null;
  readonly acceptance: Acceptance;
  readonly closure: Closure;
}

export interface Withdrawn extends Filed {
  readonly state: 'withdrawn';
  readonly notice: Notice | AnsweredNotice | null;
  readonly acceptance: Acceptance | null;
  readonly withdrawal: Withdrawal;
}

/** 办件: an application or a report on its way, one type per state. */
export type Case = Submitted | AwaitingCorrection | Corrected | Accepted | Closed | Withdrawn;

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

/** 补正: what the resident sends, or the window receives, in answer to a notice. */
export interface Correction {
  readonly text?: string;
  readonly materials?: readonly { readonly materialId: string; readonly fileId: string }[];
  readonly fileIds?: readonly string[];
  /** Pictures still lying at WeChat. */
  readonly mediaIds?: readonly string[];
  readonly channel: Channel | 'api';
}
