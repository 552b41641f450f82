import { localDate } from '@linli/kernel';
import { papersPage } from './papers-page';

describe('the page behind the code of a paper', () => {
  it('says number, kind, date and state, and nothing else of the case', () => {
    const issuedOn = localDate(new Date('2026-03-17T10:00+08:00'));
    const page = papersPage({ number: '2600000067', title: '受理凭证', issuedOn, state: 'accepted' });
    const said = [...page.matchAll(/<p>(.*)<\/p>/g)].map(([, line]) => line);
    expect(said).toEqual([
      '这份文书是真的，由我们出具。',
      '文书：受理凭证',
      '办件编号：2600000067',
      '出具日期：2026年3月17日',
      '办件现在的状态：已受理',
    ]);
  });

  it('says of a code we never gave out that the paper may not be ours', () => {
    expect(papersPage(null)).toContain('可能不是我们出具的');
  });
});
