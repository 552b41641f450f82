import type { Generator } from './generator';
import { Histogram } from './histogram';
import type { ResidentLoad, ResidentSummary, RoundResult } from './load-protocol';
import type { Cell } from './report';
import { Sampler, type Usage, type Watched } from './sampler';
import type { Stand } from './stand';

/** Who is watched beside the product. */
export interface Watch {
  readonly subjects: readonly { readonly name: string; readonly pid: number; readonly isProduct: boolean }[];
  readonly postmaster: number;
}

/** A load held for its rounds, and what everybody used meanwhile. */
export interface Held {
  readonly residents: number;
  readonly rounds: readonly RoundResult[];
  readonly watched: readonly Watched[];
  readonly summary: ResidentSummary;
}

export function watchOf(stand: Stand, generator: Generator): Watch {
  const product = stand.processes.map(({ name, pid }) => ({ name, pid, isProduct: true }));
  return {
    subjects: [...product, { name: 'generator', pid: generator.pid, isProduct: false }],
    postmaster: stand.cluster.postmaster,
  };
}

export async function holdLoad(generator: Generator, load: ResidentLoad, watch: Watch): Promise<Held> {
  const rounds: RoundResult[] = [];
  const watched: Watched[] = [];
  let sampler: Sampler | null = null;
  const summary = await generator.holdLoad(load, {
    began: () => (sampler = new Sampler(watch.subjects, watch.postmaster)),
    ended: (result) => {
      rounds.push(result);
      if (sampler) watched.push(sampler.stop());
    },
  });
  return { residents: load.residents, rounds, watched, summary };
}

export const rateColumns = [
  'residents',
  'msg/s',
  'spread',
  'p50 ms',
  'p95 ms',
  'p99 ms',
  'max ms',
  'failed',
  'later',
  'wrong',
];

/** The figures of a held load in the order of `rateColumns`. */
export function rateCells({ residents, rounds, summary }: Held): Cell[] {
  const rates = rounds.map((round) => round.messages / round.seconds);
  const { p50, p95, p99, max } = latencyOf(rounds);
  const failed = rounds.flatMap((round) => Object.values(round.failures)).reduce((sum, count) => sum + count, 0);
  const later = rounds.reduce((sum, round) => sum + round.later, 0);
  return [residents, meanOf(rates), spreadOf(rates), p50, p95, p99, max, failed, later, summary.wrong];
}

export function rateOf({ rounds }: Held): number {
  return meanOf(rounds.map((round) => round.messages / round.seconds));
}

/** Milliseconds over all rounds. */
export function latencyOf(rounds: readonly RoundResult[]): { p50: number; p95: number; p99: number; max: number } {
  const all = new Histogram();
  for (const round of rounds) all.merge(Histogram.from(round.latency));
  const ms = (share: number): number => all.percentile(share) / 1000;
  return { p50: ms(0.5), p95: ms(0.95), p99: ms(0.99), max: all.max / 1000 };
}

/** Processor and memory of everybody, the mean and the largest of the rounds. */
export function usageRows(held: readonly Held[]): Cell[][] {
  return held.flatMap(({ residents, watched, rounds }) => {
    const names = watched[0]?.usages.map((one) => one.name) ?? [];
    const rows = names.map((name): Cell[] => {
      const usages = watched.flatMap((round) => round.usages.filter((one) => one.name === name));
      return [
        residents,
        name,
        meanUsage(usages),
        perMessage(meanUsage(usages), rounds),
        largest(usages.map((one) => one.peakMb)),
      ];
    });
    const others = watched.map((round) => round.othersPercent ?? 0);
    return [
      ...rows,
      [residents, 'product in all (peak)', null, null, largest(watched.map((round) => round.peakProductMb))],
      [residents, 'others on this machine', meanOf(others), null, null],
    ];
  });
}

export const usageColumns = ['residents', 'process', 'CPU % of one core', 'CPU ms/message', 'MB'];

/** What the conversations found that must never be. */
export function wrongsOf(held: readonly Held[]): string[] {
  return held.flatMap(({ residents, summary: { wrong, wrongExamples, unanswered, gaveUp } }) => [
    ...(wrong > 0 ? [`${residents} residents: ${wrong} wrong answers, such as: ${wrongExamples.join(' | ')}`] : []),
    ...(unanswered > 0 ? [`${residents} residents: ${unanswered} messages were taken and never answered`] : []),
    ...(gaveUp > 0 ? [`${residents} residents: ${gaveUp} messages were refused three times`] : []),
  ]);
}

/** Every case named in an answer is there once, and no other. */
export async function casesHeld(stand: Stand, held: readonly Held[]): Promise<string[]> {
  const named = held.flatMap(({ summary }) => summary.numbers);
  const { rows } = await stand.db.query<{ there: number; found: number; distinct: number }>(
    `select count(*)::int as there, count(distinct number)::int as distinct,
       count(*) filter (where number = any($1))::int as found from casework_case`,
    [named],
  );
  const { there = 0, found = 0, distinct = 0 } = rows[0] ?? {};
  const different = new Set(named).size;
  return [
    ...(different < named.length ? [`${named.length - different} case numbers were named twice`] : []),
    ...(found < different ? [`${different - found} cases were named in an answer and are not there`] : []),
    ...(there > different ? [`${there - different} cases are there that no answer named`] : []),
    ...(distinct < there ? [`${there - distinct} cases share a number`] : []),
  ];
}

export function meanOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function spreadOf(values: readonly number[]): string {
  return values.length < 2 ? '–' : `${Math.min(...values).toFixed(0)}–${Math.max(...values).toFixed(0)}`;
}

function meanUsage(usages: readonly Usage[]): number {
  return meanOf(usages.map((one) => one.cpuPercent ?? 0));
}

/** Processor time a message took, in milliseconds. */
function perMessage(percent: number, rounds: readonly RoundResult[]): number | null {
  const rate = meanOf(rounds.map((round) => round.messages / round.seconds));
  return rate === 0 ? null : (percent * 10) / rate;
}

function largest(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.round(Math.max(...known));
}
