import { type CountedFeatures } from './feature-table';
import { type Field } from './weights';

/** One text that speaks for an entry, and which of its fields it is. */
export interface Document {
  /** Position of the entry it speaks for. */
  readonly owner: number;
  readonly field: Field;
  readonly features: CountedFeatures;
  /** The features and what of dangers is in the text; only of what residents say. */
  readonly withSigns?: CountedFeatures;
}
