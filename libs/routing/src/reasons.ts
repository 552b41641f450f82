import { type CatalogueEntry } from '@linli/contracts';
import { type Saying } from './lexicon/saying';
import { normalise, quote, type Reading } from './normalise';
import { type Found } from './phrase-finder';
import { inStandardSpeech } from './speech';

const han = /\p{Script=Han}/u;

type Span = readonly [start: number, end: number];

/** Words in plain standard speech, and for all of them together the marks of their pairs of characters and whose each is. */
interface Words {
  readonly plain: readonly string[];
  readonly marks: Uint16Array;
  readonly places: Uint16Array;
}

/** The words of one entry that a text is compared with. */
export interface EntryWords {
  readonly name: string;
  /** The entry's own words as they are shown, and in plain speech. */
  readonly shown: readonly string[];
  readonly official: Words;
  readonly phrasings: Words;
}

const mostReasons = 2;
const mostQuotes = 3;
const longestText = 200;
/** Words that every question holds and that therefore explain nothing. */
const empty =
  /^(怎么|什么|哪里|多少|可以|能不能|有没有|是不是|现在|需要|申请|办理|家里|这个|那个|一个|每月|每年|每天|时候|问题|手续|政策|听说|补贴|在哪|有人|附近|周边|附近哪里|附近哪|哪里能|哪里有|地方)+$/;

function wordsOf(texts: readonly string[]): Words {
  const plain = texts.map((text) => inStandardSpeech(normalise(text)).text);
  const marks: number[] = [];
  const places: number[] = [];
  plain.forEach((word, place) => {
    for (let at = 0; at + 1 < word.length; at += 1) {
      marks.push(markAt(word, at));
      places.push(place);
    }
  });
  return { plain, marks: Uint16Array.from(marks), places: Uint16Array.from(places) };
}

/** Prepares an entry for comparison. */
export function entryWordsOf(entry: CatalogueEntry): EntryWords {
  const shown = Array.from(new Set([...entry.keywords, ...entry.aliases, entry.name]));
  return { name: entry.name, shown, official: wordsOf(shown), phrasings: wordsOf(entry.phrasings) };
}

const markCount = 0x1000;

function markAt(text: string, at: number): number {
  return (Math.imul(text.charCodeAt(at), 31) + Math.imul(text.charCodeAt(at + 1), 0x9e3b)) & (markCount - 1);
}

/** By the mark of a pair of characters: whether it stands in the text that is being explained. */
const standing = new Uint8Array(markCount);
/** For each place of that text, where the run of Chinese characters around it ends. */
const ends = new Uint16Array(longestText + 1);

function findRuns(text: string): void {
  ends[text.length] = 0;
  for (let at = text.length - 1; at >= 0; at -= 1) {
    const own = han.test(text.charAt(at));
    ends[at] = own ? Math.max(at + 1, ends[at + 1] ?? 0) : at;
  }
}

/** The text that is being explained, as far as it is compared. */
interface Explained {
  readonly reading: Reading;
  readonly text: string;
}

function beginWith(reading: Reading): Explained {
  const text = reading.text.slice(0, longestText);
  standing.fill(0);
  for (let at = 0; at + 1 < text.length; at += 1) standing[markAt(text, at)] = 1;
  findRuns(text);
  return { reading, text };
}

/** The longest run of Chinese characters, of more than `least`, that the text shares with a word; undefined when there is none. */
function longestShared(text: string, word: string, least: number): Span | undefined {
  let best: Span | undefined;
  let length = Math.max(2, least + 1);
  for (let start = 0; start + length <= text.length; start += 1) {
    while (start + length <= (ends[start] as number) && word.includes(text.slice(start, start + length))) {
      best = [start, start + length];
      length += 1;
    }
  }
  return best;
}

/** The first of the words that shares the longest run with the text, longer than `least` and not one that `isEmpty`. */
function bestShared(
  text: string,
  { plain, marks, places }: Words,
  least: number,
  isEmpty: (span: Span) => boolean,
): { readonly span: Span; readonly place: number } | undefined {
  let best: { readonly span: Span; readonly place: number } | undefined;
  let last = -1;
  for (let at = 0; at < marks.length; at += 1) {
    if (standing[marks[at] as number] === 0) continue;
    const place = places[at] as number;
    if (place === last) continue;
    last = place;
    const span = longestShared(text, plain[place] ?? '', best === undefined ? least : best.span[1] - best.span[0]);
    if (span !== undefined && !isEmpty(span)) best = { span, place };
  }
  return best;
}

/** The official word that looks most like what was said, else the first short one. */
function labelOf({ means }: Saying, said: string): string {
  const words = means.split(' ');
  const shared = (word: string): number => Array.from(said).filter((character) => word.includes(character)).length;
  const short = words.find((word) => word.length <= 8) ?? words[0] ?? means;
  return words.reduce((best, word) => (shared(word) > shared(best) ? word : best), short);
}

