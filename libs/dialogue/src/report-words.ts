import type { LocalDate } from '@linli/kernel';
import { dayInWords } from './dates';
import { oneLine, replyLimit, shorten } from './text';
import { byDigit, numbered, wayOut } from './words';

export const askArea = '这件事发生在哪个街道？';

export function started(name: string): string {
  return `好的，我帮您反映「${shorten(name, 40)}」。您说的只用来处理这件事。`;
}

export const askText = '请说说是什么情况：出了什么问题，从什么时候开始的？';
export const askPlace = '在什么地方？请点右下角的「+」发个位置，或者写清楚路名、小区和楼号。';
export const askPicture = '有照片更好办：请发一张照片。没有就回复「跳过」。';
export const tellMore = '请再多说几个字，说清楚出了什么问题，工作人员才好处理。';
export const placeUnclear = '请把地方写清楚一些，让人能找到，例如：桂花路18号门口。';
export const onlyPicture = '请发一张照片，没有照片就回复「跳过」。';

export const confirmChoices = ['提交', '修改', '取消'] as const;
export const partNames = { text: '情况', where: '地点', picture: '照片', subdistrict: '所在街道' } as const;

/** What will be sent, before it is. */
export function confirm(report: {
  readonly name: string;
  readonly text: string;
  readonly place: string;
  readonly area: string;
  readonly pictures: number;
  readonly department: string;
}): string {
  const lines = [
    '请您核对一下，还没有提交：',
    `问题：${shorten(report.name, 40)}`,
    `地点：${oneLine(report.place, 80)}`,
    ...(report.area === '' ? [] : [`街道：${shorten(report.area, 20)}`]),
    `照片：${report.pictures === 0 ? '没有' : `${report.pictures}张`}`,
    `提交后由${shorten(report.department, 30)}处理。都对吗？`,
    numbered(confirmChoices),
    byDigit,
  ];
  const room = replyLimit - lines.join('\n').length - 10;
  return [...lines.slice(0, 2), `情况：${oneLine(report.text, room)}`, ...lines.slice(2)].join('\n');
}

export function notConfirmed(hotline: string): string {
  return `请回复1、2或3：\n${numbered(confirmChoices)}\n${wayOut(hotline)}`;
}

export function whichPart(parts: readonly string[]): string {
  return `要改哪一项？\n${numbered(parts)}\n${byDigit}`;
}

export function area(names: readonly string[]): string {
  return `${askArea}\n${numbered(names)}\n${byDigit}`;
}

export function pictureTaken(count: number): string {
  return `照片收到了，一共${count}张。`;
}

export function gone(name: string, hotline: string): string {
  return `不好意思，「${shorten(name, 40)}」现在不能在微信上反映了，您说的没有提交。${wayOut(hotline)}`;
}

/** What must be made up for, and how. */
export function correcting(
  title: string,
  missing: readonly string[],
  answerBy: string | null,
  today: LocalDate,
): string {
  const by = answerBy === null ? '' : `，请在${dayInWords(answerBy, today)}前补齐`;
  const list = missing.map((one) => `· ${oneLine(one, 60)}`).join('\n');
  return `「${shorten(title, 40)}」还缺这些${by}：\n${shorten(list, 380)}\n请把文字或照片直接发在这里，可以发好几条。都发完了，回复「完成」。`;
}

export function correctionTaken(texts: number, pictures: number): string {
  const parts = [...(texts > 0 ? [`文字${texts}条`] : []), ...(pictures > 0 ? [`照片${pictures}张`] : [])];
  return `收到了，现在有${parts.join('、')}。还有就接着发，都发完了回复「完成」。`;
}

export const correctionEmpty = '还没有收到您补的内容。请先发文字或照片，发完再回复「完成」。';
export const correctionFull = '文字已经够多了。请回复「完成」先交上来，还有要补的可以再找工作人员。';
