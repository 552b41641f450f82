import type { EventPayloads } from '@linli/contracts';
import { localDate, weekday } from '@linli/kernel';
import { dayInWords } from './case-words';

const dayNames = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'];

/** When a slot is, as people say it: `3月17日（周二）09:00—09:30`. */
export function slotInWords(start: Date, end: Date): string {
  const on = localDate(start);
  return `${dayInWords(on)}（${dayNames[weekday(on)] ?? ''}）${clock(start)}—${clock(end)}`;
}

/** A time of day in Asia/Shanghai, `09:00`. */
function clock(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(11, 16);
}

function when({ start, end }: { readonly start: string; readonly end: string }): string {
  return slotInWords(new Date(start), new Date(end));
}

/** 空位通知: a seat is kept for somebody who waited. */
export function offeredWords(facts: EventPayloads['booking.offered']): string {
  return `您候补的「${facts.title}」有空位了。\n时间：${when(facts)}\n地点：${facts.placeName}\n位子为您留到${clock(new Date(facts.until))}，请回复「预约」确认，或在小程序里确认；过时就给下一位了。`;
}

/** Said once, some time before. */
export function reminderWords(facts: EventPayloads['booking.reminderDue']): string {
  return `提醒您：您预约了「${facts.title}」。\n时间：${when(facts)}\n地点：${facts.placeName}\n预约编号：${facts.number}\n来不了请提前取消，把位子让给别人。`;
}

export function noShowWords(facts: EventPayloads['booking.noShow']): string {
  return `您预约的「${facts.title}」（${when(facts)}）没有签到，已记为未到场。\n预约编号：${facts.number}\n来不了请提前取消；如果记错了，请回复「人工」。`;
}

export function bannedWords({ until, noShows }: EventPayloads['booking.banned']): string {
  const last = localDate(new Date(new Date(until).getTime() - 1));
  return `您有${noShows}次预约没有到场，到${dayInWords(last)}为止暂时不能预约。\n窗口照常可以办理。有特殊情况，可以在小程序里申诉，也可以回复「人工」。`;
}

export function banDecidedWords({ decision }: EventPayloads['booking.banDecided']): string {
  return decision === 'lifted'
    ? '您的申诉通过了，现在又可以预约了。'
    : '您的申诉没有通过，限制预约的时间不变。窗口照常可以办理；有不明白的，请回复「人工」。';
}
