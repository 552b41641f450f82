import type { CaseOutcome, CaseState } from '@linli/contracts';
import type { LocalDate } from '@linli/kernel';
import type { CaseLine } from './conversation';
import { dayInWords } from './dates';
import { fitting, oneLine, replyLimit, shorten } from './text';
import { bulleted, byDigit, numbered, wayOut } from './words';

const shortStates: Readonly<Record<CaseState, string>> = {
  submitted: '等受理',
  awaitingCorrection: '要补材料',
  accepted: '已受理',
  inHandling: '正在办',
  suspended: '暂停计时',
  decided: '有结果了',
  closed: '办完了',
  declined: '没有受理',
  withdrawn: '已撤回',
};

const outcomes: Readonly<Record<CaseOutcome, string>> = {
  granted: '已经办好了',
  refused: '不符合条件，没有办成',
  resolved: '问题已经解决',
  unresolved: '问题暂时没能解决',
  explained: '已经答复您',
};

/** One case in a few words, for the list. */
export function caseInShort(kase: CaseLine): string {
  return `${shorten(kase.title, 22)}（${shortStates[kase.state]}）`;
}

export function list(
  cases: readonly CaseLine[],
  more: boolean,
  hotline: string,
  bookings: readonly string[] = [],
): string {
  const tail = `${more ? `更早的办件，请打电话 ${hotline} 问。\n` : ''}想看哪一件，${byDigit}`;
  const names = [...bookings, ...cases.map(caseInShort)];
  const lines = numbered(names, replyLimit - tail.length - 60).split('\n');
  const head = bookings.length === 0 ? [] : ['您的预约：', ...lines.slice(0, bookings.length)];
  const rest = cases.length === 0 ? [] : ['您的办件：', ...lines.slice(bookings.length)];
  return [...head, ...rest, tail].join('\n');
}

/** The list without digits, while somebody else listens. */
export function plainList(cases: readonly CaseLine[]): string {
  return ['您的办件：', ...fitting(bulleted(cases.map(caseInShort)), replyLimit - 60).lines].join('\n');
}

/** What a case is looked for to do, when there is none and when there are several. */
export const errands = {
  correction: { none: '您现在没有要补材料的办件。', which: '有几件事要补材料，先补哪一件？' },
  reminder: { none: '您现在没有正在办的事，不用催办。', which: '想催办哪一件？' },
  reopening: { none: '您没有已经办结的事，没有可以重办的。', which: '哪一件没有解决，要重办？' },
} as const;

export function whichCase(question: string, cases: readonly CaseLine[]): string {
  return `${question}\n${numbered(cases.map((one) => one.title))}\n${byDigit}`;
}

export const noCases = '您还没有办件。想办什么、要反映什么，直接说就行。';

/** Where a case stands, in plain sentences. */
export function standing(kase: CaseLine, today: LocalDate): string {
  const day = (date: string): string => dayInWords(date, today);
  switch (kase.state) {
    case 'submitted':
      return `已经收到，工作人员正在看，${day(kase.acceptOn)}前告诉您受理结果。`;
    case 'awaitingCorrection':
      return `还缺材料${kase.answerBy === null ? '' : `，请在${day(kase.answerBy)}前补齐`}：\n${missing(kase.missing)}`;
    case 'accepted':
      return `已经受理，${day(kase.dueOn)}前办好。`;
    case 'inHandling':
      return `${kase.department}正在办，${day(kase.dueOn)}前办好。`;
    case 'suspended':
      return '正在等审查、鉴定这一类的结果，这段时间不算在期限里。有了结果马上接着办。';
    case 'decided':
      return '已经有结果了，正在准备交给您。';
    case 'closed':
      return kase.outcome === null ? '已经办完了。' : `${outcomes[kase.outcome]}。`;
    case 'declined':
      return '没有受理。';
    case 'withdrawn':
      return '已经撤回，没有再办。';
  }
}

function missing(names: readonly string[]): string {
  const { lines, left } = fitting(bulleted(names.map((name) => oneLine(name, 60))), 240);
  return [...lines, ...(left > 0 ? [`……还有${left}样`] : [])].join('\n');
}

/** One case with what can be done about it. */
export function one(kase: CaseLine, options: readonly string[], today: LocalDate, hotline: string): string {
  const head = `${shorten(kase.title, 40)}\n编号 ${kase.number}\n${dayInWords(kase.submittedOn, today)}提交，由${shorten(kase.department, 30)}负责。`;
  const state = standing(kase, today);
  const tail = `您可以：\n${numbered(options)}\n${byDigit}有疑问打电话 ${hotline}。`;
  const room = replyLimit - head.length - state.length - tail.length - 10;
  const reply = kase.publicReply === null || room < 20 ? [] : [`答复：${oneLine(kase.publicReply, room)}`];
  return [head, state, ...reply, tail].join('\n');
}

export const optionNames = {
  correct: '补正',
  withdraw: '撤回这一件',
  remind: '催办',
  reopen: '没解决，要重办',
  back: '返回列表',
} as const;
export const withdrawChoices = ['撤回', '不撤回'] as const;

export function sureToWithdraw(kase: CaseLine): string {
  return `撤回以后「${shorten(kase.title, 40)}」就不办了，要办得重新申请。真的要撤回吗？\n${numbered(withdrawChoices)}\n${byDigit}`;
}

export function withdrawn(number: string): string {
  return `好的，编号 ${number} 已经撤回。以后想办，随时再来申请。`;
}

export const remindThis = '您正在办的是这一件，要我替您催，就选「催办」。';

export function reminded(number: string): string {
  return `好的，编号 ${number} 已经替您催办了，承办单位会看到。一天可以催一次，有了结果马上告诉您。`;
}

/** Asks what is not solved, so that whoever takes it up again knows. */
export function whyReopen(kase: CaseLine): string {
  return `「${shorten(kase.title, 40)}」哪里没有解决？请用一两句话说说，我们重新办。不重办了，回复「返回」。`;
}

export const reasonTooShort = '请用一两句话说说哪里没有解决，办的人才知道怎么办。不重办了，回复「返回」。';
export const reasonTooLong = '这段话有点长，请用几句话说说哪里没有解决，最多500个字。';

export function reopened(number: string, dueOn: string, today: LocalDate): string {
  return `好的，编号 ${number} 重新办理，${dayInWords(dueOn, today)}前答复您。想知道办到哪一步，回复「进度」。`;
}

export function corrected(number: string): string {
  return `您补的材料已经交上去了（编号 ${number}），工作人员看过马上告诉您。想知道办到哪一步，回复「进度」。`;
}

export const notWithdrawn = '好的，没有撤回，这件事接着办。';

export function notOnList(count: number, hotline: string): string {
  return `请回复1到${count}的数字。${wayOut(hotline)}`;
}
