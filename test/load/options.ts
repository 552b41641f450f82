import { parseArgs } from 'node:util';

export const benchNames = [
  'chat',
  'cases',
  'casework',
  'watch',
  'booking',
  'nearby',
  'scale',
  'faults',
  'items',
  'routing',
  'import',
  'assessment',
] as const;
export type BenchName = (typeof benchNames)[number];

/** What the command line asks for. */
export interface BenchOptions {
  readonly names: readonly BenchName[];
  readonly json: boolean;
  /** Length of one measured round; null: each bench's own. */
  readonly seconds: number | null;
  readonly quick: boolean;
  readonly svg: string | null;
  /** Where `chat` leaves a processor profile of each process; null: none is taken. */
  readonly profile: string | null;
  /** Faults to try; empty: all. */
  readonly only: readonly string[];
  /** Labelled texts `routing` asks for; null: those that are there. */
  readonly file: string | null;
  /** Entries of the large catalogue `routing` asks besides; null: none. */
  readonly entries: number | null;
}

/** The command line was not understood; the message is for whoever typed it. */
export class UsageError extends Error {}

const usage = `npm run bench -- [${benchNames.join('|')} …] [--quick] [--seconds N] [--json] [--svg FILE] [--only FAULT,FAULT] [--profile FOLDER] [--file labelled.jsonl] [--entries N]`;

export function readOptions(args: readonly string[]): BenchOptions {
  const { values, positionals } = parsed(args);
  const unknown = positionals.filter((name) => !benchNames.some((one) => one === name));
  if (unknown.length > 0) throw new UsageError(`No bench is called ${unknown.join(', ')}.\n${usage}`);
  const seconds = values.seconds === undefined ? null : Number(values.seconds);
  if (seconds !== null && !(seconds >= 1 && seconds <= 3600))
    throw new UsageError(`--seconds takes 1 to 3600.\n${usage}`);
  const entries = values.entries === undefined ? null : Number(values.entries);
  if (entries !== null && !(Number.isInteger(entries) && entries >= 1 && entries <= 100_000))
    throw new UsageError(`--entries takes 1 to 100000.\n${usage}`);
  const names = benchNames.filter((name) => positionals.length === 0 || positionals.includes(name));
  const only = (values.only ?? '').split(',').filter((one) => one !== '');
  return {
    names,
    json: values.json,
    seconds,
    quick: values.quick,
    svg: values.svg ?? null,
    profile: values.profile ?? null,
    only,
    file: values.file ?? null,
    entries,
  };
}

function parsed(args: readonly string[]): {
  values: {
    json: boolean;
    quick: boolean;
    seconds?: string;
    svg?: string;
    only?: string;
    profile?: string;
    file?: string;
    entries?: string;
  };
  positionals: string[];
} {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        quick: { type: 'boolean', default: false },
        seconds: { type: 'string' },
        svg: { type: 'string' },
        only: { type: 'string' },
        profile: { type: 'string' },
        file: { type: 'string' },
        entries: { type: 'string' },
      },
    });
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n${usage}`);
  }
}
