import type { SlotChoice } from '@linli/contracts';
import { localDate, weekday, type LocalDate } from '@linli/kernel';
import type { BookingLine } from './conversation';
import { dayInWords } from './dates';
import { shorten } from './text';
import { bulleted, byDigit, numbered } from './words';

const dayNames = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'];

/** A time of day in Asia/Shanghai. */
function clock(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(11, 16);
}

function when(start: Date, end: Date, today: LocalDate): string {
  const on = localDate(start);
  return `${dayInWords(on, today)}（${dayNames[weekday(on)] ?? ''}）${clock(start)}—${clock(end)}`;
}

function whenOf({ start, end }: BookingLine, today: LocalDate): string {
  return when(new Date(start), new Date(end), today);
}

/** A free time on one line: when, where, how many seats. */
export function slotName({ start, end, placeName, free }: SlotChoice, today: LocalDate): string {
  return `${when(start, end, today)} ${shorten(placeName, 16)}（余${free}）`;
}

/** A moment in words: day, weekday and time. */
export function beginning(start: Date, today: LocalDate): string {
  const on = localDate(start);
  return `${dayInWords(on, today)}（${dayNames[weekday(on)] ?? ''}）${clock(start)}`;
}

/** A time without a seat on one line. */
export function fullSlotName({ start, placeName }: SlotChoice, today: LocalDate): string {
  return `排队等${beginning(start, today)}的空位 ${shorten(placeName, 12)}`;
}

export const readOnly = '先不约，看看说明';

export function slots(service: string, names: readonly string[], how: 'free' | 'missed' | 'allFull'): string {
  const name = `「${shorten(service, 40)}」`;
  const said = {
    free: `${name}可以预约，最近有空的时间：`,
    missed: `您要的时间没有空位了。${name}最近有空的时间：`,
    allFull: `${name}现在都约满了，可以排队，有人退了就轮到您：`,
  }[how];
  return `${said}\n${numbered(names, 420)}\n要哪个时间，${byDigit}换时间直接说，像「明天下午」；发个位置，找离您近的。几个人来、替家里人约，也直接说，像「两个人」「替我妈约」。`;
}

export function booked(booking: BookingLine, today: LocalDate): string {
  return `预约好了。\n${shorten(booking.title, 40)}\n时间：${whenOf(booking, today)}\n地点：${shorten(booking.placeName, 40)}\n预约编号：${booking.number}\n到了现场，回复「签到」。要换时间，回复「改期」；来不了，回复「取消」把位子让出来。`;
}

export function moved(booking: BookingLine, today: LocalDate): string {
  return `改好了。\n${shorten(booking.title, 40)}\n时间：${whenOf(booking, today)}\n地点：${shorten(booking.placeName, 40)}\n预约编号：${booking.number}（没有变）\n来不了，回复「取消」。`;
}

export const stay = '不改了';
export const stays = '好的，没有改，还是原来的时间。';
export const noOtherTime = '这里最近没有别的空位，预约还是原来的时间。来不了，回复「取消」。';
export const stillBooked = '您原来的预约还在，没有变。';

export function moves(booking: BookingLine, names: readonly string[], missed: boolean, today: LocalDate): string {
  const lead = missed ? '您要的时间没有空位了。' : '';
  return `${lead}「${shorten(booking.title, 30)}」现在约的是${whenOf(booking, today)}，可以改到：\n${numbered(names, 360)}\n要哪个时间，${byDigit}也可以直接说，像「明天下午」。`;
}

export const whereAreYou =
  '请把您现在的位置发给我：点屏幕下面的「＋」，选「位置」，再点「发送」。\n也可以扫一扫现场的签到码，或者把预约编号告诉工作人员。';

export function arrived(title: string, placeName: string, start: Date, end: Date): string {
  return `签到好了。\n${shorten(title, 40)} ${clock(start)}—${clock(end)}\n地点：${shorten(placeName, 40)}\n请在现场稍等，到时候会请您。`;
}

export const takenChoices = ['排队等这个时间的空位', '看看别的时间'] as const;
export const justTaken = `这个时间刚刚被别人约走了。\n${numbered(takenChoices)}\n${byDigit}`;

/** One booking in a few words, for a list. */
export function bookingInShort(booking: BookingLine, today: LocalDate): string {
  return `${shorten(booking.title, 14)} ${whenOf(booking, today)}`;
}

/** The list without digits, while somebody else listens; the day is said in full. */
export function plainBookings(bookings: readonly BookingLine[]): string {
  const lines = bookings.map(
    (one) => `${shorten(one.title, 20)} ${localDate(new Date(one.start))} ${clock(new Date(one.start))}`,
  );
  return ['您的预约：', ...bulleted(lines)].join('\n');
}

export const optionNames = { checkIn: '签到', move: '改期', cancel: '取消这个预约', back: '返回' } as const;
export const cancelChoices = ['取消预约', '不取消'] as const;

export function one(booking: BookingLine, options: readonly string[], today: LocalDate): string {
  return `${shorten(booking.title, 40)}\n时间：${whenOf(booking, today)}\n地点：${shorten(booking.placeName, 40)}\n预约编号：${booking.number}\n您可以：\n${numbered(options)}\n${byDigit}`;
}

export function sureToCancel(booking: BookingLine, today: LocalDate): string {
  return `真的要取消${whenOf(booking, today)}的「${shorten(booking.title, 40)}」吗？\n${numbered(cancelChoices)}\n${byDigit}`;
}

export function cancelled(number: string): string {
  return `好的，预约 ${number} 已经取消，位子让给别人了。想再约，直接说就行。`;
}

export const notCancelled = '好的，没有取消，到时候请准时来。';
export const noOffer = '您现在没有等您确认的空位。想预约什么，直接说就行，像这样：约活动室、量血压。';
