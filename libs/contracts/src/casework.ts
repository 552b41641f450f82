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

export type CaseOutcome = 'granted' | 'refused' | 'resolved' | 'unresolved' | 'explained';

/** Who files: 申请人. Only the fields the guide names are asked for. */
export interface Applicant {
  readonly name: string;
  readonly phone: string;
  readonly idNumber?: string;
  readonly address?: string;
}

/** What the resident is told of a case in chat and lists. */
export interface CaseSummary {
  readonly number: string;
  readonly title: string;
  readonly state: CaseState;
  readonly submittedAt: Date;
  readonly acceptOn: string;
  readonly dueOn: string;
}
