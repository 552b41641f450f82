import { writtenSayings } from './lexicon/lexicon';
import { type Saying } from './lexicon/saying';
import { inStandardSpeech } from './speech';

/** The lexicon's sayings in the standard speech that residents' texts are read in. */
export const officialSayings: readonly Saying[] = writtenSayings.map(({ parts, means }) => ({
  parts: parts.map((part) => inStandardSpeech({ text: part, source: part }).text),
  means,
}));
