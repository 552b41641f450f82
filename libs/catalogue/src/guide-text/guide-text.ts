import type { CatalogueEntry } from '@linli/contracts';
import { partsOf, type GuidePart } from './lines';

/** Characters one message may have. */
export const messageLimit = 600;
/** Room for the line that counts the pages. */
const footRoom = 16;

/** The guide as messages of at most 600 characters each, plain text, a part never begun at the very end of a page. */
export function guideText(entry: CatalogueEntry): string[] {
  const head = `「${cut(entry.name, 80)}」`;
  const parts = entry.guide
    ? partsOf(entry, entry.guide)
    : [{ title: '说明', lines: [entry.summary, `负责部门：${entry.department.name}`] }];
  const pages = pagesOf(head, parts, messageLimit - footRoom);
  if (pages.length === 1) return pages;
  return pages.map((page, at) => `${page}\n（第${at + 1}页，共${pages.length}页）`);
}

function pagesOf(head: string, parts: readonly GuidePart[], limit: number): string[] {
  const pages: string[] = [];
  let page = head;
  for (const block of parts.flatMap((part) => blocksOf(part, limit - head.length - 1))) {
    if (page.length + block.length + 1 > limit) {
      pages.push(page);
      page = head;
    }
    page = `${page}\n${block}`;
  }
  return [...pages, page];
}

/** A part in pieces that each fit a page; the heading stays with the first line and comes again on later pieces. */
function blocksOf({ title, lines }: GuidePart, limit: number): string[] {
  const heading = `【${title}】`;
  const blocks: string[] = [];
  let block = heading;
  for (const line of lines.flatMap((one) => pieces(one, limit - heading.length - 3))) {
    if (block.length + line.length + 1 > limit) {
      blocks.push(block);
      block = `【${title}】续`;
    }
    block = `${block}\n${line}`;
  }
  return [...blocks, block];
}

function pieces(line: string, limit: number): string[] {
  const signs = Array.from(line.replace(/\s+/g, ' ').trim());
  const found: string[] = [];
  let piece = '';
  for (const sign of signs) {
    if (piece.length + sign.length > limit) {
      found.push(piece);
      piece = '';
    }
    piece += sign;
  }
  return piece === '' ? found : [...found, piece];
}

function cut(text: string, limit: number): string {
  const signs = Array.from(text);
  return signs.length <= limit ? text : `${signs.slice(0, limit - 1).join('')}…`;
}
