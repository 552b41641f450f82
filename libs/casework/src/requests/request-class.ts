import type { RequestType, RequestUrgency } from '@linli/contracts';
import type { DaySpan } from '@linli/kernel';

/** 诉求分类 of a report, with its limits as they stood when it was classified. */
export interface RequestClass {
  readonly type: RequestType;
  readonly urgency: RequestUrgency;
  /** From acceptance to the answer. */
  readonly limit: DaySpan;
  /** Within how many hours a unit signs for it. */
  readonly signHours: number;
}
