import { sayingsOf } from './lexicon/saying';
import { speechWords } from './lexicon/speech';
import { reword, type Reading, type Rewording } from './normalise';

const standard = new Map(sayingsOf(speechWords).map(({ parts, means }) => [parts.join(''), means]));
/** By character code: how long the longest word is that begins with it. */
const reach = new Uint8Array(0x10000);
for (const word of standard.keys()) {
  const first = word.charCodeAt(0);
  reach[first] = Math.max(reach[first] ?? 0, word.length);
}

/** Reads dialect words as standard ones, longest first, keeping the resident's own words as source. */
export function inStandardSpeech(reading: Reading): Reading {
  const { text } = reading;
  const rewordings: Rewording[] = [];
  for (let start = 0; start < text.length;) {
    const end = wordEnd(text, start);
    if (end > start) rewordings.push({ start, end, words: standard.get(text.slice(start, end)) ?? '' });
    start = Math.max(end, start + 1);
  }
  return reword(reading, rewordings);
}

function wordEnd(text: string, start: number): number {
  const longest = reach[text.charCodeAt(start)] ?? 0;
  for (let end = Math.min(text.length, start + longest); end > start; end -= 1) {
    if (standard.has(text.slice(start, end))) return end;
  }
  return start;
}
