import type { LocalDate } from '@linli/kernel';

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
