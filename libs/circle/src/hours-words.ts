import type { Hours, HoursRule } from './hours';

const days = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'];

/** Opening hours as a resident reads them: `周一至周五 08:30-12:00、14:00-17:30；周六 09:00-12:00`. */
export function hoursInWords({ weekly, holidays }: Hours): string {
  const byDays = new Map<string, string[]>();
  for (const rule of weekly) {
    const key = daysInWords(rule);
    byDays.set(key, [...(byDays.get(key) ?? []), spanInWords(rule)]);
  }
  const parts = [...byDays].map(([key, spans]) => `${key} ${spans.join('、')}`);
  return `${parts.join('；')}${holidays === 'closed' ? '，节假日休息' : ''}`;
}

function spanInWords({ opens, closes }: HoursRule): string {
  return opens === '00:00' && closes === '24:00' ? '全天' : `${opens}-${closes}`;
}

/** From Monday on, as weeks are told here. */
function daysInWords({ weekdays }: HoursRule): string {
  if (weekdays.length === 7) return '每天';
  const order = [...weekdays].map((day) => (day + 6) % 7).sort((a, b) => a - b);
  const name = (at: number): string => days[(at + 1) % 7] ?? '';
  const [first = 0] = order;
  const last = order.at(-1) ?? first;
  if (order.length > 2 && last - first === order.length - 1) return `${name(first)}至${name(last)}`;
  return order.map(name).join('、');
}
