/** An answer the resident can tap instead of typing its digit. */
export interface Choice {
  readonly digit: string;
  readonly label: string;
}

/** A reply's text split at its list of choices; without choices everything is `before`. */
export interface ReplyParts {
  readonly before: string;
  readonly choices: readonly Choice[];
  readonly after: string;
}

/** A run of plain text, a link, or words that are sent when tapped. */
export interface TextRun {
  readonly text: string;
  readonly href?: string;
  readonly say?: { readonly text: string; readonly menuId?: string };
}

interface FoundList {
  readonly start: number;
  readonly choices: Choice[];
}

const numbered = /^\s*(\d{1,2})\s*[.．、)）:：]\s*(\S.*)$/;
const graded = /^\s*([1-5])\s*[.．、)）:：=＝—-]?\s*(非常满意|满意|基本满意|比较满意|一般|不满意|非常不满意)\s*$/;
const asks = /回复|选|数字|序号|点一下|哪(一|个|件|项|种|样|位|家|条|处)/;

/**
 * Finds what can be answered with a digit: five grades from 5 to 1, or the last list that counts from 1 when the
 * line above it or the words below it ask for a choice. Lists of steps and materials stay text.
 */
export function splitReply(text: string): ReplyParts {
  const lines = text.split('\n');
  const isGrading = ({ choices }: FoundList): boolean => digitsOf(choices) === '5,4,3,2,1';
  const list = lastList(lines, graded, isGrading) ?? lastList(lines, numbered, (found) => isQuestion(lines, found));
  if (list === null) return { before: text, choices: [], after: '' };
  const before = lines.slice(0, list.start).join('\n').trimEnd();
  const after = lines
    .slice(list.start + list.choices.length)
    .join('\n')
    .trim();
  return { before, choices: list.choices, after };
}

function isQuestion(lines: readonly string[], { start, choices }: FoundList): boolean {
  if (digitsOf(choices) !== choices.map((_, index) => index + 1).join()) return false;
  const above = lines.slice(0, start).findLast((line) => line.trim() !== '') ?? '';
  const below = lines.slice(start + choices.length).join('\n');
  return asks.test(above) || asks.test(below);
}

function digitsOf(choices: readonly Choice[]): string {
  return choices.map((choice) => choice.digit).join();
}

function lastList(lines: readonly string[], shape: RegExp, fits: (list: FoundList) => boolean): FoundList | null {
  let found: FoundList | null = null;
  let current: FoundList | null = null;
  for (const [index, line] of [...lines, ''].entries()) {
    const match = shape.exec(line);
    if (match !== null) {
      current ??= { start: index, choices: [] };
      current.choices.push({ digit: match[1] ?? '', label: match[2] ?? '' });
      continue;
    }
    if (current !== null && fits(current)) found = current;
    current = null;
  }
  return found;
}

const anchor = /<a\s([^>]*)>([\s\S]*?)<\/a>/g;
const hrefOf = /\bhref=(?:"([^"]*)"|'([^']*)')/;
const webAddress = /^https?:\/\/[^\s/]/i;
const ownPath = /^\/(?![/\\])/;
/** Bare addresses, and numbers one can ring: area code or 400 with a number, a mobile, or a short number after 拨打. */
const bare =
  /(https?:\/\/[\w\-.~:/?#[\]@!$&'()*+,;=%]+)|(?<![\d-])(0\d{2,3}-\d{7,8}|400-\d{3,4}-\d{3,4}|1[3-9]\d{9}|(?<=拨打?\s?)1\d{2,4})(?![\d-])/g;

/** Splits text at the links WeChat allows in it; an address of any other kind keeps only its words. */
export function textRuns(text: string): TextRun[] {
  const runs: TextRun[] = [];
  let end = 0;
  for (const match of text.matchAll(anchor)) {
    runs.push(...plainRuns(text.slice(end, match.index)));
    runs.push(anchorRun(match[1] ?? '', match[2] ?? ''));
    end = match.index + match[0].length;
  }
  return [...runs, ...plainRuns(text.slice(end))];
}

function anchorRun(attributes: string, text: string): TextRun {
  const found = hrefOf.exec(attributes);
  const wanted = (found?.[1] ?? found?.[2] ?? '').replaceAll('&amp;', '&').trim();
  const href = safeHref(wanted);
  if (href !== null) return { text, href };
  if (!wanted.startsWith('weixin://bizmsgmenu?')) return { text };
  const query = new URLSearchParams(wanted.slice(wanted.indexOf('?')));
  const menuId = query.get('msgmenuid');
  const say = query.get('msgmenucontent') ?? text;
  return { text, say: { text: say, ...(menuId === null ? {} : { menuId }) } };
}

/** The address when it leads to the web or to this server's own pages, else null. */
export function safeHref(address: string): string | null {
  return webAddress.test(address) || ownPath.test(address) ? address : null;
}

function plainRuns(text: string): TextRun[] {
  const runs: TextRun[] = [];
  let end = 0;
  for (const match of text.matchAll(bare)) {
    const shown = match[0].replace(/[.,;:!?'()]+$/, '');
    if (match.index > end) runs.push({ text: text.slice(end, match.index) });
    runs.push({ text: shown, href: match[1] === undefined ? `tel:${shown}` : shown });
    end = match.index + shown.length;
  }
  if (end < text.length) runs.push({ text: text.slice(end) });
  return runs;
}
