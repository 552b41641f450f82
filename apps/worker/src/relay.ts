import { InjectQueue } from '@nestjs/bullmq';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { Subscriptions } from '@linli/journeys';
import { claimEvents, Database, Loop, markRelayed, queueNames, settleUnheard } from '@linli/platform';

const batch = 100;

/** Carries events from the outbox to the queue, oldest first. */
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
    const due = events.filter((event) => this.subscriptions.concern(event));
    const unheard = events.filter((event) => !due.includes(event));
    if (unheard.length > 0) await settleUnheard(this.database, idsOf(unheard));
    if (due.length > 0) {
      await this.queue.addBulk(
        due.map(({ id, type }) => ({ name: type, data: { id }, opts: { jobId: `event-${id}` } })),
      );
      await markRelayed(this.database, idsOf(due));
    }
    return events.length === batch;
  }
}

function idsOf(events: readonly { readonly id: string }[]): string[] {
  return events.map((event) => event.id);
}
