import { addDays, type LocalDate } from './local-date';

/** Solar dates among the thirteen statutory days (全国年节及纪念日放假办法, 2024): 元旦 1, 劳动节 2, 国庆节 3. */
const solarDays = new Set(['01-01', '05-01', '05-02', '10-01', '10-02', '10-03']);

/**
 * The first day of 春节 (its eve and two more days follow from it), 端午 and 中秋. A table, since the lunar calendar of
 * the runtime is a day off in years whose new moon falls close to midnight (2027).
 */
const lunarYears: readonly (readonly [spring: string, dragonBoat: string, midAutumn: string])[] = [
  ['2025-01-29', '2025-05-31', '2025-10-06'],
  ['2026-02-17', '2026-06-19', '2026-09-25'],
  ['2027-02-06', '2027-06-09', '2027-09-15'],
  ['2028-01-26', '2028-05-28', '2028-10-03'],
  ['2029-02-13', '2029-06-16', '2029-09-22'],
  ['2030-02-03', '2030-06-05', '2030-09-12'],
  ['2031-01-23', '2031-06-24', '2031-10-01'],
  ['2032-02-11', '2032-06-12', '2032-09-19'],
  ['2033-01-31', '2033-06-01', '2033-09-08'],
  ['2034-02-19', '2034-06-20', '2034-09-27'],
  ['2035-02-08', '2035-06-10', '2035-09-16'],
  ['2036-01-28', '2036-05-30', '2036-10-04'],
];

const lunarDays = new Set<LocalDate>(
  lunarYears.flatMap(([spring, ...others]) => [
    ...[-1, 0, 1, 2].map((offset) => addDays(spring as LocalDate, offset)),
    ...others.map((on) => on as LocalDate),
  ]),
);

/** 清明: the usual day formula of the 21st century, 4 or 5 April. */
function isClearBrightness(on: LocalDate): boolean {
  const year = Number(on.slice(2, 4));
  const day = Math.floor(year * 0.2422 + 4.81) - Math.floor(year / 4);
  return on.slice(5) === `04-0${day}`;
}

/** Whether a date is one of the thirteen statutory days, as far as can be known before the year's notice. */
export function isStatutoryDay(on: LocalDate): boolean {
  return solarDays.has(on.slice(5)) || isClearBrightness(on) || lunarDays.has(on);
}
