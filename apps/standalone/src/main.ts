import 'reflect-metadata';
import { setFlagsFromString } from 'node:v8';
import { readConfig } from '@linli/platform';
import { doorsOf, UsageError } from './doors';
import { start } from './start';

// On a large machine V8 lets garbage grow to several times what is alive before it looks; a fifth more keeps the processes
// at two thirds of the memory. The price is small, since requests leave little in the old generation.
setFlagsFromString('--heap-growing-percent=20');

/** One plain sentence for what the operator can mend; a stack only for what is our own fault. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const ours = error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError;
  return ours ? (error.stack ?? error.message) : error.message;
}

async function main(): Promise<void> {
  await start(doorsOf(process.argv.slice(2)), () => readConfig(process.env));
}

main().catch((error: unknown) => {
  process.stderr.write(`Linli did not start. ${explain(error)}\n`);
  process.exit(error instanceof UsageError ? 2 : 1);
});
