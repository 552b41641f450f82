import type { ApplicantField, CaseSummary } from '@linli/contracts';
import type { LocalDate } from '@linli/kernel';
import type { Question } from './answers';
import { dayInWords } from './dates';
import { fitting, oneLine, replyLimit, shorten } from './text';
import { bulleted, byDigit, numbered, wayOut } from './words';

export const subdistrictLabel = '所在街道';
export const askHome = '您住在哪个街道？';
export const leftOut = '（没填）';

export const applicantQuestions: Readonly<
  Record<ApplicantField, { readonly label: string; readonly ask: string; readonly hint: string }>
> = {
  name: { label: '姓名', ask: '申请人叫什么名字？', hint: '和身份证上一样，例如：王秀兰' },
  idNumber: { label: '身份证号', ask: '请把申请人的身份证号发给我。', hint: '一共18位，最后一位可能是X' },
  phone: { label: '联系电话', ask: '有事找您打哪个电话？', hint: '手机号11位，座机请带区号' },
  address: { label: '住址', ask: '申请人现在住在哪里？', hint: '写到门牌号，例如：桂花路18号2单元301室' },
};

export function title(name: string): string {
  return `「${shorten(name, 40)}」`;
}

export function started(name: string, count: number): string {
  return `好的，我们来申请${title(name)}，一共${count}个问题，一个一个来。您填的内容只用来办这件事，会替您保密。\n随时可以回复：上一步、稍后、取消。`;
}

export const resumed = (name: string): string => `好的，接着办您的${title(name)}申请。`;
export const updated = '这件事的办事指南刚更新过，您前面填的我已经重新核对。';
export const firstQuestion = '这已经是第一个问题了。';

/** The question with its place, choices and hint. */
export function question(one: Question, place: number, count: number): string {
  const head = `（第${place}题，共${count}题）${one.ask}`;
  return [head, ...choicesOf(one), ...hintOf(one), ...(one.required ? [] : ['没有就回复「跳过」。'])].join('\n');
}

function choicesOf(one: Question): string[] {
  if (one.type === 'yesNo') return [numbered(['是', '不是']), byDigit];
  return one.type === 'choice' ? [numbered(one.choices ?? []), byDigit] : [];
}

function hintOf(one: Question): string[] {
  return one.hint === undefined || one.type === 'choice' || one.type === 'yesNo' ? [] : [`（${one.hint}）`];
}

/** Why an answer was not taken, with the question once more and a way out. */
export function notTaken(why: string, one: Question, hotline: string): string {
  const hint = one.hint === undefined || why.includes(one.hint) ? [] : [`（${one.hint}）`];
  return [
    why,
    one.ask,
    ...choicesOf(one),
    ...(one.type === 'choice' || one.type === 'yesNo' ? [] : hint),
    helpFilling(hotline),
  ].join('\n');
}

function helpFilling(hotline: string): string {
  return `不会填也没关系，${wayOut(hotline)}`;
}

export const isRequired = '这一项一定要填。';

export function pictureTaken(count: number): string {
  return `照片收到了，已经放进材料里，一共${count}张。`;
}

export const pictureLimit = 20;
export const tooManyPictures = `照片最多收${pictureLimit}张，这一张没有收下。`;

export const confirmChoices = ['提交', '修改', '取消'] as const;

/** The summary before sending: each line a label and an answer, shortened when they are many. */
export function confirm(name: string, lines: readonly (readonly [string, string])[], pictures: number): string {
  const tail = `${pictures > 0 ? `照片：${pictures}张\n` : ''}都对吗？\n${numbered(confirmChoices)}\n${byDigit}`;
  const head = `请您核对一下，还没有提交：\n事项：${shorten(name, 40)}`;
  const budget = replyLimit - head.length - tail.length - 40;
  const longest = [80, 40, 24, 14].find((limit) => fitting(written(lines, limit), budget).left === 0) ?? 14;
  const { lines: shown, left } = fitting(written(lines, longest), budget);
  return [head, ...shown, ...(left > 0 ? [`……还有${left}项，回复2可以逐项看`] : []), tail].join('\n');
}

function written(lines: readonly (readonly [string, string])[], limit: number): string[] {
  return lines.map(([label, value]) => `${shorten(label, 16)}：${oneLine(value, limit)}`);
}

export function notConfirmed(hotline: string): string {
  return `请回复1、2或3：\n${numbered(confirmChoices)}\n${wayOut(hotline)}`;
}

export function whichField(labels: readonly string[]): string {
  return `要改哪一项？\n${numbered(labels, replyLimit - 60)}\n${byDigit}`;
}

export function gone(name: string, hotline: string): string {
  return `不好意思，${title(name)}现在不能在微信上申请了，您填的没有提交。请到窗口办理，${wayOut(hotline)}`;
}

/** Told when a case was opened; the number has a line of its own. */
export function opened(summary: CaseSummary, toBring: readonly string[], today: LocalDate, hotline: string): string {
  const head = `您的${title(summary.title)}已经提交。\n办件编号：${summary.number}`;
  const dates =
    summary.kind === 'report'
      ? `由${summary.department}处理，${dayInWords(summary.acceptOn, today)}前告诉您受理结果，${dayInWords(summary.dueOn, today)}前答复您。`
      : `${dayInWords(summary.acceptOn, today)}前告诉您受理结果。受理后由${summary.department}办理，${dayInWords(summary.dueOn, today)}前办好。`;
  const tail = `想知道办到哪一步，回复「进度」。有疑问打电话 ${hotline}。`;
  return [head, dates, ...bringing(toBring, replyLimit - head.length - dates.length - tail.length - 30), tail].join(
    '\n',
  );
}

function bringing(toBring: readonly string[], room: number): string[] {
  if (toBring.length === 0) return [];
  const { lines, left } = fitting(bulleted(toBring.map((one) => oneLine(one, 60))), room);
  return ['请准备好这些材料：', ...lines, ...(left > 0 ? [`……还有${left}样，工作人员会一次告诉您`] : [])];
}

/** What the house refused, said in chat. */
export function refused(sentence: string, problems: readonly string[], hotline: string): string {
  const { lines } = fitting(bulleted(problems.map((one) => oneLine(one, 60))), 240);
  return ['没有办成。', shorten(sentence, 160), ...lines, wayOut(hotline)].join('\n');
}

/** After a refusal: the form is still open. */
export const mend = `填好的还留着。\n${numbered(['提交', '修改', '取消'])}\n${byDigit}`;
