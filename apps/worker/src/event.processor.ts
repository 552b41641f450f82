import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Logger } from '@nestjs/common';
import type { Job } from 'bullmq';
import { Subscriptions } from '@linli/journeys';
import { Database, eventOf, markConsumed, queueNames } from '@linli/platform';

/** Runs the subscribers of one event; what failed is tried again, what ran stays run. */
@Processor(queueNames.events, { concurrency: 8, lockDuration: 60_000 })
export class EventProcessor extends WorkerHost {
  private readonly logger = new Logger(EventProcessor.name);

  constructor(
    private readonly database: Database,
    private readonly subscriptions: Subscriptions,
  ) {
    super();
  }

  async process(job: Job<{ id: string }>): Promise<void> {
    const event = await eventOf(this.database, job.data.id);
    if (!event) return;
    await this.subscriptions.consume(event);
    await markConsumed(this.database, event.id);
  }

  @OnWorkerEvent('failed')
  failed(job: Job<{ id: string }> | undefined, error: Error): void {
    this.logger.warn(error, `event ${job?.data.id ?? ''} failed and is tried again`);
  }

  @OnWorkerEvent('error')
  broken(error: Error): void {
    this.logger.warn(error, 'the event worker lost its queue for a moment');
  }
}
