import { agesIn } from './ages';
import { type Segmenter } from './segmenter';
import { soundOf } from './syllables';

/**
 * What a text is known by: features with their counts. Words begin with `#`, pairs of sounds with `~`, sayings of the lexicon with `@`,
 * ages with `age:`; the rest are single characters and pairs of them.
 */
export type Features = Map<string, number>;

const stretch = /[\p{Script=Han}]+|[a-z0-9]+/gu;
const betweenCharacters = /(?<=\p{Script=Han}) (?=\p{Script=Han})/gu;

/** A text without the blanks that people leave between Chinese characters. */
export function joinedUp(text: string): string {
  return text.includes(' ') ? text.replace(betweenCharacters, '') : text;
}
const hanFirst = /^\p{Script=Han}/u;

function count(features: Features, feature: string): void {
  features.set(feature, (features.get(feature) ?? 0) + 1);
}

function addRuns(features: Features, text: string): void {
  let heard: string | undefined;
  for (let start = 0; start < text.length; start += 1) {
    const character = text.charAt(start);
    count(features, character);
    if (start + 2 <= text.length) count(features, text.slice(start, start + 2));
    const sound = soundOf(character);
    if (heard !== undefined && sound !== undefined) count(features, `~${heard} ${sound}`);
    heard = sound;
  }
}

/** Takes a plain text apart into characters, pairs of characters, pairs of sounds, words, ages and what its sayings mean. */
export function featuresOf(text: string, segment: Segmenter, means: Iterable<string> = []): Features {
  const features: Features = new Map();
  const joined = joinedUp(text);
  for (const [piece] of joined.matchAll(stretch)) {
    if (hanFirst.test(piece)) addRuns(features, piece);
    else count(features, `#${piece}`);
  }
  for (const word of segment(joined)) if (word.length > 1 && hanFirst.test(word)) count(features, `#${word}`);
  for (const age of agesIn(text)) count(features, age);
  for (const one of means) features.set(`@${one}`, 1);
  return features;
}
