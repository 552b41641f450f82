import { fold } from './text';

const digitOf: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  幺: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const unitOf: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };
const bigUnitOf: Readonly<Record<string, number>> = { 万: 10_000, 亿: 100_000_000 };

/** A whole number written in Chinese: `十二`, `三千五` (3,500), `一万零五十`, or sign by sign `二〇二五`; null for anything else. */
export function chineseNumber(text: string): number | null {
  const signs = Array.from(text);
  if (signs.length === 0 || signs.length > 20) return null;
  if (signs.every((sign) => sign in digitOf)) return Number(signs.map((sign) => digitOf[sign]).join(''));
  let total = 0;
  let section = 0;
  let digit: number | null = null;
  let lastUnit = 1;
  for (const sign of signs) {
    const value = digitOf[sign];
    const unit = unitOf[sign];
    const big = bigUnitOf[sign];
    if (value !== undefined) {
      if (value === 0) lastUnit = 1;
      digit = value;
    } else if (unit !== undefined) {
      section += (digit ?? 1) * unit;
      lastUnit = unit;
      digit = null;
    } else if (big !== undefined) {
      total = (total + section + (digit ?? 0)) * big;
      section = 0;
      lastUnit = big;
      digit = null;
    } else return null;
  }
  // 三千五 is 3,500: a last digit without a unit counts in tenths of the unit before it, unless 零 stands between.
  const tail = digit === null ? 0 : digit * (lastUnit >= 100 ? lastUnit / 10 : 1);
  return total + section + tail;
}

const ordinal = /^第?(\d{1,3}|[一二三四五六七八九十]{1,3})(?:个|项|条|件|种|样|号|步|点|家|位)?$/;
const around = /^(?:我选择|我选|选择|选|回复|就选|就要|就办|就|那就|我要|我想|要|看)|(?:吧|啊|呀|呢|哦|嘛|啦)$/g;

/** The number a text names on its own (`２`, `第二个`, `2.`, `二`, `②`, `选2吧`); null when it says anything else. */
export function ordinalOf(text: string): number | null {
  const match = ordinal.exec(fold(text).replace(around, ''));
  const said = match?.[1] ?? '';
  if (said === '') return null;
  return /^\d+$/.test(said) ? Number(said) : chineseNumber(said);
}

const negation = /不|没|无|未|非|否/;

/**
 * Which of the names is meant, by name or by its place in the list (from 1): the whole name, the number, number and
 * name, or a part that belongs to one name alone. Null when none is, or more than one could be.
 */
export function pick(text: string, names: readonly string[]): number | null {
  const whole = fold(text);
  if (whole === '') return null;
  const folded = names.map(fold);
  const trimmed = whole.replace(around, '');
  for (const said of [whole, trimmed]) {
    const exact = folded.indexOf(said);
    if (exact >= 0) return exact;
  }
  const place = ordinalOf(text);
  if (place !== null) return place >= 1 && place <= names.length ? place - 1 : null;
  const both = /^(\d{1,2})(.+)$/.exec(whole);
  if (both) return folded[Number(both[1]) - 1] === both[2] ? Number(both[1]) - 1 : null;
  return partOf(trimmed, folded);
}

function partOf(said: string, names: readonly string[]): number | null {
  if (said.length < 2) return null;
  const holding = names.flatMap((name, index) => (name.includes(said) ? [index] : []));
  const [only] = holding;
  if (holding.length !== 1 || only === undefined) return null;
  // `认定` must not choose `还没有认定`.
  return negation.test((names[only] ?? '').replace(said, '')) ? null : only;
}
