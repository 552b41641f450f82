import { readOnly } from './booking-words';
import { shorten } from './text';
import { byDigit, numbered } from './words';

export const whoseName = '好的，替家里人约。请写来的人的姓名。不是的话，回复「返回」。';
export const noName = '请只写来的人的姓名，像「王桂芳」。不是替别人约，回复「返回」。';
export const consentChoices = ['他同意', '还没问过'] as const;

export function agrees(name: string): string {
  return `${shorten(name, 15)}本人同意由您来约吗？\n${numbered(consentChoices)}\n${byDigit}`;
}

export function forName(name: string, slots: readonly string[]): string {
  return `好的，这次是替${shorten(name, 15)}约。要哪个时间？\n${numbered([...slots, readOnly], 380)}\n${byDigit}`;
}

export function forYourself(slots: readonly string[], hotline: string): string {
  return `好的，那先不替别人约；请先问过本人，或者请本人打电话 ${hotline}。您自己要约哪个时间？\n${numbered([...slots, readOnly], 360)}\n${byDigit}`;
}
