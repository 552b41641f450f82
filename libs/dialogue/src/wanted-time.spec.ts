import type { LocalDate } from '@linli/kernel';
import { isJustTime, wantedTime } from './wanted-time';

/** Tuesday, half past two in the afternoon. */
const now = new Date('2026-03-10T14:30+08:00');
const today = '2026-03-10' as LocalDate;
const told = (text: string): string | null => {
  const wanted = wantedTime(text, today, now);
  const local = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(5, 16);
  return wanted && `${local(wanted.from)} ${local(wanted.to)}`;
};

describe('a wished-for time', () => {
  it.each([
    ['明天下午', '03-11T12:00 03-11T18:00'],
    ['后天', '03-12T00:00 03-13T00:00'],
    ['周五上午想理发', '03-13T00:00 03-13T12:00'],
    ['下周一', '03-16T00:00 03-17T00:00'],
    ['3月12号下午三点', '03-12T15:00 03-12T16:00'],
    ['明天九点半', '03-11T09:30 03-11T10:30'],
    ['明天15:00', '03-11T15:00 03-11T16:00'],
    ['明天3点', '03-11T15:00 03-11T16:00'],
    ['今天晚上7点', '03-10T19:00 03-10T20:00'],
    ['下午', '03-10T12:00 03-10T18:00'],
    ['上午', '03-11T00:00 03-11T12:00'],
    ['中午12点', '03-11T12:00 03-11T13:00'],
    ['今天上午', null],
    ['昨天', null],
    ['附近哪里能理发', null],
    ['2', null],
  ])('「%s」', (text, span) => expect(told(text)).toBe(span));

  it.each([
    ['明天下午有吗', true],
    ['换到周五上午九点', true],
    ['3月12号', true],
    ['明天下午楼下停水', false],
    ['理发', false],
  ])('「%s」 says nothing but a time: %p', (text, just) => expect(isJustTime(text)).toBe(just));
});
