import type { WaitSummary } from '@linli/contracts';
import type { LocalDate } from '@linli/kernel';
import { beginning } from './booking-words';
import { shorten } from './text';
import { bulleted } from './words';

const mostListed = 3;

function line({ title, start }: WaitSummary, today: LocalDate): string {
  return `${shorten(title, 20)} ${beginning(start, today)}`;
}

function before(ahead: number): string {
  return ahead === 0 ? '您排在第一位' : `您前面还有${ahead}位`;
}

export function waiting(wait: WaitSummary, today: LocalDate): string {
  return `排上队了，${before(wait.ahead)}。\n${line(wait, today)}\n地点：${shorten(wait.placeName, 40)}\n一有空位就告诉您，位子会给您留一会儿，到时回复「预约」确认。不等了，回复「取消」。`;
}

export function left(wait: WaitSummary, today: LocalDate): string {
  return `好的，不等「${line(wait, today)}」的空位了。想再约，直接说就行。`;
}

/** What a resident waits for, behind what they have booked; not numbered. */
export function waitsListed(waits: readonly WaitSummary[], today: LocalDate): string {
  const lines = waits.slice(0, mostListed).map((one) => `${line(one, today)}（${before(one.ahead)}）`);
  return ['您在排队等空位：', ...bulleted(lines), '不等了，回复「不排了」。'].join('\n');
}

export const noWait = '您现在没有在排队等空位。想预约什么，直接说就行。';
