/** 好差评 grades, best first. Stored as the word: the digit codes of two standards run in opposite directions. */
export const grades = ['verySatisfied', 'satisfied', 'fairlySatisfied', 'dissatisfied', 'veryDissatisfied'] as const;
export type Grade = (typeof grades)[number];
