import { parseLocalDate } from '@linli/kernel';
import type { Closure, Hours, HoursRule } from './hours';

/** What was read, or a sentence that says what is wrong with it. */
export type Read<T> = { readonly value: T } | { readonly problem: string };

const days = '日一二三四五六';
const clock = /^([01]?\d|2[0-3]):([0-5]\d)$|^24:00$/;
const zoned = /[zZ]$|[+-]\d{1,2}:?\d{2}$|UTC|GMT/;

/**
 * Reads opening hours as people write them: `周一至周五 08:30-12:00,14:00-17:30; 周六 09:00-12:00`, `每天 06:00-22:00`,
 * `全天`. Times are Asia/Shanghai; a time with another zone is refused, since one list has one clock.
 */
export function readWeekly(text: string): Read<readonly HoursRule[]> {
  const rules: HoursRule[] = [];
  for (const part of text.split(/[;；\n]/).map((one) => one.trim())) {
    if (part === '') continue;
    const read = readPart(part);
    if ('problem' in read) return read;
    rules.push(...read.value);
  }
  if (rules.length === 0) return { problem: 'no opening hours: write them as "周一至周五 08:30-12:00,14:00-17:30"' };
  const overlap = overlapping(rules);
  return overlap ? { problem: `"${overlap}" overlaps another stretch of the same day` } : { value: rules };
}

function readPart(part: string): Read<HoursRule[]> {
  const [dayText = '', ...rest] = part.split(/\s+/);
  const spansText = rest.join('');
  const [whole, weekdays] = [/^全天|24小时/.test(part), weekdaysOf(rest.length > 0 ? dayText : '每天')];
  if (!weekdays) return { problem: `"${dayText}" names no weekdays: write 周一至周五, 周六, 周日 or 每天` };
  if (whole || /^(全天|24小时)$/.test(spansText)) return { value: [{ weekdays, opens: '00:00', closes: '24:00' }] };
  const rules: HoursRule[] = [];
  for (const span of (rest.length > 0 ? spansText : dayText).split(/[,，、]/)) {
    const read = readSpan(span.replaceAll('：', ':'));
    if ('problem' in read) return read;
    rules.push({ weekdays, ...read.value });
  }
  return { value: rules };
}

function readSpan(span: string): Read<{ opens: string; closes: string }> {
  const [opens = '', closes = '', ...more] = span.split(/[-–—~～至]/).map((one) => one.trim());
  if ([opens, closes, span].some((one) => zoned.test(one) && !clock.test(one)) && !isPlain(span))
    return { problem: `"${span}" carries a time zone: give all times in Asia/Shanghai, as plain 08:30-17:30` };
  if (more.length > 0 || !clock.test(opens) || !clock.test(closes))
    return { problem: `"${span}" is no stretch of time: write it as 08:30-12:00` };
  const [from, to] = [padded(opens), padded(closes)];
  if (to <= from)
    return {
      problem: `"${span}" ends before it begins: hours over midnight are written as two stretches, until 24:00`,
    };
  return { value: { opens: from, closes: to } };
}

const isPlain = (span: string): boolean => /^\d{1,2}:\d{2}[-–—~～至]\d{1,2}:\d{2}$/.test(span);

const padded = (time: string): string => time.padStart(5, '0');

/** 周一至周五, 周一、周三, 每天, 工作日, 周末; null when it names no days. */
function weekdaysOf(text: string): number[] | null {
  if (/^(每天|每日|全周)$/.test(text)) return [0, 1, 2, 3, 4, 5, 6];
  if (text === '工作日') return [1, 2, 3, 4, 5];
  if (text === '周末') return [6, 0];
  const found: number[] = [];
  for (const part of text.replaceAll('天', '日').split(/[、,，]/)) {
    const run = /^(?:周|星期)([日一二三四五六])(?:[至到\-–~](?:周|星期)?([日一二三四五六]))?$/.exec(part);
    if (!run?.[1]) return null;
    const first = days.indexOf(run[1]);
    const length = run[2] === undefined ? 0 : (days.indexOf(run[2]) - first + 7) % 7;
    for (let step = 0; step <= length; step += 1) found.push((first + step) % 7);
  }
  return [...new Set(found)];
}

/** Two stretches of one weekday that meet, as words; null without any. */
export function overlapping(rules: readonly HoursRule[]): string | null {
  for (const [at, one] of rules.entries())
    for (const other of rules.slice(at + 1))
      if (
        one.weekdays.some((day) => other.weekdays.includes(day)) &&
        one.opens < other.closes &&
        other.opens < one.closes
      )
        return `${other.opens}-${other.closes}`;
  return null;
}

/** Reads closures: `2026-05-01~2026-05-03 装修`, several split by `|`. */
export function readClosures(text: string): Read<readonly Closure[]> {
  const closures: Closure[] = [];
  for (const part of text.split(/[|；;]/).map((one) => one.trim())) {
    if (part === '') continue;
    const found = /^(\d{4}-\d{2}-\d{2})(?:[~～至](\d{4}-\d{2}-\d{2}))?\s*(.*)$/.exec(part);
    const from = parseLocalDate(found?.[1] ?? '');
    const to = parseLocalDate(found?.[2] ?? found?.[1] ?? '');
    if (!from || !to || to < from)
      return { problem: `"${part}" is no closure: write it as 2026-05-01~2026-05-03 and the reason` };
    closures.push({ from, to, reason: found?.[3] ?? '' });
  }
  return { value: closures };
}

export function readHolidays(text: string): Read<Hours['holidays']> {
  if (['', 'closed', '休息', '不开', '关闭'].includes(text)) return { value: 'closed' };
  if (['open', '照常', '营业', '开放'].includes(text)) return { value: 'open' };
  return { problem: `"${text}" does not say whether it is open on holidays: write 照常 or 休息` };
}
