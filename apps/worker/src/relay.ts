import { InjectQueue } from '@nestjs/bullmq';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { Subscriptions } from '@linli/journeys';
import { claimEvents, Database, Loop, markRelayed, queueNames, settleUnheard } from '@linli/platform';
import type { EventPack } from './event.processor';

const batch = 100;
/** Events of one job: enough that what a job costs the queue is shared, few enough that a crash repeats little. */
const pack = 50;

/** Carries events from the outbox to the queue, oldest first, in packs. */
@Injectable()
export class Relay implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(Relay.name);
  private loop: Loop | null = null;

  constructor(
    private readonly database: Database,
    private readonly subscriptions: Subscriptions,
    @InjectQueue(queueNames.events) private readonly queue: Queue,
  ) {}

  onApplicationBootstrap(): void {
    this.queue.on('error', (error) => this.logger.warn(error, 'the event queue failed'));
    this.loop = new Loop(() => this.round(), {
      pauseMs: 100,
      onError: (error) => this.logger.warn(error, 'events could not be relayed; they are tried again'),
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.loop?.stop();
  }

  /** A crash between the two statements relays an event twice; its subscribers run once all the same. */
  private async round(): Promise<boolean> {
    const events = await claimEvents(this.database, batch);
    if (events.length === 0) return false;
    const due: string[] = [];
    const unheard: string[] = [];
    for (const event of events) (this.subscriptions.of(event).length > 0 ? due : unheard).push(event.id);
    if (unheard.length > 0) await settleUnheard(this.database, unheard);
    if (due.length > 0) {
      // One by one: on PostgreSQL, adding in bulk makes a temporary table each time and costs more than two packs do.
      for (const ids of packsOf(due)) await this.queue.add('events', { ids } satisfies EventPack);
      await markRelayed(this.database, due);
    }
    return events.length === batch;
  }
}

function packsOf(ids: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(ids.length / pack) }, (_, n) => ids.slice(n * pack, (n + 1) * pack));
}
