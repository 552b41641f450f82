import { type Corpus } from './corpus';
import { featuresOf } from './features';
import { type Saying } from './lexicon/saying';
import { normalise } from './normalise';
import { type Found } from './phrase-finder';
import { officialSayings } from './sayings';
import { addScores, buildPostings } from './search-index';
import { inStandardSpeech } from './speech';
import { mapped, type Steps } from './steps';
import { namingWeights } from './weights';

/** How strongly the lexicon's official words name the entries of a catalogue. */
export interface Votes {
  /** Adds to `scores`, one an entry, what the sayings of a text say for each. */
  add(scores: Float64Array, found: readonly Found<Saying>[]): void;
  /** Whether official words name an entry, and no other much better. */
  names(means: string, owner: number): boolean;
}

/** The entries that official words name, and how strongly, 0–1. */
export interface Vote {
  readonly owners: Int32Array;
  readonly shares: Float64Array;
}

const voteWeight = 1.5;
const sayingCap = 1.8;
const faintest = 0.08;
/** From this share on a saying is given as a reason. */
const namingShare = 0.4;

/** A long saying is hardly ever said by chance. */
function sayingWeight({ parts }: Saying): number {
  return 1 - Math.exp(-0.35 * parts.join('').length);
}

/** For every official word of the lexicon, the entries it names: those of which one name, alias or keyword says the same. */
export function* countVotes({ documents, table, segment }: Corpus, owners: number): Steps<ReadonlyMap<string, Vote>> {
  const naming = documents.filter(({ field }) => namingWeights[field] > 0);
  const texts = naming.map(({ features }, owner) => ({ owner, features }));
  const index = buildPostings(texts, { owners: naming.length, features: table.names, lengthShare: 0.4 });
  const scores = new Float64Array(naming.length);
  const best = new Float64Array(owners * 2);
  const votesOf = (means: string): Vote => {
    const { ids } = table.find(featuresOf(inStandardSpeech(normalise(means)).text, segment));
    addScores(scores.fill(0), ids, index);
    best.fill(0);
    naming.forEach(({ owner, field }, at) => {
      const place = owner * 2 + (field === 'keyword' || field === 'summary' ? 1 : 0);
      best[place] = Math.max(best[place] ?? 0, namingWeights[field] * (scores[at] ?? 0));
    });
    return strongest(best, owners);
  };
  const all = Array.from(new Set(officialSayings.map(({ means }) => means)));
  return new Map(yield* mapped(all, (means): [string, Vote] => [means, votesOf(means)], 16));
}

/** The entries whose best two fields come near the best of all. */
function strongest(best: Float64Array, owners: number): Vote {
  const sumOf = (owner: number): number => (best[owner * 2] ?? 0) + (best[owner * 2 + 1] ?? 0);
  let highest = 0;
  for (let owner = 0; owner < owners; owner += 1) highest = Math.max(highest, sumOf(owner));
  const named: number[] = [];
  const shares: number[] = [];
  for (let owner = 0; highest > 0 && owner < owners; owner += 1) {
    const share = (sumOf(owner) / highest) ** 2;
    if (share < faintest) continue;
    named.push(owner);
    shares.push(share);
  }
  return { owners: Int32Array.from(named), shares: Float64Array.from(shares) };
}

function addVote(scores: Float64Array, { owners, shares }: Vote, weight: number): void {
  for (let at = 0; at < owners.length; at += 1) {
    const owner = owners[at] as number;
    scores[owner] = (scores[owner] as number) + weight * (shares[at] as number);
  }
}

/** Makes ready what was counted. */
export function buildVotes(votes: ReadonlyMap<string, Vote>): Votes {
  const weights = new Map(officialSayings.map((saying) => [saying, sayingWeight(saying)]));
  return {
    add: (scores, found) => {
      if (found.length === 0) return;
      const byMeans = new Map<string, number>();
      for (const { saying } of found) {
        const weight = (byMeans.get(saying.means) ?? 0) + (weights.get(saying) ?? 0);
        byMeans.set(saying.means, Math.min(sayingCap, weight));
      }
      for (const [means, weight] of byMeans) {
        const vote = votes.get(means);
        if (vote !== undefined) addVote(scores, vote, voteWeight * weight);
      }
    },
    names: (means, owner) => {
      const vote = votes.get(means);
      const at = vote?.owners.indexOf(owner) ?? -1;
      return at >= 0 && (vote?.shares[at] ?? 0) >= namingShare;
    },
  };
}
