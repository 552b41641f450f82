import type { CaseOutcome, EventPayloads } from '@linli/contracts';

/** A civil date as people say it: `3月17日`. */
export function dayInWords(date: string): string {
  const [, month = '', day = ''] = date.split('-');
  return `${Number(month)}月${Number(day)}日`;
}

const outcomeWords: Record<CaseOutcome, string> = {
  granted: '已经办好',
  refused: '不符合条件，没有办成',
  resolved: '已经解决',
  unresolved: '暂时没能解决',
  explained: '已经答复',
};

/** Told when a case is accepted. */
export function acceptedWords(facts: EventPayloads['case.accepted']): string {
  const late = facts.late ? '（逾期未告知，按规定自收到之日起视为受理）' : '';
  return `您的「${facts.title}」已受理${late}。\n办件编号：${facts.number}\n${facts.department.name}会在${dayInWords(facts.dueOn)}前办结，办好马上告诉您。随时回复「进度」可以查看。`;
}

/** 一次性告知, as the applicant reads it. */
export function noticeWords(facts: EventPayloads['case.correctionRequested']): string {
  const list = facts.missing.map((one, index) => `${index + 1}. ${one}`).join('\n');
  return `您的「${facts.title}」还需要补这些（一次说全，补齐就能办）：\n${list}\n说明：${facts.reason}\n办件编号：${facts.number}\n请在${dayInWords(facts.answerBy)}前补交：回复「补正」可以直接发文字和照片，也可以送到窗口。`;
}

/** Told when corrections have come in through the window or the mini-program. */
export function correctedWords(facts: EventPayloads['case.corrected']): string {
  return `您补交的材料已收到。\n「${facts.title}」，办件编号：${facts.number}\n工作人员正在审核，结果会马上告诉您。`;
}

/** Told when a case is closed. */
export function closedWords(facts: EventPayloads['case.closed']): string {
  const again = facts.kind === 'report' ? '\n没有解决的话，一个月内回复「重办」，我们接着办。' : '';
  return `您的「${facts.title}」${outcomeWords[facts.outcome]}。\n办件编号：${facts.number}\n${facts.department.name}答复：${facts.publicReply}${again}`;
}

/** Told when a notice was not answered in time. */
export function deemedWithdrawnWords(facts: EventPayloads['case.withdrawn']): string {
  return `您的「${facts.title}」没有在期限内补齐材料，按规定视为撤回。\n办件编号：${facts.number}\n材料备齐后可以随时重新申请；需要帮忙请回复「人工」。`;
}

/** 不予受理, with the reason and where to go. */
export function declinedWords(facts: EventPayloads['case.declined']): string {
  const where = facts.authority ? `\n这件事请向${facts.authority}申请。` : '';
  return `您的「${facts.title}」不予受理。\n原因：${facts.reason}${where}\n办件编号：${facts.number}\n有不明白的，请回复「人工」。`;
}

/** The clock stands. */
export function suspendedWords(facts: EventPayloads['case.suspended']): string {
  return `您的「${facts.title}」暂停计时。\n原因：${facts.reason}\n这段时间不算在办理期限里，恢复办理时会告诉您。\n办件编号：${facts.number}`;
}

/** The clock runs again. */
export function resumedWords(facts: EventPayloads['case.resumed']): string {
  return `您的「${facts.title}」恢复办理，最晚${dayInWords(facts.dueOn)}办结。\n办件编号：${facts.number}`;
}

/** 延期, once it is granted (行政许可法 §42: the applicant is told why). */
export function extendedWords(facts: EventPayloads['case.extended']): string | null {
  if (!facts.granted) return null;
  return `您的「${facts.title}」经批准延长${facts.days}天，最晚${dayInWords(facts.dueOn)}办结。\n原因：${facts.reason}\n办件编号：${facts.number}`;
}

/** 决定. */
export function decidedWords(facts: EventPayloads['case.decided']): string {
  return `您的「${facts.title}」已有结果：${outcomeWords[facts.outcome]}。\n办件编号：${facts.number}\n结果会尽快交到您手里。`;
}

/** The last day moved, since the year's holidays were announced. */
export function recountedWords(facts: EventPayloads['case.recounted']): string | null {
  if (!facts.dueChanged) return null;
  return `放假安排公布了，您的「${facts.title}」最晚办结的日子改为${dayInWords(facts.dueOn)}。\n办件编号：${facts.number}`;
}

/** A request counts as another class, and its last day moved with it. */
export function classifiedWords(facts: EventPayloads['case.classified']): string | null {
  if (!facts.dueChanged) return null;
  return `您的「${facts.title}」最晚办结的日子改为${dayInWords(facts.dueOn)}。\n原因：${facts.reason}\n办件编号：${facts.number}`;
}

/** 重办. */
export function reopenedWords(facts: EventPayloads['case.reopened']): string {
  return `您的「${facts.title}」重新办理，最晚${dayInWords(facts.dueOn)}答复您。\n办件编号：${facts.number}`;
}
