import type { CheckedPaper } from '@linli/casework';
import { dayInWords, stateWords } from './papers-words';

/** What the code on a paper leads to: whether it is ours, and how the case stands; no word of whose it is. */
export function papersPage(paper: CheckedPaper | null): string {
  const lines = paper
    ? [
        '这份文书是真的，由我们出具。',
        `文书：${paper.title}`,
        `办件编号：${paper.number}`,
        `出具日期：${dayInWords(paper.issuedOn)}`,
        `办件现在的状态：${stateWords[paper.state]}`,
      ]
    : ['没有查到这份文书。它可能不是我们出具的，请拿着它到窗口核对，或者拨打12345。'];
  return [
    '<!doctype html>',
    '<html lang="zh-CN"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<title>文书查验</title></head><body>',
    '<h1>文书查验</h1>',
    ...lines.map((line) => `<p>${line}</p>`),
    '</body></html>',
  ].join('\n');
}
