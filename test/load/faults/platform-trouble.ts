import { setTimeout as sleep } from 'node:timers/promises';
import type { PlatformTrouble } from '../platform';
import { underLoad, type Fault } from './fault';
import type { Ground } from './ground';

const troubles: readonly PlatformTrouble[] = [
  { kind: 'slow', ms: 2_500 },
  { kind: 'errcode', errcode: -1 },
  { kind: 'status', status: 502 },
  { kind: 'hang' },
];
const lockedMs = 3_000;
const troubleMs = 5_000;

/**
 * Conversations are locked for longer than a push may wait, so that answers must follow as custom messages, and the
 * platform is slow, errs or hangs just then.
 */
export const platformTrouble: Fault = {
  name: 'the platform slow, erring, hanging',
  quick: troubles.length,
  full: troubles.length * 5,
  prepare: () => Promise.resolve({ apis: 1, workers: 1 }),
  attempt: (ground, trial) =>
    underLoad(ground, 10, async () => {
      await sleep(500);
      ground.platform.suffer(troubles[trial % troubles.length] ?? { kind: 'none' });
      try {
        await lockConversations(ground);
        await sleep(troubleMs - lockedMs);
      } finally {
        ground.platform.suffer({ kind: 'none' });
      }
    }),
};

async function lockConversations(ground: Ground): Promise<void> {
  const client = await ground.stand.db.connect();
  try {
    await client.query('begin');
    await client.query('lock table dialogue_conversation in exclusive mode');
    await sleep(lockedMs);
  } finally {
    await client.query('rollback');
    client.release();
  }
}
