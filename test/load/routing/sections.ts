import { scoreOf, type RouteScore } from '../../../libs/journeys/src/route-scoring';
import type { Cell, Section } from '../report';
import type { EngineName } from './engines';
import type { Measured } from './measured';
import type { Held } from './threshold';

/** An engine and what became of it. */
export interface Contestant {
  readonly name: EngineName;
  readonly outcome:
    | { readonly kind: 'measured'; readonly measured: Measured; readonly held: Held }
    | { readonly kind: 'failed'; readonly why: string };
}

const bench = 'routing';
const thresholdNote =
  'Peers know no none: each is given the threshold on its score with which most of these very texts come out right, in its favour. Their fields, boosts and cutting were tried out on such texts too. None of them knows emergencies or people: –.';

/** How much each understands. */
export function qualitySection(about: string, contestants: readonly Contestant[]): Section {
  const rows = contestants.map(({ name, outcome }): Cell[] => {
    if (outcome.kind === 'failed') return [name, ...Array<null>(8).fill(null)];
    const score = scoreOf(outcome.held.judged);
    const knows = outcome.held.threshold === null;
    return [
      name,
      percent(score.first),
      percent(score.amongThree),
      percent(score.none.f1),
      percent(score.right),
      percent(score.rightWithoutRules),
      knows ? percent(score.emergency.recall) : null,
      knows ? percent(score.emergency.precision) : null,
      outcome.held.threshold,
    ];
  });
  return {
    bench,
    title: `understanding, ${about}`,
    columns: [
      'engine',
      'top-1 %',
      'top-3 %',
      'none F1 %',
      'right %',
      'right % route+none',
      'emergency recall %',
      'emergency precision %',
      'threshold',
    ],
    rows,
    notes: [...failures(contestants), thresholdNote],
    data: contestants.map(({ outcome }) => ({ score: scoreIn(outcome) })),
  };
}

/** Where each understands: right end to end by the way things are said. */
export function stylesSection(about: string, contestants: readonly Contestant[]): Section {
  const scores = contestants.map(({ outcome }) => scoreIn(outcome));
  const styles = scores.find((score) => score !== null)?.byStyle ?? [];
  const rows = styles.map(({ style, texts }): Cell[] => [
    style,
    texts,
    ...scores.map((score) => percent(score?.byStyle.find((one) => one.style === style)?.right ?? null)),
  ]);
  return {
    bench,
    title: `right % by style, ${about}`,
    columns: ['style', 'texts', ...contestants.map(({ name }) => name)],
    rows,
  };
}

const speedColumns = ['build CPU ms', 'again CPU ms', 'msg/s CPU', 'p50 ms', 'p99 ms', 'memory MB'];

/** What each costs. */
export function speedSection(about: string, contestants: readonly Contestant[]): Section {
  return {
    bench,
    title: `speed on one core, ${about}`,
    columns: ['engine', ...speedColumns],
    rows: contestants.map(({ name, outcome }): Cell[] => [name, ...speedCells(outcome)]),
    notes: [
      ...failures(contestants),
      'Each engine in a process of its own, one text after the other. Build, again (from what was kept of the build) and messages a second are of processor time, p50 and p99 by the clock. Memory: resident growth over a process that holds the documents, dictionaries included; for PostgreSQL the client and its backend.',
    ],
  };
}

/** The same beside many more entries; the loss is in points of top-1. */
export function widenedSection(about: string, widened: readonly Contestant[], before: readonly Contestant[]): Section {
  const rows = widened.map(({ name, outcome }): Cell[] => {
    const score = scoreIn(outcome);
    const earlier = scoreIn(before.find((one) => one.name === name)?.outcome ?? outcome);
    const now = score?.first ?? null;
    const then = earlier?.first ?? null;
    const loss = now === null || then === null ? null : then - now;
    return [name, percent(now), percent(loss), percent(score?.right ?? null), ...speedCells(outcome)];
  });
  return {
    bench,
    title: `a large catalogue, ${about}`,
    columns: ['engine', 'top-1 %', 'loss', 'right %', ...speedColumns],
    rows,
    notes: failures(widened),
  };
}

function scoreIn(outcome: Contestant['outcome']): RouteScore | null {
  return outcome.kind === 'failed' ? null : scoreOf(outcome.held.judged);
}

function speedCells(outcome: Contestant['outcome']): Cell[] {
  if (outcome.kind === 'failed') return Array<null>(speedColumns.length).fill(null);
  const { buildMs, againMs, perSecond, p50, p99, bytes } = outcome.measured;
  return [
    Math.round(buildMs),
    againMs === null ? null : Math.round(againMs),
    Math.round(perSecond),
    p50,
    p99,
    Math.round(bytes / 1_000_000),
  ];
}

function failures(contestants: readonly Contestant[]): string[] {
  return contestants.flatMap(({ name, outcome }) => (outcome.kind === 'failed' ? [`${name}: ${outcome.why}`] : []));
}

/** One decimal; null stays unknown. */
function percent(share: number | null): number | null {
  return share === null ? null : Math.round(share * 1000) / 10;
}
