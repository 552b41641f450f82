/** Characters (UTF-16) a reply may have. At three bytes each at worst it stays under 2,000 bytes of UTF-8 as well. */
export const replyLimit = 600;
/** Characters a resident's text may have to be looked at. */
export const textLimit = 2000;

const simplified: Readonly<Record<string, string>> = Object.fromEntries(
  '進进 幫帮 繼继 續续 後后 過过 評评 價价 無无 沒没 辦办 個个 號号 對对 確确 認认 錯错 發发 鄰邻 裡里 裏里 補补 單单 門门 滿满 儘尽 選选 擇择 現现 請请 啟启 謝谢 轉转 條条 項项 種种 樣样 點点 貳二 兩两 壹一'
    .split(' ')
    .map((pair) => [pair.slice(0, 1), pair.slice(1)]),
);

/** Text without what no reader sees: lone surrogates, control and zero-width characters. Line breaks stay. */
export function cleanText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\p{Cs}|\p{Cf}/gu, '')
    .replace(/[^\P{Cc}\n]/gu, ' ')
    .trim();
}

/** Text reduced to what is compared: letters and digits alone, half width, lower case, simplified. */
export function fold(text: string): string {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
  return Array.from(plain, (sign) => simplified[sign] ?? sign).join('');
}

/** The text cut to `limit` characters with an ellipsis, never through the middle of one. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = text.slice(0, Math.max(0, limit - 1));
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}

/** The text on one line, cut to `limit`. */
export function oneLine(text: string, limit: number): string {
  return shorten(text.replace(/\s+/g, ' ').trim(), limit);
}

/** As many of the lines as fit into `limit` characters, and how many did not. */
export function fitting(lines: readonly string[], limit: number): { readonly lines: string[]; readonly left: number } {
  const fit: string[] = [];
  let used = 0;
  for (const line of lines) {
    if (used + line.length + 1 > limit) break;
    used += line.length + 1;
    fit.push(line);
  }
  return { lines: fit, left: lines.length - fit.length };
}

/** The lines on pages of at most `limit` characters; a line longer than a page runs on. */
export function pagesOf(lines: readonly string[], limit: number): string[] {
  const pages: string[] = [];
  let page = '';
  for (const piece of lines.flatMap((line) => pieces(line, limit))) {
    if (page !== '' && page.length + piece.length + 1 > limit) {
      pages.push(page);
      page = '';
    }
    page = page === '' ? piece : `${page}\n${piece}`;
  }
  return page === '' && pages.length > 0 ? pages : [...pages, page];
}

function pieces(line: string, limit: number): string[] {
  const found: string[] = [];
  let piece = '';
  for (const sign of line) {
    if (piece.length + sign.length > limit) {
      found.push(piece);
      piece = '';
    }
    piece += sign;
  }
  return [...found, piece];
}
