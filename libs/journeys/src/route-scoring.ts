import type { RouteResult } from '@linli/contracts';

/** What a text can mean besides entries. */
export type SpecialMeaning = 'none' | 'emergency' | 'human';

/** A text with what it means. */
export interface LabelledText {
  readonly text: string;
  /** The entries that are right, or that none is meant. */
  readonly gold: readonly string[] | SpecialMeaning;
  /** Entries or decisions that are right too. */
  readonly also: readonly string[];
  /** Whether every entry of `gold` is wanted; else any of them is right. */
  readonly wantsAll: boolean;
  /** The way it is said: `colloquial`, `dialect`… */
  readonly style: string;
}

/** What a router made of a text: entries best first, and whether it routes at all. */
export interface GivenAnswer {
  readonly decision: 'route' | SpecialMeaning;
  readonly ranked: readonly string[];
}

/** An answer held against its label. */
export interface Judged {
  readonly labelled: LabelledText;
  readonly given: GivenAnswer;
  /** The first entry is right; null where no entry is meant. */
  readonly first: boolean | null;
  /** How much of what was meant stands among the first three, 0–1; null where no entry is meant. */
  readonly amongThree: number | null;
  /** The decision is right, and where it routes, the first entry. */
  readonly right: boolean;
}

/** How well one decision is recognised; null without cases to reckon it from. */
export interface Recognition {
  readonly labelled: number;
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
}

/** Shares, 0–1; null where no text asks for them. */
export interface Shares {
  readonly texts: number;
  /** Texts that mean entries. */
  readonly routable: number;
  readonly first: number | null;
  readonly amongThree: number | null;
  readonly right: number | null;
}

/** How a router did on a labelled file. */
export interface RouteScore extends Shares {
  /** `right` over the texts that mean entries or nothing: what a search engine can be asked. */
  readonly rightWithoutRules: number | null;
  readonly none: Recognition;
  readonly emergency: Recognition;
  readonly human: Recognition;
  /** Most frequent first. */
  readonly byStyle: readonly (Shares & { readonly style: string })[];
}

const shownFirst = 3;
const specials: readonly string[] = ['none', 'emergency', 'human'];

/** A result as it is judged: the first of each wish, then the rest; asking back counts as routing. */
export function answerOf({ decision, candidates, intents = [] }: RouteResult): GivenAnswer {
  if (decision !== 'route' && decision !== 'clarify') return { decision, ranked: [] };
  const leading = intents.flatMap((intent) => intent.candidates.slice(0, 1));
  const ranked = [...new Set([...leading, ...candidates].map(({ id }) => id))];
  return { decision: 'route', ranked };
}

/** Holds an answer against its label. */
export function judge(labelled: LabelledText, given: GivenAnswer): Judged {
  const { gold, also } = labelled;
  const alsoDecided = specials.includes(given.decision) && also.includes(given.decision);
  const [leading = ''] = given.ranked;
  if (typeof gold === 'string') {
    const right = given.decision === gold || alsoDecided || (given.decision === 'route' && also.includes(leading));
    return { labelled, given, first: null, amongThree: null, right };
  }
  const fine = new Set([...gold, ...also.filter((one) => !specials.includes(one))]);
  const first = fine.has(leading);
  const right = (given.decision === 'route' && first) || alsoDecided;
  return { labelled, given, first, amongThree: shareFound(labelled, gold, fine, given.ranked), right };
}

function shareFound(
  { wantsAll }: LabelledText,
  gold: readonly string[],
  fine: ReadonlySet<string>,
  ranked: readonly string[],
): number {
  if (!wantsAll) return ranked.slice(0, shownFirst).some((id) => fine.has(id)) ? 1 : 0;
  const wanted = new Set(gold);
  const shown = ranked.slice(0, Math.max(shownFirst, wanted.size));
  return shown.filter((id) => wanted.has(id)).length / wanted.size;
}

/** Sums up what was judged. */
export function scoreOf(judged: readonly Judged[]): RouteScore {
  const styles = [...new Set(judged.map(({ labelled }) => labelled.style))];
  const plain = judged.filter(({ labelled: { gold } }) => typeof gold !== 'string' || gold === 'none');
  return {
    ...sharesOf(judged),
    rightWithoutRules: mean(plain.map(({ right }) => Number(right))),
    none: recognitionOf(judged, 'none'),
    emergency: recognitionOf(judged, 'emergency'),
    human: recognitionOf(judged, 'human'),
    byStyle: styles
      .map((style) => ({ style, ...sharesOf(judged.filter(({ labelled }) => labelled.style === style)) }))
      .sort((one, other) => other.texts - one.texts || one.style.localeCompare(other.style)),
  };
}

function sharesOf(judged: readonly Judged[]): Shares {
  const routable = judged.filter(({ first }) => first !== null);
  return {
    texts: judged.length,
    routable: routable.length,
    first: mean(routable.map(({ first }) => Number(first))),
    amongThree: mean(routable.map(({ amongThree }) => amongThree ?? 0)),
    right: mean(judged.map(({ right }) => Number(right))),
  };
}

function recognitionOf(judged: readonly Judged[], decision: SpecialMeaning): Recognition {
  const meant = judged.filter(({ labelled }) => labelled.gold === decision);
  const accepts = ({ labelled, given }: Judged): boolean => labelled.also.includes(given.decision);
  const hits = meant.filter((one) => one.given.decision === decision || accepts(one)).length;
  const alarms = judged.filter(
    ({ labelled, given }) =>
      labelled.gold !== decision && given.decision === decision && !labelled.also.includes(decision),
  ).length;
  const precision = hits + alarms === 0 ? null : hits / (hits + alarms);
  const recall = meant.length === 0 ? null : hits / meant.length;
  const sum = (precision ?? 0) + (recall ?? 0);
  const f1 =
    precision === null && recall === null ? null : sum === 0 ? 0 : (2 * (precision ?? 0) * (recall ?? 0)) / sum;
  return { labelled: meant.length, precision, recall, f1 };
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, one) => sum + one, 0) / values.length;
}
