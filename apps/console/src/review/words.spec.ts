import { momentInWords, reviewInWords, standingInWords } from './words';

const review = {
  id: 'r',
  decision: 'approve',
  orderedAt: '2026-03-10T02:00:00Z',
  total: 10,
  done: 0,
  unchanged: 0,
  failed: 0,
  finishedAt: null,
} as const;

describe('what a reviewer reads', () => {
  it.each([
    [{ ...review, done: 3, failed: 1 }, '正在通过：已看 4 份，共 10 份。'],
    [{ ...review, done: 10, finishedAt: 'x' }, '办完了：通过 10 份，全部办成。'],
    [
      { ...review, decision: 'sendBack', done: 7, unchanged: 1, failed: 2, finishedAt: 'x' } as const,
      '办完了：退回 7 份，1 份以前就办过，2 份没有办成，原样留着。',
    ],
    [{ ...review, total: 0, finishedAt: 'x' }, '没有等审核的草稿，什么都没有变。'],
  ])('of an order: %#', (one, words) => expect(reviewInWords(one)).toBe(words));

  it('of an import', () => {
    expect(standingInWords({ states: { sentBack: 1, submitted: 3 } })).toBe('等审核 3 份，已退回 1 份');
    expect(standingInWords({ states: {} })).toBe('没有您能看的草稿');
    expect(momentInWords('2026-03-10T02:05:00Z')).toBe('3月10日 10:05');
  });
});