/** Spans in order, without those that lie within another. */
function outermost(spans: readonly Span[]): Span[] {
  const longestFirst = [...spans].sort((one, other) => other[1] - other[0] - (one[1] - one[0]));
  const kept: Span[] = [];
  for (const span of longestFirst) {
    if (!kept.some(([start, end]) => start <= span[0] && end >= span[1])) kept.push(span);
  }
  return kept.sort((one, other) => one[0] - other[0]);
}

function quotesOf(reading: Reading, spans: readonly Span[]): string[] {
  return Array.from(new Set(outermost(spans).map(([start, end]) => quote(reading, start, end))));
}

/** A part of an explanation: what was said, and what it speaks for. */
interface Reason {
  readonly quotes: readonly string[];
  readonly target: string;
}

/** What the lexicon's sayings in a text say, by the official words they mean. */
function bySayings(reading: Reading, sayings: readonly Found<Saying>[]): ReadonlyMap<string, Reason> {
  const grouped = new Map<string, { saying: Saying; spans: Span[] }>();
  for (const { saying, spans } of sayings) {
    const group = grouped.get(saying.means);
    if (group === undefined) grouped.set(saying.means, { saying, spans: [...spans] });
    else group.spans.push(...spans);
  }
  const reasons = new Map<string, Reason>();
  for (const [means, { saying, spans }] of grouped) {
    const said = spans.map(([start, end]) => reading.text.slice(start, end)).join('');
    reasons.set(means, { quotes: quotesOf(reading, spans).slice(0, mostQuotes), target: labelOf(saying, said) });
  }
  return reasons;
}

/** The entry's own word that shares the longest run with the text. */
function byOwnWords(explained: Explained, { name, shown, official }: EntryWords): Reason | undefined {
  const best = bestShared(explained.text, official, 0, (span) => empty.test(explained.text.slice(...span)));
  if (best === undefined) return undefined;
  const quotes = quotesOf(explained.reading, [best.span]);
  const word = shown[best.place] ?? name;
  return { quotes, target: quotes[0] === word ? name : word };
}

function byPhrasing(explained: Explained, { name, phrasings }: EntryWords): Reason | undefined {
  const best = bestShared(explained.text, phrasings, 2, () => false);
  if (best === undefined || empty.test(explained.text.slice(...best.span))) return undefined;
  return { quotes: quotesOf(explained.reading, [best.span]), target: name };
}

/** Characters that every sentence holds. */
const small =
  '的了是不我你他她它有在也要人来这那就说还都和与及给把被让去到上下里外大小多少好几个只没过着很太又再能会可想问请吗呢吧啊呀怎么什谁哪办年月天家门口得地为什以用开点些样事';
/** The character of the text that most of the entry's phrasings hold: where no word is shared, one sign may be. */
function byCharacter(explained: Explained, { name, phrasings }: EntryWords): Reason | undefined {
  let best = 0;
  let at = -1;
  for (let place = 0; place < explained.text.length; place += 1) {
    const character = explained.text.charAt(place);
    if (!han.test(character) || small.includes(character)) continue;
    const count = phrasings.plain.reduce((sum, one) => sum + (one.includes(character) ? 1 : 0), 0);
    if (count > best) [best, at] = [count, place];
  }
  return at < 0 ? undefined : { quotes: quotesOf(explained.reading, [[at, at + 1]]), target: name };
}

/** Explains one entry; `names` tells which official words name it. */
export type Explain = (names: (means: string) => boolean, words: EntryWords) => string[];

/**
 * Why entries were found, in a few words: `「瘫在床上」「伺候」→ 失能`. The lexicon's sayings go first, then the entry's own words, then
 * how others asked; quotes are the resident's own characters. One text is explained at a time.
 */
export function reasonsIn(reading: Reading, sayings: readonly Found<Saying>[]): Explain {
  const said = bySayings(reading, sayings);
  const explained = beginWith(reading);
  return (names, words) => {
    const reasons: Reason[] = [];
    for (const [means, reason] of said) if (names(means)) reasons.push(reason);
    const quoted = reasons.flatMap(({ quotes }) => quotes).join(' ');
    const own = byOwnWords(explained, words);
    if (own?.quotes.every((one) => !quoted.includes(one)) === true) reasons.push(own);
    const other = reasons.length === 0 ? (byPhrasing(explained, words) ?? byCharacter(explained, words)) : undefined;
    if (other !== undefined) reasons.push(other);
    return reasons
      .slice(0, mostReasons)
      .map(({ quotes, target }) => `${quotes.map((one) => `「${one}」`).join('')}→ ${target}`);
  };
}
