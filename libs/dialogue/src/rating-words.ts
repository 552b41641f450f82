import { grades, type Grade, type RatingRequest } from '@linli/contracts';
import { shorten } from './text';

export const gradeNames: Readonly<Record<Grade, string>> = {
  verySatisfied: '非常满意',
  satisfied: '满意',
  fairlySatisfied: '基本满意',
  dissatisfied: '不满意',
  veryDissatisfied: '非常不满意',
};

/** The five grades, best first, 5 to 1. */
const scale = grades.map((grade, index) => `${grades.length - index} ${gradeNames[grade]}`).join('\n');

export function question(request: RatingRequest): string {
  return `您的「${shorten(request.subject, 60)}」办完了（编号 ${shorten(request.caseNumber, 40)}）。您对这次服务满意吗？\n${scale}\n回复数字就行。不想评就回复 0，或者不用管它。`;
}

export function again(request: RatingRequest): string {
  return `给「${shorten(request.subject, 60)}」打个分，请回复1到5：\n${scale}\n不想评就回复 0。`;
}

export function thanks(grade: Grade): string {
  return `谢谢您的评价：${gradeNames[grade]}。我们会接着努力。`;
}

export function badAsked(grade: Grade): string {
  return `谢谢您的评价：${gradeNames[grade]}。没让您满意，对不起。\n哪里没办好？说一句我们会核实（不想说回复 0）。`;
}

export const wordsPlease = '请用一句话说说哪里没办好，不想说就回复 0。';
export const added = '谢谢您，您说的我们记下了，会有人核实改进。';
export const reasonKept = '好的，谢谢您。还有什么事，随时跟我说。';
export const passed = '好的，不评也没关系。还有什么事，随时跟我说。';
export const noneWaiting = '现在没有等您评价的事。';
export const notNow = '好的，等手上这件事办完，我再请您评价。';
