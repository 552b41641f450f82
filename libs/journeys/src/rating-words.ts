import type { OverdueAlarm } from '@linli/rating';

/** What a supervisor is told of a bad rating that was not followed up in time. */
export function overdueWords({ step, subject, caseNumber, department, dueOn }: OverdueAlarm): string {
  const what = step === 'contact' ? '联系评价人' : '整改并答复';
  return `【差评整改超期】${department}的「${subject}」（编号尾号${caseNumber.slice(-4)}）应当在${dueOn}前${what}，已经过期。请到工作台的差评整改里督办。`;
}

/** What a resident is told once their bad rating was followed up. */
export function rectifiedWords({ subject, reply }: { readonly subject: string; readonly reply: string }): string {
  return `您对“${subject}”提的意见，我们已经核实整改：\n${reply}\n谢谢您帮我们改进。我们可能会再打电话听听您的看法。`;
}
