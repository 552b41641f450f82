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
