import type { BenchRun } from '../bench';
import { machineOf, type Machine } from '../machine';
import type { BenchResult, Cell } from '../report';
import { clockJump } from './clock-jump';
import { duplicates } from './duplicates';
import type { Fault } from './fault';
import { fullDisk } from './full-disk';
import { openGround } from './ground';
import { killAfterAnswer, killUnderLoad } from './kills';
import { platformTrouble } from './platform-trouble';
import { postgresCrash } from './postgres-crash';
import { redisCrash } from './redis-crash';
import { killBetweenSteps } from './transitions';

/** By the name `--only` takes. */
const all: Readonly<Record<string, Fault>> = {
  duplicates,
  'kill-after': killAfterAnswer,
  'kill-load': killUnderLoad,
  'kill-steps': killBetweenSteps,
  postgres: postgresCrash,
  redis: redisCrash,
  platform: platformTrouble,
  disk: fullDisk,
  clock: clockJump,
};

interface Found {
  readonly row: Cell[];
  readonly violations: readonly string[];
  readonly machine: Machine | null;
}

/** Breaks things while residents talk, and checks after each trial that nothing was lost, doubled or left unsaid. */
export async function faults(run: BenchRun): Promise<BenchResult> {
  const { only } = run.options;
  const chosen = Object.entries(all).filter(([key]) => only.length === 0 || only.includes(key));
  if (chosen.length === 0) throw new Error(`--only takes ${Object.keys(all).join(', ')}`);
  const found: Found[] = [];
  for (const [, fault] of chosen) found.push(await tryFault(run, fault));
  const machine = found.find((one) => one.machine !== null)?.machine;
  if (!machine) throw new Error(`nothing could be tried: ${found.map((one) => String(one.row.at(-1))).join('; ')}`);
  return {
    machine,
    sections: [
      {
        bench: 'faults',
        title:
          'after every trial each message taken has one row and one answer, each case named is there, verify is content',
        columns: [
          'fault',
          'trials',
          'clean',
          'messages or steps',
          'given up',
          'cases',
          'longest wait s',
          'settled after s',
          'slowest restart s',
          'violations',
          'skipped',
        ],
        rows: found.map((one) => one.row),
        notes: [
          'given up: refused three times within 15 s; the resident sees the platform’s own notice and says it again',
          'longest wait: from the first delivery to the words on the phone; settled: until every event was consumed, too',
        ],
      },
    ],
    violations: found.flatMap((one) => one.violations),
  };
}

async function tryFault(run: BenchRun, fault: Fault): Promise<Found> {
  const options = await fault.prepare(run);
  if (typeof options === 'string')
    return { row: [fault.name, 0, 0, 0, 0, 0, null, null, null, 0, options], violations: [], machine: null };
  run.say(`faults: ${fault.name}`);
  const ground = await openGround(run, options);
  const machine = await machineOf(ground.stand.db);
  const trials = run.options.quick ? fault.quick : fault.full;
  const violations: string[] = [];
  let [clean, messages, givenUp, longest] = [0, 0, 0, 0];
  for (let trial = 0; trial < trials; trial += 1) {
    const result = await fault.attempt(ground, trial);
    for (const { accepted, totalMs } of result.spoken) {
      messages += 1;
      if (accepted) longest = Math.max(longest, totalMs);
      else givenUp += 1;
    }
    if (result.violations.length === 0) clean += 1;
    violations.push(...result.violations.map((one) => `${fault.name}, trial ${trial + 1}: ${one}`));
    run.say(
      `  trial ${trial + 1} of ${trials}: ${result.violations.length === 0 ? 'clean' : result.violations.join('; ')}`,
    );
  }
  await ground.stand.stop();
  const row = [
    fault.name,
    trials,
    clean,
    messages,
    givenUp,
    ground.named.size,
    longest / 1000,
    ground.eventsSettledMs / 1000,
    ground.slowestRestartMs === 0 ? null : ground.slowestRestartMs / 1000,
    violations.length,
    '',
  ];
  await run.cleanUp.all();
  return { row, violations, machine };
}
