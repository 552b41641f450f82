import { spawn } from 'node:child_process';
import type { Ground } from './ground';

/** The bot door in a process of its own, so that what wechaty costs is paid only where a puppet is configured. */
export interface BotProcess {
  stop(): Promise<void>;
}

const restartMs = 5_000;

/** Starts the bot beside this process and starts it again when it ends unasked. */
export function startBotProcess({ config, databaseUrl }: Ground): BotProcess {
  let stopping = false;
  const env = { ...process.env, DATABASE_URL: databaseUrl, KEYS_FILE: config.keysFile, SEED: 'none' };
  let child = launch();

  function launch(): ReturnType<typeof spawn> {
    const entry = process.argv[1] ?? '';
    const started = spawn(process.execPath, [entry, 'bot'], { env, stdio: 'inherit' });
    started.once('exit', () => {
      if (!stopping) setTimeout(() => (child = launch()), restartMs).unref();
    });
    return started;
  }

  return {
    stop: async () => {
      stopping = true;
      if (child.exitCode !== null) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    },
  };
}
