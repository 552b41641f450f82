import { assessment } from './assessment';
import { booking } from './booking';
import { cases } from './cases';
import { casework } from './casework';
import { chat } from './chat';
import { CleanUp } from './clean-up';
import type { Bench, BenchRun } from './bench';
import { faults } from './faults/faults';
import { importing } from './import';
import { items } from './items';
import { nearby } from './nearby';
import { readOptions, UsageError, type BenchName, type BenchOptions } from './options';
import { toJsonLines, toTables, type BenchResult } from './report';
import { routing } from './routing/routing';
import { scale } from './scale';
import { writeSvg, type Measured } from './svg';
import { watch } from './watch';

const benches: Readonly<Record<BenchName, Bench>> = {
  chat,
  cases,
  casework,
  watch,
  booking,
  nearby,
  scale,
  faults,
  items,
  routing,
  import: importing,
  assessment,
};

/** Runs what was asked for, one bench after the other; answers the exit code. */
async function main(options: BenchOptions, cleanUp: CleanUp): Promise<number> {
  const measured: Measured[] = [];
  // With --json the output is for programs; what goes on is told beside it.
  const say = (words: string): void => void process.stderr.write(`${words}\n`);
  const run: BenchRun = { options, cleanUp, say, measured };
  let violations = 0;
  let last: BenchResult | null = null;
  for (const name of options.names) {
    const result = await benches[name](run);
    process.stdout.write(options.json ? toJsonLines(result) : toTables(result));
    violations += result.violations.length;
    last = result;
    await cleanUp.all();
  }
  if (options.svg !== null && last && measured.length > 0) writeSvg(options.svg, measured, last.machine);
  return violations > 0 ? 1 : 0;
}

async function start(): Promise<void> {
  const cleanUp = new CleanUp();
  const exit = { begun: false };
  const leave = (code: number): void => {
    if (exit.begun) return;
    exit.begun = true;
    void cleanUp.all().finally(() => process.exit(code));
  };
  process.once('SIGINT', () => leave(130));
  process.once('SIGTERM', () => leave(143));
  try {
    const code = await main(readOptions(process.argv.slice(2)), cleanUp);
    leave(code);
  } catch (error) {
    // What fails after a signal fails because of it.
    if (!exit.begun)
      process.stderr.write(`${error instanceof UsageError ? error.message : String((error as Error).stack)}\n`);
    leave(error instanceof UsageError ? 2 : 1);
  }
}

void start();
