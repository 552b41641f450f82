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

/** The values of the text that is being judged. */
let sheet = new Float32Array(1024);

/** As `see`, on the shared sheet. */
function seeNow({ ids, times }: CountedFeatures, rarity: Float32Array): Float32Array {
  if (sheet.length < ids.length) sheet = new Float32Array(2 * ids.length);
  const values = sheet;
  let square = 0;
  for (let at = 0; at < ids.length; at += 1) {
    const value = Math.sqrt(times[at] as number) * (rarity[ids[at] as number] as number);
    values[at] = value;
    square += value * value;
  }
  const length = Math.sqrt(square) || 1;
  for (let at = 0; at < ids.length; at += 1) values[at] = (values[at] as number) / length;
  return values;
}

/** What the model says for each class, written into `scores`; higher is likelier, differences are log odds. */
export function judge(model: LinearModel, features: CountedFeatures, scores: Float64Array): Float64Array {
  const { starts, owners, weights, leaning, rarity } = model;
  const { ids } = features;
  const values = seeNow(features, rarity);
  for (let one = 0; one < scores.length; one += 1) scores[one] = leaning[one] as number;
  for (let at = 0; at < ids.length; at += 1) {
    const value = values[at] as number;
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
