import { timingOf, type BenchRun } from './bench';
import { Cluster } from './cluster';
import { startEmptyServer } from './empty-server';
import { Generator } from './generator';
import { machineOf } from './machine';
import {
  casesHeld,
  holdLoad,
  latencyOf,
  rateCells,
  rateColumns,
  rateOf,
  usageColumns,
  usageRows,
  watchOf,
  wrongsOf,
  type Held,
} from './measure';
import { databaseLimit } from './pgbench';
import type { BenchResult, Cell, Section } from './report';
import { Stand } from './stand';
import { countStatements, type StatementMix } from './statements';

const crowds = [50, 200];

/** Residents in conversation with one api process and one worker, beside what database and framework alone could do. */
export async function chat(run: BenchRun): Promise<BenchResult> {
  const { options, cleanUp, say } = run;
  const timing = timingOf(options);
  say('chat: starting PostgreSQL, one api and one worker');
  const generator = await Generator.start(cleanUp);
  const cluster = await Cluster.create(cleanUp);
  const stand = await Stand.open(
    cluster,
    { apis: 1, workers: 1, platformUrl: generator.platformUrl, profileFolder: options.profile },
    cleanUp,
  );
  const machine = await machineOf(stand.db);
  const load = { kind: 'residents', account: stand.account, ports: stand.ports, empty: false, ...timing } as const;
  const held: Held[] = [];
  for (const residents of crowds) {
    say(`chat: ${residents} residents`);
    held.push(
      await holdLoad(generator, { ...load, residents, firstSeat: residents * 1000 }, watchOf(stand, generator)),
    );
  }
  say('chat: counting statements');
  const counted = {
    ...load,
    residents: crowds[0] ?? 50,
    firstSeat: 900_000,
    warmUpMs: 500,
    rounds: 1,
    roundMs: options.quick ? 2_000 : 5_000,
  };
  const mix = await countStatements(stand.db, stand.apis[0]?.pid ?? 0, async () => {
    held.push(await holdLoad(generator, counted, watchOf(stand, generator)));
  });
  const violations = [...wrongsOf(held), ...(await casesHeld(stand, held)), ...(await verified(stand))];
  const errors = stand.errors();
  await stand.stop();
  const measured = held.slice(0, crowds.length);
  const empty = await emptyLoads(run, generator, stand, measured);
  say('chat: pgbench');
  const limit = await databaseLimit(cluster, mix, 10, timing.roundMs / 1000);
  const database: Cell[] = limit
    ? [`pgbench, ${limit.clients} connections`, limit.perSecond, null, limit.meanMs]
    : ['pgbench is not installed', null, null, null];
  for (const one of measured) note(run, `chat, ${one.residents} residents`, one);
  return {
    machine,
    sections: [
      {
        bench: 'chat',
        title: 'one api, one worker',
        columns: rateColumns,
        rows: measured.map(rateCells),
        notes: failuresIn(measured),
      },
      { bench: 'chat', title: 'what the processes used', columns: usageColumns, rows: usageRows(measured) },
      limitsSection(measured, empty, database),
      ...mixSections(mix),
      {
        bench: 'chat',
        title: 'errors the product logged',
        columns: ['lines'],
        rows: [[errors.length]],
        notes: errors.slice(0, 5),
      },
    ],
    violations,
  };
}

export async function verified(stand: Stand): Promise<string[]> {
  const found = await stand.verify();
  return found === '' ? [] : [found];
}

export function failuresIn(held: readonly Held[]): string[] {
  return held.flatMap(({ residents, rounds }) =>
    rounds.flatMap(({ failures }) =>
      Object.entries(failures).map(([why, count]) => `${residents} residents: ${count} deliveries failed: ${why}`),
    ),
  );
}

async function emptyLoads(run: BenchRun, generator: Generator, stand: Stand, like: readonly Held[]): Promise<Held[]> {
  const { roundMs } = timingOf(run.options);
  const server = await startEmptyServer(stand.account, run.cleanUp);
  const watch = {
    subjects: [
      { name: 'empty handler', pid: server.pid, isProduct: true },
      { name: 'generator', pid: generator.pid, isProduct: false },
    ],
    postmaster: stand.cluster.postmaster,
  };
  const found: Held[] = [];
  for (const { residents } of like) {
    run.say(`chat: the empty handler, ${residents} residents`);
    const load = {
      account: stand.account,
      ports: [server.port],
      residents,
      firstSeat: 0,
      warmUpMs: 2_000,
      rounds: 1,
      roundMs,
    };
    found.push(await holdLoad(generator, { kind: 'residents', empty: true, ...load }, watch));
  }
  await server.close();
  return found;
}

function limitsSection(chats: readonly Held[], empty: readonly Held[], database: Cell[]): Section {
  const line = (name: string, held: Held): Cell[] => [name, rateOf(held), held.residents, latencyOf(held.rounds).p50];
  return {
    bench: 'chat',
    title: 'beside what the parts could do alone, same run, same machine',
    columns: ['what', 'per second', 'residents', 'ms'],
    rows: [
      ...chats.map((held) => line('the product', held)),
      database,
      ...empty.map((held) => line('an empty Nest handler', held)),
    ],
    notes: [
      'pgbench: a transaction of as many reads, inserts, updates and other statements as the messages that go together, by primary keys; ms is its mean, per second counts messages',
    ],
  };
}

function mixSections(mix: StatementMix): Section[] {
  const { messages, statements, writes, together, reads, inserts, updates, control, serverMs, walKb, top } = mix;
  return [
    {
      bench: 'chat',
      title: `what the api asks of PostgreSQL for one message, ${crowds[0] ?? 50} residents`,
      columns: [
        'messages',
        'statements',
        'writes to sockets',
        'messages together',
        'reads',
        'inserts',
        'updates',
        'begin, commit …',
        'ms in PostgreSQL',
        'kB of WAL',
      ],
      rows: [[messages, statements, writes, together, reads, inserts, updates, control, serverMs, walKb]],
      notes: ['one of the writes is the answer itself, the others are round trips to PostgreSQL'],
    },
    {
      bench: 'chat',
      title: 'where PostgreSQL spends it',
      columns: ['ms/message', 'calls/message', 'statement'],
      rows: top.map(({ text, calls, ms }) => [ms, calls, text]),
    },
  ];
}

export function note(run: BenchRun, name: string, held: Held): void {
  run.measured.push({ name, perSecond: rateOf(held), latency: latencyOf(held.rounds) });
}
