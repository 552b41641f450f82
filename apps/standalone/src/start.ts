import { startEmbedded, type Config, type EmbeddedServer } from '@linli/platform';
import { announce } from './announce';
import { startBotProcess, type BotProcess } from './bot-process';
import type { Door } from './doors';
import { prepare } from './ground';
import { openDoors, type OpenDoors } from './open-doors';

const stopLimitMs = 9_000;

/** Prepares the ground (PostgreSQL, schema, seed, queues), opens the doors, and closes everything on a signal. */
export async function start(doors: readonly Door[] | 'all', readSettings: () => Config): Promise<void> {
  const config = readSettings();
  if (doors !== 'all' && !config.databaseUrl)
    throw new Error(
      'DATABASE_URL must be set when one door runs alone: the embedded PostgreSQL belongs to one process',
    );
  const server: EmbeddedServer | null = config.databaseUrl ? null : await startEmbedded(config.dataDir);
  let opened: OpenDoors | null = null;
  let bot: BotProcess | null = null;
  const stop = stopOnce(async () => {
    await bot?.stop();
    await opened?.close();
    await server?.stop();
  });
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  try {
    const ground = await prepare(config, server);
    opened = await openDoors(ground, doors === 'all' ? ['api', 'worker'] : doors);
    if (doors === 'all' && config.puppet) bot = startBotProcess(ground);
    announce(ground, opened);
  } catch (error) {
    await opened?.close();
    await server?.stop();
    throw error;
  }
}

/** Requests under way are answered first; what takes longer than nine seconds is cut off. */
function stopOnce(close: () => Promise<void>): () => void {
  let stopping = false;
  return () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), stopLimitMs).unref();
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`Linli did not stop cleanly: ${String(error)}\n`);
        process.exit(1);
      },
    );
  };
}
