import { clausesOf, joinsWishes } from './clauses';
import { confidenceOf } from './confidence';
import { type Matcher } from './matcher';
import { topTwo } from './ranking';

/** A stretch of a text with a wish of its own, and the scores of the entries for it. */
export interface Wish {
  readonly start: number;
  readonly end: number;
  readonly scores: Float64Array;
  /** Position of the entry it asks for. */
  readonly owner: number;
  readonly strength: number;
}

const longestText = 200;
const most = 12;
const clear = 0.55;
/** How strong a clause must be by itself: less when the writer joins wishes in words. */
const strong = { joined: 6, apart: 8 } as const;
/** How much a clause hears of its neighbours: `退伍回来了，报到、优待证…`. */
const context = 0.3;
/** Where one entry leads by so much and nothing is joined in words, no other is wished for besides. */
const alone = 9;

function wishAt(
  matcher: Matcher,
  text: string,
  [start, end]: readonly [start: number, end: number],
  whole: Float64Array,
  least: number,
): Wish | undefined {
  const clause = text.slice(start, end);
  if (clause.length < 2) return undefined;
  const own = matcher.matchClear(clause, least);
  if (own === undefined) return undefined;
  const { scores, found } = own;
  const leading = topTwo(scores);
  if ((found[leading.owner] ?? 0) < least || confidenceOf(leading) < clear) return undefined;
  for (let at = 0; at < scores.length; at += 1) {
    scores[at] = (scores[at] as number) + context * (whole[at] as number);
  }
  const { owner, best: strength } = topTwo(scores);
  return { start, end, scores, owner, strength };
}

/**
 * The wishes of a text that clearly holds several, the main one first; empty when it holds one. A clause counts when it is clear by
 * itself, and the text as a whole must lean to one of them, or else the clauses are background to something unsaid.
 */
export function wishesOf(matcher: Matcher, text: string, whole: Float64Array): Wish[] {
  const leader = topTwo(whole);
  const joined = joinsWishes(text);
  if (text.length > longestText || (!joined && leader.best - leader.second > alone)) return [];
  const spans = clausesOf(text).slice(0, most);
  if (spans.length < 2) return [];
  const byOwner = new Map<number, Wish>();
  const least = joined ? strong.joined : strong.apart;
  for (const span of spans) {
    const wish = wishAt(matcher, text, span, whole, least);
    if (wish === undefined) continue;
    const known = byOwner.get(wish.owner);
    if (known === undefined || known.strength < wish.strength) byOwner.set(wish.owner, wish);
  }
  const main = leader.owner;
  if (byOwner.size < 2 || !byOwner.has(main)) return [];
  return Array.from(byOwner.values()).sort((one, other) => {
    if (one.owner === main || other.owner === main) return one.owner === main ? -1 : 1;
    return one.start - other.start;
  });
}
