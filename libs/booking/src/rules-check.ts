import { parseLocalDate, type RefusalDetail } from '@linli/kernel';
import type { Desk, Hours, Offering } from './desk';
import { isOfferingId } from './slot-id';
import { minutesOf } from './slots';

const time = /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/;

/** Everything that is wrong with a desk, in words for whoever wrote it; empty when nothing is. */
export function deskProblems(desk: Desk): RefusalDetail[] {
  const { rules } = desk;
  const found: RefusalDetail[] = [];
  const say = (at: string, problem: string): void => void found.push({ at: `${desk.id}.${at}`, problem });
  if (desk.id === '' || desk.id.length > 200) say('id', '编号要有 1 到 200 个字');
  if (!Number.isInteger(rules.slotMinutes) || rules.slotMinutes < 5 || rules.slotMinutes > 1440)
    say('slotMinutes', '每个时段要在 5 到 1440 分钟之间');
  if (!isCapacity(rules.capacity)) say('capacity', '名额要在 1 到 10000 之间');
  for (const [at, one] of rules.weekly.entries()) {
    for (const problem of [...hoursProblems(one), ...(one.breaks ?? []).flatMap(hoursProblems)])
      say(`weekly[${at}]`, problem);
    if (one.capacity !== undefined && !isCapacity(one.capacity))
      say(`weekly[${at}].capacity`, '名额要在 1 到 10000 之间');
    if (one.weekdays.some((day) => !Number.isInteger(day) || day < 0 || day > 6))
      say(`weekly[${at}].weekdays`, '星期用 0（周日）到 6（周六）表示');
    if (![one.validFrom, one.validTo].every(isDateOrNone)) say(`weekly[${at}]`, '日期要写成 2026-03-10 这样');
  }
  for (const [at, one] of (rules.closures ?? []).entries())
    if (
      ![one.from, one.to].every(isDateOrNone) ||
      one.from > one.to ||
      (one.hours && hoursProblems(one.hours).length > 0)
    )
      say(`closures[${at}]`, '停办的起止日期或时间不对');
  for (const [at, one] of (rules.extra ?? []).entries())
    if (!isDateOrNone(one.on) || hoursProblems(one).length > 0) say(`extra[${at}]`, '加开的日期或时间不对');
  return found;
}

/** Everything that is wrong with an offering. */
export function offeringProblems(offering: Offering): RefusalDetail[] {
  if (!isOfferingId(offering.id)) return [{ at: offering.id, problem: '编号只能用字母、数字和 . _ : @ -' }];
  if (!Number.isInteger(offering.partyMost) || offering.partyMost < 1)
    return [{ at: `${offering.id}.partyMost`, problem: '一次可以预约的人数至少是 1' }];
  return [];
}

function hoursProblems({ from, to }: Hours): string[] {
  if (!time.test(from) || !time.test(to)) return ['时间要写成 09:00 这样'];
  return minutesOf(from) < minutesOf(to) ? [] : ['结束时间要晚于开始时间'];
}

function isCapacity(seats: number): boolean {
  return Number.isInteger(seats) && seats >= 1 && seats <= 10_000;
}

function isDateOrNone(date: string | undefined): boolean {
  return date === undefined || parseLocalDate(date) !== null;
}
