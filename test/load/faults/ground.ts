import type { BenchRun } from '../bench';
import { Cluster } from '../cluster';
import { newMsgId, type PhoneNetwork } from '../phone';
import { Platform } from '../platform';
import { Stand, type StandOptions } from '../stand';
import { PushWire } from '../wechat-push';

/** What one kind of fault is tried on: the product, its database, and the platform, all of the bench's own. */
export interface Ground {
  readonly run: BenchRun;
  readonly cluster: Cluster;
  readonly stand: Stand;
  readonly platform: Platform;
  readonly network: PhoneNetwork;
  /** Case numbers named in answers so far. */
  readonly named: Set<string>;
  /** Submissions the platform gave up: their case may be there or not. */
  unsure: number;
  /** The longest that events were on their way after a trial, in milliseconds. */
  eventsSettledMs: number;
  /** The longest that a killed process was away. */
  slowestRestartMs: number;
  nextSeat: number;
}

export type GroundOptions = Omit<StandOptions, 'platformUrl'> & {
  /** The folder PostgreSQL lives under. */
  readonly clusterParent?: string;
};

export async function openGround(run: BenchRun, options: GroundOptions): Promise<Ground> {
  const platform = await Platform.open();
  run.cleanUp.defer(() => platform.close());
  const cluster = await Cluster.create(run.cleanUp, options.clusterParent);
  const stand = await Stand.open(cluster, { ...options, platformUrl: platform.url }, run.cleanUp);
  const network = { wire: new PushWire(stand.account), platform, ports: stand.ports, nextMsgId: newMsgId };
  return {
    run,
    cluster,
    stand,
    platform,
    network,
    named: new Set(),
    unsure: 0,
    eventsSettledMs: 0,
    slowestRestartMs: 0,
    nextSeat: 1,
  };
}

/** Kills the (first) api and starts it again. */
export async function killApi(ground: Ground): Promise<void> {
  const [api] = ground.stand.apis;
  if (!api) return;
  ground.slowestRestartMs = Math.max(ground.slowestRestartMs, await ground.stand.killAndRestart(api));
}

/** Kills the (first) worker and starts it again. */
export async function killWorker(ground: Ground): Promise<void> {
  const [worker] = ground.stand.workers;
  if (!worker) return;
  ground.slowestRestartMs = Math.max(ground.slowestRestartMs, await ground.stand.killAndRestart(worker));
}
