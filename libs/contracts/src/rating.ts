/** 好差评 grades, best first. Stored as the word: the digit codes of two standards run in opposite directions. */
export const grades = ['verySatisfied', 'satisfied', 'fairlySatisfied', 'dissatisfied', 'veryDissatisfied'] as const;
export type Grade = (typeof grades)[number];

/** One service a resident may rate, once (一次服务一评). */
export interface RatingRequest {
  readonly serviceEventId: string;
  /** What was done, in the resident's words: `高龄津贴申领`. */
  readonly subject: string;
  readonly caseNumber: string;
}

/** What was done for a resident; each is rated for itself. `case` is a closed case from before services were told apart. */
export const serviceKinds = [
  'case',
  'enquiryAnswered',
  'applicationAccepted',
  'correction',
  'ticketServed',
  'bookingKept',
  'caseClosed',
] as const;
export type ServiceKind = (typeof serviceKinds)[number];

/** Where a rating was given. `phoneCallback` is an officer noting what was said: never the resident's own rating. */
export const ratingChannels = ['chat', 'miniProgram', 'windowQr', 'hallTablet', 'sms', 'phoneCallback'] as const;
export type RatingChannel = (typeof ratingChannels)[number];

/** What checking a bad rating found (核实). */
export const findings = ['true', 'mistaken', 'malicious'] as const;
export type Finding = (typeof findings)[number];

/** Why a rating does not count in figures. */
export const exclusionReasons = ['burst', 'copy', 'selfDealing', 'mistaken', 'malicious', 'appealUpheld'] as const;
export type ExclusionReason = (typeof exclusionReasons)[number];

/** Facts every event about a given rating carries, so that no subscriber must read another feature's tables. */
export interface RatedFacts {
  readonly ratingId: string;
  readonly serviceEventId: string;
  readonly grade: Grade;
  readonly department: { readonly id: string; readonly name: string };
  readonly subdistrictId: string;
  readonly caseNumber: string;
  /** `YYYY-MM` of the service event, Asia/Shanghai. */
  readonly period: string;
}

/** 差评核实整改: facts every event about one carries; `grade` is the original, which never changes. */
export interface RectificationFacts extends RatedFacts {
  readonly rectificationId: string;
}
