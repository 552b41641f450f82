import { sayingsOf } from './lexicon/saying';
import { speechWords } from './lexicon/speech';
import { reword, type Reading, type Rewording } from './normalise';

const standard = new Map(sayingsOf(speechWords).map(({ parts, means }) => [parts.join(''), means]));
const firsts = new Set(Array.from(standard.keys(), (word) => word.charAt(0)));
const longest = Math.max(...Array.from(standard.keys(), (word) => word.length));

/** Reads dialect words as standard ones, longest first, keeping the resident's own words as source. */
export function inStandardSpeech(reading: Reading): Reading {
  const { text } = reading;
  const rewordings: Rewording[] = [];
  for (let start = 0; start < text.length;) {
    const end = firsts.has(text.charAt(start)) ? wordEnd(text, start) : start;
    if (end > start) rewordings.push({ start, end, words: standard.get(text.slice(start, end)) ?? '' });
    start = Math.max(end, start + 1);
  }
  return reword(reading, rewordings);
}

function wordEnd(text: string, start: number): number {
  for (let end = Math.min(text.length, start + longest); end > start; end -= 1) {
    if (standard.has(text.slice(start, end))) return end;
  }
  return start;
}
