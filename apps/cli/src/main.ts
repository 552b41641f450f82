import 'reflect-metadata';
import { CommandFactory } from 'nest-commander';
import { Refusal } from '@linli/kernel';
import { refusalWords } from '@linli/journeys';
import { CliModule } from './cli.module';
import { CommandFailed } from './command-failed';

/** One plain sentence, with every detail a refusal names; a stack only where the fault is ours. */
function explain(error: Error): string {
  if (error instanceof Refusal) {
    const details = error.errors.map(({ at, problem }) => `  ${at}: ${problem}`);
    return [`${error.code}: ${refusalWords[error.code]}`, ...details].join('\n');
  }
  const ours = error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError;
  return ours ? (error.stack ?? error.message) : error.message;
}

function fail(error: Error): never {
  // Commander has said its own piece before it throws.
  const code = (error as { code?: unknown }).code;
  const isUsage = typeof code === 'string' && code.startsWith('commander.');
  if (!isUsage) process.stderr.write(`${explain(error)}\n`);
  const asked = code === 'commander.helpDisplayed' || code === 'commander.help' || code === 'commander.version';
  process.exit(asked ? 0 : error instanceof CommandFailed ? error.exitCode : isUsage ? 2 : 1);
}

CommandFactory.run(CliModule, {
  logger: false,
  cliName: 'npm run cli --',
  errorHandler: fail,
  serviceErrorHandler: fail,
}).catch((error: unknown) => fail(error instanceof Error ? error : new Error(String(error))));
