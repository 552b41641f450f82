/** The doors of the product; one process opens some or all of them. */
export type Door = 'api' | 'worker' | 'bot';

/** The command line was not understood. */
export class UsageError extends Error {}

/** Which doors the command line asks for; none named: api and worker, and the bot when a puppet is configured. */
export function doorsOf(args: readonly string[]): readonly Door[] | 'all' {
  if (args.length === 0) return 'all';
  const [door, ...rest] = args;
  if (rest.length === 0 && (door === 'api' || door === 'worker' || door === 'bot')) return [door];
  throw new UsageError(`Usage: npm start [-- api|worker|bot]; "${args.join(' ')}" is none of these`);
}
