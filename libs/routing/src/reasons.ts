import { type CatalogueEntry } from '@linli/contracts';
import { type Saying } from './lexicon/saying';
import { normalise, quote, type Reading } from './normalise';
import { type Found } from './phrase-finder';
import { inStandardSpeech } from './speech';

const han = /\p{Script=Han}/u;

type Span = readonly [start: number, end: number];

/** The words of one entry that a text is compared with, in plain standard speech. */
export interface EntryWords {
  readonly name: string;
  readonly official: readonly { readonly plain: string; readonly shown: string }[];
  readonly phrasings: readonly string[];
}

const mostReasons = 2;
const mostQuotes = 3;
const longestText = 200;
/** Words that every question holds and that therefore explain nothing. */
const empty =
  /^(怎么|什么|哪里|多少|可以|能不能|有没有|是不是|现在|需要|申请|办理|家里|这个|那个|一个|每月|每年|每天|时候|问题|手续|政策|听说|补贴|在哪|有人)+$/;

function plainOf(text: string): string {
  return inStandardSpeech(normalise(text)).text;
}

/** Prepares an entry for comparison. */
export function entryWordsOf(entry: CatalogueEntry): EntryWords {
  const shown = Array.from(new Set([...entry.keywords, ...entry.aliases, entry.name]));
  return {
    name: entry.name,
    official: shown.map((word) => ({ plain: plainOf(word), shown: word })),
    phrasings: entry.phrasings.map(plainOf),
  };
}

/** For each place of a text, where the run of Chinese characters around it ends. */
function runEnds(text: string): Uint16Array {
  const ends = new Uint16Array(text.length + 1);
  for (let at = text.length - 1; at >= 0; at -= 1) {
    const own = han.test(text.charAt(at));
    ends[at] = own ? Math.max(at + 1, ends[at + 1] ?? 0) : at;
  }
  return ends;
}

/** The longest run of Chinese characters in `text` that also stands in `other`; an empty span when none is two long. */
function longestShared(text: string, ends: Uint16Array, other: string): Span {
  let best: Span = [0, 0];
  for (let start = 0; start + 1 < text.length; start += 1) {
    let end = start + Math.max(2, best[1] - best[0] + 1);
    while (end <= (ends[start] ?? 0) && other.includes(text.slice(start, end))) {
      best = [start, end];
      end += 1;
    }
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

function bySayings(reading: Reading, sayings: readonly Found<Saying>[]): { quotes: string[]; target: string }[] {
  const grouped = new Map<string, { saying: Saying; spans: Span[] }>();
  for (const { saying, spans } of sayings) {
    const group = grouped.get(saying.means) ?? { saying, spans: [] };
    group.spans.push(...spans);
    grouped.set(saying.means, group);
  }
  return Array.from(grouped.values(), ({ saying, spans }) => {
    const said = spans.map(([start, end]) => reading.text.slice(start, end)).join('');
    return { quotes: quotesOf(reading, spans).slice(0, mostQuotes), target: labelOf(saying, said) };
  });
}

/** The entry's own word that shares the longest run with the text. */
function byOwnWords(reading: Reading, text: string, words: EntryWords): { quotes: string[]; target: string }[] {
  let best: { span: Span; shown: string } | undefined;
  const ends = runEnds(text);
  for (const { plain, shown } of words.official) {
    const span = longestShared(text, ends, plain);
    const length = span[1] - span[0];
    if (length < 2 || empty.test(text.slice(...span))) continue;
    if (best === undefined || length > best.span[1] - best.span[0]) best = { span, shown };
  }
  if (best === undefined) return [];
  const quotes = quotesOf(reading, [best.span]);
  return [{ quotes, target: quotes[0] === best.shown ? words.name : best.shown }];
}

function byPhrasing(reading: Reading, text: string, words: EntryWords): { quotes: string[]; target: string }[] {
  const ends = runEnds(text);
  const spans = words.phrasings.map((phrasing) => longestShared(text, ends, phrasing));
  const longest = spans.reduce<Span>((best, span) => (span[1] - span[0] > best[1] - best[0] ? span : best), [0, 0]);
  if (longest[1] - longest[0] < 3 || empty.test(text.slice(...longest))) return [];
  return [{ quotes: quotesOf(reading, [longest]), target: words.name }];
}

/**
 * Why an entry was found, in a few words: `「瘫在床上」「伺候」→ 失能`. The lexicon's sayings go first, then the entry's own words, then
 * how others asked; quotes are the resident's own characters.
 */
export function reasonsFor(reading: Reading, sayings: readonly Found<Saying>[], words: EntryWords): string[] {
  const text = reading.text.slice(0, longestText);
  const reasons = bySayings(reading, sayings);
  const said = reasons.flatMap(({ quotes }) => quotes).join(' ');
  const own = byOwnWords(reading, text, words);
  reasons.push(...own.filter(({ quotes }) => quotes.every((one) => !said.includes(one))));
  if (reasons.length === 0) reasons.push(...byPhrasing(reading, text, words));
  return reasons
    .slice(0, mostReasons)
    .map(({ quotes, target }) => `${quotes.map((one) => `「${one}」`).join('')}→ ${target}`);
}
