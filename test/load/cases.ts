import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchRun } from './bench';
import { verified } from './chat';
import { Cluster } from './cluster';
import { Generator } from './generator';
import { Histogram } from './histogram';
import { machineOf } from './machine';
import { usageColumns, usageRows, watchOf } from './measure';
import type { CaseSummary, RoundResult } from './load-protocol';
import type { BenchResult } from './report';
import { Sampler } from './sampler';
import { Stand } from './stand';

const writers = 16;

/** Writers fill the table of cases over the API: whether numbers stay distinct, and writing stays as fast as it began. */
export async function cases(run: BenchRun): Promise<BenchResult> {
  const { options, cleanUp, say, measured } = run;
  const total = options.quick ? 3_000 : 50_000;
  const edge = options.quick ? 500 : 5_000;
  const warmUp = options.quick ? 500 : 2_000;
  say('cases: starting PostgreSQL, one api and one worker');
  const generator = await Generator.start(cleanUp);
  const cluster = await Cluster.create(cleanUp);
  const stand = await Stand.open(
    cluster,
    { apis: 1, workers: 1, platformUrl: generator.platformUrl, profileFolder: run.options.profile },
    cleanUp,
  );
  const machine = await machineOf(stand.db);
  say(`cases: ${warmUp} to warm up, then ${writers} writers until there are ${total} more`);
  const warm = await generator.writeCases({ kind: 'cases', ports: stand.ports, writers, total: warmUp, edge: 1 });
  const { subjects, postmaster } = watchOf(stand, generator);
  const sampler = new Sampler(subjects, postmaster);
  const summary = await generator.writeCases({ kind: 'cases', ports: stand.ports, writers, total, edge });
  const watched = sampler.stop();
  const behind = await eventsBehind(stand);
  const answered = {
    numbers: [...warm.numbers, ...summary.numbers],
    failures: { ...warm.failures, ...summary.failures },
  };
  const violations = [...(await numbersHeld(stand, answered)), ...(await verified(stand))];
  await stand.stop();
  const latency = Histogram.from(summary.latency);
  const ms = (share: number): number => latency.percentile(share) / 1000;
  measured.push({
    name: `cases, first ${edge}`,
    perSecond: summary.firstPerSecond,
    latency: null,
  });
  measured.push({ name: `cases, last ${edge} of ${total}`, perSecond: summary.lastPerSecond, latency: null });
  return {
    machine,
    sections: [
      {
        bench: 'cases',
        title: `${writers} writers over POST /api/v1/cases, one api`,
        columns: [
          'cases',
          'seconds',
          'cases/s',
          `first ${edge}/s`,
          `last ${edge}/s`,
          'last/first',
          'p50 ms',
          'p95 ms',
          'p99 ms',
          'max ms',
          'failed',
        ],
        rows: [
          [
            summary.written,
            summary.seconds,
            summary.written / summary.seconds,
            summary.firstPerSecond,
            summary.lastPerSecond,
            summary.lastPerSecond / summary.firstPerSecond,
            ms(0.5),
            ms(0.95),
            ms(0.99),
            latency.max / 1000,
            Object.values(summary.failures).reduce((sum, count) => sum + count, 0),
          ],
        ],
        notes: [
          `${warmUp} cases were there before the first was counted, so that a process warming up is not taken for an empty table`,
          `cases/s in each tenth of the way: ${summary.tenths.map((rate) => rate.toFixed(0)).join(' ')}`,
          ...Object.entries(summary.failures).map(([why, count]) => `${count} failed: ${why}`),
        ],
      },
      {
        bench: 'cases',
        title: 'the worker behind them: events not consumed when the last case was written, and until all were',
        columns: ['events behind', 'seconds', 'events/s'],
        rows: [[behind.count, behind.seconds, behind.count === 0 ? null : behind.count / behind.seconds]],
      },
      {
        bench: 'cases',
        title: 'what the processes used',
        columns: usageColumns.slice(1).map((column) => column.replace('message', 'case')),
        rows: usageRows([{ residents: 0, rounds: [asRound(summary)], watched: [watched], summary: nobody }]).map(
          (row) => row.slice(1),
        ),
      },
    ],
    violations,
  };
}

const nobody = { messages: 0, numbers: [], gaveUp: 0, unanswered: 0, wrong: 0, wrongExamples: [] };

function asRound({ seconds, written, latency, failures }: CaseSummary): RoundResult {
  return { seconds, messages: written, latency, failures, later: 0, conversations: 0 };
}

const eventsLimitMs = 900_000;

/** How far the worker is behind now, and how long it takes to come up. */
async function eventsBehind(stand: Stand): Promise<{ count: number; seconds: number }> {
  const waiting = async (): Promise<number> => {
    const { rows } = await stand.db.query<{ count: number }>(
      'select count(*)::int as count from platform_outbox where consumed_at is null',
    );
    return rows[0]?.count ?? 0;
  };
  const began = performance.now();
  const count = await waiting();
  while ((await waiting()) > 0 && performance.now() - began < eventsLimitMs) await sleep(100);
  return { count, seconds: (performance.now() - began) / 1000 };
}

/** Every number answered once, in the table once, and nothing else in the table. */
async function numbersHeld(
  stand: Stand,
  { numbers, failures }: Pick<CaseSummary, 'numbers' | 'failures'>,
): Promise<string[]> {
  const { rows } = await stand.db.query<{ there: number; distinct: number; found: number }>(
    `select count(*)::int as there, count(distinct number)::int as distinct,
       count(*) filter (where number = any($1))::int as found from casework_case`,
    [numbers],
  );
  const { there = 0, distinct = 0, found = 0 } = rows[0] ?? {};
  const different = new Set(numbers).size;
  const failed = Object.keys(failures).length > 0;
  return [
    ...(different < numbers.length ? [`${numbers.length - different} numbers were given out twice`] : []),
    ...(distinct < there ? [`${there - distinct} rows share a number`] : []),
    ...(found < different ? [`${different - found} cases were answered and are not there`] : []),
    ...(there > different && !failed ? [`${there - different} cases are there that were never answered`] : []),
  ];
}
