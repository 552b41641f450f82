import { type CatalogueEntry, type RouteCandidate, type RouteResult } from '@linli/contracts';
import { Refusal } from '@linli/kernel';
import { asideIn, asideInParts, isConfirmed, longestAlarm, type Aside, type Likeness } from './aside';
import { partsOf, withoutDenied, withoutSetAside, withoutSpans } from './clauses';
import { confidenceOf, isOutside, sureEnough } from './confidence';
import { segmenterOf } from './corpus';
import { isIdle } from './idle';
import { learnCatalogue, type Knowledge } from './knowledge';
import { buildMatcher, type Match, type Matcher } from './matcher';
import { cutOut, normalise, writtenOf, type Reading } from './normalise';
import { bestOf, topTwo } from './ranking';
import { entryWordsOf, reasonsIn, type EntryWords } from './reasons';
import { placesIn } from './rules/elsewhere';
import { emergencyIn, type Emergency } from './rules/emergency';
import { wantsHuman } from './rules/human';
import { isPrinted, ordersIn } from './rules/noise';
import { offTopicIn } from './rules/off-topic';
import { isVoiced } from './rules/voice';
import { type Segmenter } from './segmenter';
import { allAtOnce, type Steps } from './steps';
import { wishesOf, type Wish } from './wishes';

/** The longest text that is routed, in characters. */
export const routeTextLimit = 2000;

/** Finds what a resident means: ranked catalogue entries, or that it is an emergency, a wish for a person, or nothing. */
export interface Router {
  /** At most `limit` candidates, 3 unless told, never more than 10. Refuses empty and overlong texts. */
  route(text: string, limit?: number): RouteResult;
}

const mostCandidates = 10;
/** Candidates so much less likely than the best are not worth showing. */
const farBehind = 18;
/** How fast the scores shown fall behind the best one. */
const shareSlope = 0.3;
/** How much of a text's meaning is left to what it does not set aside. */
const meantShare = 0.5;
/** Beside orders to the machine, only a clear wish is heard. */
const clearWish = 0.6;
/** How a long text is heard: in parts of some clauses each, and no more than a resident in need writes. */
const longestPart = 45;
const mostParts = 10;
const nothing: RouteResult = { decision: 'none', candidates: [] };

interface Desk {
  readonly entries: readonly CatalogueEntry[];
  readonly words: readonly (() => EntryWords)[];
  readonly matcher: Matcher;
  readonly ownPlaces: ReadonlySet<string>;
}

function checked(text: string): string {
  if (text.trim() === '') throw new Refusal('route.textEmpty');
  if (text.length > routeTextLimit && Array.from(text).length > routeTextLimit) throw new Refusal('route.textTooLong');
  return text;
}

/** Prepares something once, when it is first asked for. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

function candidatesOf(
  desk: Desk,
  reading: Reading,
  scores: Float64Array,
  sayings: Match['sayings'],
  limit: number,
): RouteCandidate[] {
  const { best, second } = topTwo(scores);
  const confidence = confidenceOf({ best, second });
  const explain = reasonsIn(reading, sayings);
  return bestOf(scores, limit, Math.max(0, best - farBehind)).flatMap((owner) => {
    const entry = desk.entries[owner];
    const words = desk.words[owner];
    if (entry === undefined || words === undefined) return [];
    const { id, kind, name } = entry;
    const share = Math.exp(shareSlope * ((scores[owner] ?? 0) - best));
    const reasons = explain((means) => desk.matcher.names(means, owner), words());
    return [{ id, kind, name, score: round(confidence * share), reasons }];
  });
}

function round(score: number): number {
  return Math.round(score * 1000) / 1000;
}

function answerWishes(
  desk: Desk,
  reading: Reading,
  wishes: readonly Wish[],
  limit: number,
): NonNullable<RouteResult['intents']> {
  return wishes.map(({ start, end, scores }) => {
    const clause = cutOut(reading, start, end);
    const candidates = candidatesOf(desk, clause, scores, desk.matcher.sayingsIn(clause.text), limit);
    return { text: writtenOf(clause).trim(), candidates };
  });
}

function likenessOf(text: string, { beside, danger }: Match, best: number): Likeness | undefined {
  return beside === undefined ? undefined : { text, beside, best, danger: danger() };
}

/** The likeness of a text that is matched for it alone. */
function likenessAlone(matcher: Matcher, text: string): Likeness | undefined {
  const match = matcher.match(text);
  return likenessOf(text, match, topTwo(match.scores).best);
}

/** What a rule hears as a danger, unless it is like none. */
function dangerIn({ matcher }: Desk, text: string): Emergency | undefined {
  const heard = emergencyIn(text);
  if (heard === undefined) return undefined;
  const likeness = likenessAlone(matcher, text);
  return likeness === undefined || isConfirmed(likeness) ? heard : undefined;
}

