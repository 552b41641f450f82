import texts from './example-texts.json';
import { type CountedFeatures } from './feature-table';

/** What a text may be that asks for no entry: nobody's business here, a wish for a person, or a danger, by the number to call. */
export const besides = ['outside', 'human', '110', '119', '120', '122'] as const;

/** One of them. */
export type Beside = (typeof besides)[number];

/** How people write each of them. */
export const exampleTexts: Readonly<Record<Beside, readonly string[]>> = {
  outside: Object.values(texts.outside).flat(),
  human: texts.human,
  ...texts.emergency,
};

/** One of them taken apart. */
export interface Example {
  readonly features: CountedFeatures;
  /** The features and what of dangers is in the text. */
  readonly withSigns: CountedFeatures;
}
