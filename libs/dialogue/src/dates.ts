import { addDays, parseLocalDate, weekday, type LocalDate } from '@linli/kernel';
import { chineseNumber } from './digits';

const relativeDays: readonly (readonly [RegExp, number])[] = [
  [/大前天/, -3],
  [/前天/, -2],
  [/昨天|昨日/, -1],
  [/大后天/, 3],
  [/后天/, 2],
  [/明天|明日/, 1],
  [/今天|今日|当天/, 0],
];
const numeral = '[〇零一二两三四五六七八九十]';
const lunar = /农历|阴历|正月|腊月|初[一二三四五六七八九十]/;

/** A civil date as people write it, read on the day `today`; null when there is none or only part of one. */
export function readDate(text: string, today: LocalDate): LocalDate | null {
  const said = text.normalize('NFKC').replace(/\s+/g, '');
  if (lunar.test(said)) return null;
  return written(plainNumerals(said), today) ?? counted(plainNumerals(said), today);
}

/** Whether the text speaks of the lunar calendar, in which we cannot be sure of the day. */
export function isLunar(text: string): boolean {
  return lunar.test(text);
}

/** `一九四〇年三月五号` → `1940年3月5号`. */
function plainNumerals(text: string): string {
  return text.replace(new RegExp(`${numeral}+(?=年|月|日|号|天)`, 'g'), (run) => String(chineseNumber(run) ?? run));
}

const compact = /(?<!\d)(\d{4})(\d{2})(\d{2})(?!\d)/;
const separated = /(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/;
const inWords = /(?:(\d{4}|\d{2}|今|去|前|明)年)?(?:(\d{1,2}|这个|本|上个|上)月)?(\d{1,2})[日号]/;

function written(text: string, today: LocalDate): LocalDate | null {
  const plain = separated.exec(text) ?? compact.exec(text);
  if (plain) return dateOf(Number(plain[1]), Number(plain[2]), Number(plain[3]));
  const match = inWords.exec(text);
  if (!match) return withoutDayWord(text, today);
  const [, year = '', month = '', day = ''] = match;
  return fromParts(year, month, Number(day), today);
}

/** `1940年3月5`, `3月5`: the day without its word, at the end. */
function withoutDayWord(text: string, today: LocalDate): LocalDate | null {
  const match = /(?:(\d{4}|\d{2})年)?(\d{1,2})月(\d{1,2})$/.exec(text);
  return match ? fromParts(match[1] ?? '', match[2] ?? '', Number(match[3]), today) : null;
}

function fromParts(year: string, month: string, day: number, today: LocalDate): LocalDate | null {
  const thisYear = Number(today.slice(0, 4));
  const thisMonth = Number(today.slice(5, 7));
  if (/^上个?$/.test(month)) {
    return thisMonth === 1 ? dateOf(thisYear - 1, 12, day) : dateOf(thisYear, thisMonth - 1, day);
  }
  if (year !== '' && !/^\d+$/.test(month)) return null;
  return dateOf(yearOf(year, thisYear), /^\d+$/.test(month) ? Number(month) : thisMonth, day);
}

function yearOf(year: string, thisYear: number): number {
  const shift = { 今: 0, 去: -1, 前: -2, 明: 1 }[year];
  if (shift !== undefined) return thisYear + shift;
  if (year === '') return thisYear;
  if (year.length === 4) return Number(year);
  // `40年` on a form is a year gone by: the latest one that is.
  const century = Math.floor(thisYear / 100) * 100;
  return century + Number(year) > thisYear ? century - 100 + Number(year) : century + Number(year);
}

function counted(text: string, today: LocalDate): LocalDate | null {
  const days = /(\d{1,4})天(前|后)/.exec(text);
  if (days) return addDays(today, (days[2] === '前' ? -1 : 1) * Number(days[1]));
  const week = /(上|这|本|下)?(?:个)?(?:周|星期|礼拜)([一二三四五六日天])/.exec(text);
  if (week) {
    const index = '一二三四五六日'.indexOf((week[2] ?? '').replace('天', '日'));
    const shift = { 上: -7, 下: 7 }[week[1] ?? ''] ?? 0;
    return addDays(today, index - ((weekday(today) + 6) % 7) + shift);
  }
  const relative = relativeDays.find(([word]) => word.test(text));
  return relative ? addDays(today, relative[1]) : null;
}

function dateOf(year: number, month: number, day: number): LocalDate | null {
  const pad = (value: number, length: number): string => String(value).padStart(length, '0');
  return year < 1850 ? null : parseLocalDate(`${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`);
}

/** A civil date as people say it: `3月17日`, with its year when that is another than today's. */
export function dayInWords(date: string, today: LocalDate): string {
  const [year = '', month = '', day = ''] = date.split('-');
  const words = `${Number(month)}月${Number(day)}日`;
  return year === today.slice(0, 4) ? words : `${Number(year)}年${words}`;
}