/** The match of a text, in which what it sets aside counts less. */
function matchOf({ matcher }: Desk, asked: Reading): Match {
  const whole = matcher.match(asked.text);
  const meant = withoutSetAside(asked);
  if (meant === undefined) return whole;
  const danger = whole.danger();
  const part = matcher.match(meant.text).scores;
  const { scores } = whole;
  for (let at = 0; at < scores.length; at += 1) {
    scores[at] = (1 - meantShare) * (scores[at] as number) + meantShare * (part[at] as number);
  }
  return { ...whole, danger: () => danger };
}

/** What the parts of a long text sound like. */
function longAlarm({ matcher }: Desk, text: string): Aside | undefined {
  if (text.length <= longestAlarm) return undefined;
  const parts = partsOf(text, longestPart).slice(0, mostParts);
  const heard = parts.flatMap((part) => likenessAlone(matcher, part) ?? []);
  return asideInParts(heard, text);
}

function search(desk: Desk, asked: Reading, limit: number): RouteResult {
  const match = matchOf(desk, asked);
  const { best, second, owner } = topTwo(match.scores);
  const likeness = likenessOf(asked.text, match, best);
  const aside = likeness === undefined ? undefined : (asideIn(likeness) ?? longAlarm(desk, asked.text));
  if (aside !== undefined) return { candidates: [], ...aside };
  const found = match.found[owner] ?? 0;
  const { length } = asked.text;
  const offTopic = (): boolean => offTopicIn(asked.text) !== undefined;
  const voiced = (): boolean => isVoiced(asked.text);
  if (isOutside({ best, second, found, outside: match.beside?.outside, length, voiced, offTopic })) return nothing;
  const candidates = candidatesOf(desk, asked, match.scores, match.sayings, limit);
  const wishes = wishesOf(desk.matcher, asked.text, match.scores);
  const intents = answerWishes(desk, asked, wishes, limit);
  const leading = intents.length === 0 ? [candidates[0]] : intents.map((intent) => intent.candidates[0]);
  const sure = leading.every((candidate) => (candidate?.score ?? 0) >= sureEnough);
  return { decision: sure ? 'route' : 'clarify', candidates, ...(intents.length > 0 && { intents }) };
}

function understand(desk: Desk, plain: Reading, limit: number): RouteResult {
  const spoken = desk.matcher.listen(plain);
  const emergency = dangerIn(desk, spoken.text);
  if (emergency !== undefined) return { decision: 'emergency', candidates: [], emergency };
  if (wantsHuman(spoken.text)) return { decision: 'human', candidates: [] };
  if (isIdle(plain.text, spoken.text, desk.ownPlaces)) return nothing;
  return search(desk, withoutDenied(desk.matcher.correct(spoken)), limit);
}

/** What is asked beside orders to the machine, when it is clear. */
function beyondOrders(desk: Desk, rest: Reading, limit: number): RouteResult {
  if (rest.text.replace(/[^\p{Script=Han}]/gu, '').length < 4) return nothing;
  const answer = understand(desk, rest, limit);
  if (answer.decision === 'emergency') return emergencyIn(rest.text) === undefined ? nothing : answer;
  return answer.decision === 'human' || (answer.candidates[0]?.score ?? 0) >= clearWish ? answer : nothing;
}

function decide(desk: Desk, text: string, limit: number): RouteResult {
  desk.matcher.takeBack();
  const plain = normalise(text);
  if (isPrinted(plain.text)) return nothing;
  const orders = ordersIn(plain.text);
  if (orders.length > 0) return beyondOrders(desk, withoutSpans(plain, orders), limit);
  return understand(desk, plain, limit);
}

/** The router of a catalogue, from what was learned of it. */
function* openRouter(entries: readonly CatalogueEntry[], knowledge: Knowledge, segment: Segmenter): Steps<Router> {
  const desk: Desk = {
    entries,
    words: entries.map((entry) => once(() => entryWordsOf(entry))),
    matcher: yield* buildMatcher(knowledge, segment, entries.length),
    ownPlaces: new Set(
      entries.flatMap(({ department, summary, guide }) =>
        placesIn(`${department.name}${summary}${guide?.place ?? ''}`),
      ),
    ),
  };
  return {
    route: (text, limit = 3) => decide(desk, checked(text), Math.min(mostCandidates, Math.max(1, Math.trunc(limit)))),
  };
}

/** A router, and what was learned for it. */
export interface LearnedRouter {
  readonly router: Router;
  readonly knowledge: Knowledge;
}

/** Learns a catalogue step by step: pure and deterministic, about three seconds of work for two hundred entries. */
export function* learnRouter(entries: readonly CatalogueEntry[]): Steps<LearnedRouter> {
  const segment = segmenterOf(entries);
  yield;
  const knowledge = yield* learnCatalogue(entries, segment);
  return { knowledge, router: yield* openRouter(entries, knowledge, segment) };
}

/** The router of a catalogue that was learned before, as `knowledgeKey` tells: half a second of work. */
export function* knowingRouter(entries: readonly CatalogueEntry[], knowledge: Knowledge): Steps<Router> {
  const segment = segmenterOf(entries);
  yield;
  return yield* openRouter(entries, knowledge, segment);
}

/** Builds the router of a catalogue without a pause. */
export function buildRouter(entries: readonly CatalogueEntry[]): Router {
  return allAtOnce(learnRouter(entries)).router;
}
