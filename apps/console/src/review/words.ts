import type { BulkReview, DraftState, ImportRun } from './staff-api';

const stateWords: Readonly<Record<DraftState, string>> = {
  draft: '还在写',
  submitted: '等审核',
  sentBack: '已退回',
  reviewed: '已通过，还没定公布时间',
  scheduled: '等公布',
  published: '已公布',
  withdrawn: '已放弃',
};
const order: readonly DraftState[] = [
  'submitted',
  'draft',
  'sentBack',
  'reviewed',
  'scheduled',
  'published',
  'withdrawn',
];

/** How the drafts of an import stand, in one line: `等审核 3 份，已退回 1 份`. */
export function standingInWords({ states }: Pick<ImportRun, 'states'>): string {
  const parts = order.flatMap((state) => (states[state] ? [`${stateWords[state]} ${states[state]} 份`] : []));
  return parts.length > 0 ? parts.join('，') : '没有您能看的草稿';
}

/** What an order came to, or how far it is. */
export function reviewInWords(review: BulkReview): string {
  const { decision, total, done, unchanged, failed, finishedAt } = review;
  const verb = decision === 'approve' ? '通过' : '退回';
  if (finishedAt === null) return `正在${verb}：已看 ${done + unchanged + failed} 份，共 ${total} 份。`;
  if (total === 0) return '没有等审核的草稿，什么都没有变。';
  const parts = [`${verb} ${done} 份`];
  if (unchanged > 0) parts.push(`${unchanged} 份以前就办过`);
  parts.push(failed > 0 ? `${failed} 份没有办成，原样留着` : '全部办成');
  return `办完了：${parts.join('，')}。`;
}

/** An instant as officers here read it. */
export function momentInWords(instant: string): string {
  return new Intl.DateTimeFormat('zh-CN', {
    timeZone: 'Asia/Shanghai',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  }).format(new Date(instant));
}
