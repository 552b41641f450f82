import { setTimeout as sleep } from 'node:timers/promises';
import { someMs, underLoad, type Fault } from './fault';

/** PostgreSQL goes down as in a crash and comes back, while residents talk. */
export const postgresCrash: Fault = {
  name: 'PostgreSQL restarted, immediate',
  quick: 2,
  full: 20,
  prepare: () => Promise.resolve({ apis: 1, workers: 1 }),
  attempt: (ground) =>
    underLoad(ground, 20, async () => {
      await sleep(someMs(500, 2_000));
      await ground.cluster.crash();
      await ground.cluster.start();
      await sleep(1_500);
    }),
};
