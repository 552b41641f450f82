import { agesIn } from './ages';
import { type Segmenter } from './segmenter';

/** What a text is known by: features with their counts. Words begin with `#`, ages with `age:`; the rest are single characters and pairs. */
export type Features = Map<string, number>;

const stretch = /[\p{Script=Han}]+|[a-z0-9]+/gu;
const betweenCharacters = /(?<=\p{Script=Han}) (?=\p{Script=Han})/gu;
const silent = new Set(
  '的了吗呢啊呀吧嘛哦么着过地得是在有和与及就都也还又很太个这那我你您他她它们要想能会可不怎给把被让到去来说问请',
);

function count(features: Features, feature: string): void {
  features.set(feature, (features.get(feature) ?? 0) + 1);
}

function addRuns(features: Features, text: string): void {
  for (let start = 0; start < text.length; start += 1) {
    if (!silent.has(text.charAt(start))) count(features, text.charAt(start));
    if (start + 2 <= text.length) count(features, text.slice(start, start + 2));
  }
}

/** Takes a plain text apart into characters, pairs of characters, words and ages. */
export function featuresOf(text: string, segment: Segmenter): Features {
  const features: Features = new Map();
  const joined = text.replace(betweenCharacters, '');
  for (const [piece] of joined.matchAll(stretch)) {
    if (/^[a-z0-9]/.test(piece)) {
      count(features, `#${piece}`);
      continue;
    }
    addRuns(features, piece);
    for (const word of segment(piece)) if (word.length > 1) count(features, `#${word}`);
  }
  for (const age of agesIn(text)) count(features, age);
  return features;
}
