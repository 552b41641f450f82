import { type CountedFeatures } from './feature-table';

/** A text as the model sees it: rare features count more, and long texts no more than short ones. */
export interface Seen {
  readonly ids: Int32Array;
  readonly values: Float32Array;
}

/** What was learned: for each feature, the classes it speaks for or against. Plain typed arrays. */
export interface LinearModel {
  readonly classes: number;
  /** How much each feature counts; 0 for those no lesson held. */
  readonly rarity: Float32Array;
  readonly starts: Int32Array;
  readonly owners: Uint16Array;
  readonly weights: Float32Array;
  readonly leaning: Float32Array;
}

/** A text as a model sees it that knows how rare each feature is. */
export function see({ ids, times }: CountedFeatures, rarity: Float32Array): Seen {
  const values = new Float32Array(ids.length);
  let square = 0;
  for (let at = 0; at < ids.length; at += 1) {
    const value = Math.sqrt(times[at] ?? 0) * (rarity[ids[at] ?? 0] ?? 0);
    values[at] = value;
    square += value * value;
  }
  const length = Math.sqrt(square) || 1;
  for (let at = 0; at < values.length; at += 1) values[at] = (values[at] ?? 0) / length;
  return { ids, values };
}

/** What the model says for each class; higher is likelier, differences are log odds. */
export function judge(model: LinearModel, features: CountedFeatures): Float64Array {
  const { ids, values } = see(features, model.rarity);
  const { starts, owners, weights } = model;
  const scores = new Float64Array(model.leaning);
  for (let at = 0; at < ids.length; at += 1) {
    const value = values[at] ?? 0;
    if (value === 0) continue;
    const id = ids[at] as number;
    const end = starts[id + 1] as number;
    for (let place = starts[id] as number; place < end; place += 1) {
      const one = owners[place] as number;
      scores[one] = (scores[one] as number) + (weights[place] as number) * value;
    }
  }
  return scores;
}
