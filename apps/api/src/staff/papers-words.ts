import type { CaseState, CounterSource } from '@linli/contracts';
import { localDate } from '@linli/kernel';

/** States as papers and their check page name them. */
export const stateWords: Record<CaseState, string> = {
  submitted: '已收到，等待受理',
  awaitingCorrection: '等待补正',
  accepted: '已受理',
  inHandling: '正在办理',
  suspended: '暂停计时',
  decided: '已作出决定',
  closed: '已办结',
  declined: '不予受理',
  withdrawn: '已撤回',
};

export const sourceWords: Record<CounterSource, string> = {
  window: '窗口',
  phone: '电话',
  paper: '纸质或来信',
};

export const dispatchStates = {
  waiting: '还没有签收',
  signed: '已签收',
  sentBack: '已退回',
  ended: '已结束',
} as const;

/** `2026年3月17日` in Asia/Shanghai. */
export function dayInWords(at: Date | string): string {
  const [year = '', month, day] = (typeof at === 'string' ? at : localDate(at)).split('-');
  return `${year}年${Number(month)}月${Number(day)}日`;
}

/** `2026-03-17 09:05` in Asia/Shanghai. */
export function dayAndTime(at: Date): string {
  const there = new Date(at.getTime() + 8 * 3_600_000).toISOString();
  return `${there.slice(0, 10)} ${there.slice(11, 16)}`;
}
