import { escapeXml } from '@linli/catalogue';
import { grades, type Grade } from '@linli/contracts';
import type { RatingOption, LinkView } from '@linli/rating';
import { plainPage } from './plain-page';

const gradeWords: Readonly<Record<Grade, string>> = {
  verySatisfied: '非常满意',
  satisfied: '满意',
  fairlySatisfied: '基本满意',
  dissatisfied: '不满意',
  veryDissatisfied: '非常不满意',
};

/** What the code at a window leads to: which service it is and the five grades, none of them chosen beforehand. */
export function gradesPage(link: LinkView): string {
  const choices = grades.map((grade) => `<p><a href="?grade=${grade}">${gradeWords[grade]}</a></p>`);
  return plainPage('给这次服务打分', [
    ...about(link),
    '<p>您觉得怎么样？请点一项。评不评由您自己决定。</p>',
    ...choices,
  ]);
}

/** The second step: reasons that belong to the grade, words, and whether the unit may know who rated. */
export function reasonsPage(link: LinkView, grade: Grade): string {
  return plainPage('给这次服务打分', [
    ...about(link),
    `<p>您选的是：<strong>${gradeWords[grade]}</strong>　<a href="?">重新选</a></p>`,
    '<form method="post">',
    `<input type="hidden" name="grade" value="${grade}">`,
    ...link.options.byGrade[grade].map(tick),
    '<p><label>还想说什么（可以不写，最多500字）<br><textarea name="text" rows="4" cols="30" maxlength="500"></textarea></label></p>',
    '<p><label><input type="checkbox" name="anonymous" value="1"> 不让被评的单位知道是我</label></p>',
    '<p><button type="submit">提交评价</button></p>',
    '</form>',
  ]);
}

export function ratedPage(): string {
  return plainPage('评价收到了', ['<p>谢谢您的评价，我们会照着改进。这个页面可以关掉了。</p>']);
}

/** Why a link does not work, in the words of the refusal. */
export function linkRefusedPage(words: string): string {
  return plainPage('现在不能评价', [
    `<p>${escapeXml(words)}</p>`,
    '<p>要找人帮忙，请问窗口的工作人员，或者拨打12345。</p>',
  ]);
}

function about({ subject, department, caseNumber }: LinkView): string[] {
  return [
    `<p>办的事：${escapeXml(subject)}</p>`,
    `<p>办理单位：${escapeXml(department)}</p>`,
    `<p>编号尾数：${escapeXml(caseNumber)}</p>`,
  ];
}

function tick({ id, words }: RatingOption): string {
  return `<p><label><input type="checkbox" name="options" value="${escapeXml(id)}"> ${escapeXml(words)}</label></p>`;
}
