import type { CatalogueEntry } from './guide';
import type { Channel } from './message';

export type CaseState =
  | 'submitted'
  | 'awaitingCorrection'
  | 'accepted'
  | 'inHandling'
  | 'suspended'
  | 'decided'
  | 'closed'
  | 'declined'
  | 'withdrawn';

/** 咨询、求助、投诉、举报、建议: what a request asks for. */
export const requestTypes = ['enquiry', 'help', 'complaint', 'report', 'suggestion'] as const;
export type RequestType = (typeof requestTypes)[number];

/** 突发、水电气热、一般、复杂疑难: how fast a request must be answered. */
export const requestUrgencies = ['emergency', 'utility', 'ordinary', 'complex'] as const;
export type RequestUrgency = (typeof requestUrgencies)[number];

export const caseOutcomes = ['granted', 'refused', 'resolved', 'unresolved', 'explained'] as const;
export type CaseOutcome = (typeof caseOutcomes)[number];

/** Who files: 申请人. Only the fields the guide names are asked for. */
export interface Applicant {
  readonly name: string;
  readonly phone?: string;
  readonly idNumber?: string;
  readonly address?: string;
}

/** How somebody came to an officer who then files for them. */
export const counterSources = ['window', 'phone', 'paper'] as const;
export type CounterSource = (typeof counterSources)[number];

/** Where a case comes from: a resident's own channel, a program, or an officer's counter. */
export type FilingChannel = Channel | 'api' | CounterSource;

/** 帮代办: for whom an agent files. */
export interface Principal {
  readonly name: string;
  readonly idNumber?: string;
  readonly relation?: string;
}

/** Where a reported problem is; degrees in GCJ-02, as WeChat sends them. */
export interface Place {
  readonly lat?: number;
  readonly lng?: number;
  readonly words?: string;
}

interface Draft {
  /** The entry as it stands now: the case keeps its version and department for ever. */
  readonly entry: CatalogueEntry;
  readonly residentId: string;
  readonly subdistrictId: string;
  readonly channel: FilingChannel;
  /** Files the resident owns; checked by whoever hands the draft over. */
  readonly fileIds: readonly string[];
  /** Pictures still lying at WeChat; fetched after the commit. */
  readonly mediaIds: readonly string[];
}

/** An application for an item, ready to become a case. */
export interface ApplicationDraft extends Draft {
  readonly kind: 'item';
  readonly applicant: Applicant;
  /** By the id of the guide's form field. */
  readonly answers: Readonly<Record<string, string>>;
  readonly materials: readonly { readonly materialId: string; readonly fileId: string }[];
  readonly agentFor?: Principal;
}

/** A reported problem, ready to become a case. */
export interface ReportDraft extends Draft {
  readonly kind: 'report';
  /** As the resident says; else told from the words. */
  readonly type?: RequestType;
  readonly text: string;
  readonly place?: Place;
}

export type CaseDraft = ApplicationDraft | ReportDraft;

/** What the resident is told of a case in chat and lists. */
export interface CaseSummary {
  readonly number: string;
  readonly kind: 'item' | 'report';
  readonly title: string;
  readonly state: CaseState;
  readonly department: string;
  readonly submittedAt: Date;
  /** Civil dates in Asia/Shanghai. */
  readonly acceptOn: string;
  readonly dueOn: string;
  /** What a correction notice asks for, while it waits for an answer. */
  readonly missing: readonly string[];
  readonly answerBy: string | null;
  readonly outcome: CaseOutcome | null;
  readonly publicReply: string | null;
}
