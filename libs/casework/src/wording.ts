import type { CaseOutcome } from '@linli/contracts';
import type { LocalDate } from '@linli/kernel';
import type { Filing } from './case';

/** `2026年3月17日`. */
export function dayWords(on: LocalDate): string {
  const [year, month, day] = on.split('-');
  return `${year}年${Number(month)}月${Number(day)}日`;
}

/** What residents call the thing they filed. */
export function matterWords(filing: Pick<Filing, 'kind'>): string {
  return filing.kind === 'item' ? '申请' : '诉求';
}

/** Outcomes as residents read them. */
export const outcomeWords: Record<CaseOutcome, string> = {
  granted: '准予',
  refused: '不予批准',
  resolved: '已解决',
  unresolved: '暂时没能解决',
  explained: '已向您说明',
};
