import { addDays, startOf, type LocalDate } from '@linli/kernel';
import { readDate } from './dates';
import { chineseNumber } from './digits';

/** A half-open span of time. */
export interface WantedTime {
  readonly from: Date;
  readonly to: Date;
}

interface Hours {
  readonly from: number;
  readonly to: number;
}

const parts: readonly (readonly [RegExp, Hours])[] = [
  [/早上|早晨|上午/, { from: 0, to: 12 }],
  [/中午/, { from: 11, to: 14 }],
  [/下午/, { from: 12, to: 18 }],
  [/晚上|傍晚/, { from: 17, to: 24 }],
];
const numeral = '[一二两三四五六七八九十]';
const clock = new RegExp(`(\\d{1,2}|${numeral}{1,3})(?:[点时](半|一刻|三刻|\\d{1,2}分?)?|[:：](\\d{2}))`);
const dayWords =
  /\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}[日号]?|\d{1,2}月\d{1,2}[日号]?|\d{1,2}[日号]|大?后天|明[天日]|今[天日]|[这本下]?个?(?:周|星期|礼拜)[一二三四五六日天]/;
const fillers =
  /我|想|要|换|改|预?约|到|没?有|吗|呢|的|时间|时候|可以|能|行|空位?|位子|个|了|在|吧|还|看看|那|就|[，。？！、\s]/g;
const hourMs = 3_600_000;

/** The span of time a text wishes for, in Asia/Shanghai; null when it names none, or one that is over. */
export function wantedTime(text: string, today: LocalDate, now: Date): WantedTime | null {
  const said = text.normalize('NFKC').replace(/\s+/g, '');
  const day = dayWords.test(said) ? readDate(said, today) : null;
  const hours = hoursIn(said);
  if (day === null && hours === null) return null;
  const { from, to } = hours ?? { from: 0, to: 24 };
  const on = (date: LocalDate): WantedTime => ({
    from: new Date(startOf(date).getTime() + from * hourMs),
    to: new Date(startOf(date).getTime() + to * hourMs),
  });
  const wanted = on(day ?? today);
  if (wanted.to > now) return wanted;
  return day === null ? on(addDays(today, 1)) : null;
}

/** Whether a text says nothing but a time: then it is no other errand. */
export function isJustTime(text: string): boolean {
  const rest = [dayWords, ...parts.map(([word]) => word), clock]
    .reduce((said, word) => said.replace(word, ''), text.normalize('NFKC').replace(/\s+/g, ''))
    .replace(fillers, '');
  return rest === '';
}

/** A time of day is an hour from then on; one from one to seven without a word for it is in the afternoon. */
function hoursIn(said: string): Hours | null {
  const part = parts.find(([word]) => word.test(said))?.[1] ?? null;
  const [, hour, quarter, minutes] = clock.exec(said.replace(dayWords, '')) ?? [];
  if (hour === undefined) return part;
  const told = /^\d/.test(hour) ? Number(hour) : (chineseNumber(hour) ?? NaN);
  const late = part === null ? told >= 1 && told <= 7 && minutes === undefined : part.from >= 11 && told < 11;
  const from = (late ? told + 12 : told) + minutesIn(quarter ?? minutes) / 60;
  return from >= 0 && from < 24 ? { from, to: Math.min(24, from + 1) } : part;
}

function minutesIn(text: string | undefined): number {
  const named = { 半: 30, 一刻: 15, 三刻: 45 }[text ?? ''];
  return named ?? (Number((text ?? '').replace('分', '')) || 0);
}
