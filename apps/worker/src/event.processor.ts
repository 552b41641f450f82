import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Logger } from '@nestjs/common';
import type { Job } from 'bullmq';
import { Consumption } from '@linli/journeys';
import { Database, markConsumed, queueNames, unconsumedEvents } from '@linli/platform';

/** What a job carries: ids of events in the outbox. */
export interface EventPack {
  readonly ids: readonly string[];
}

/** Runs the subscribers of a pack of events; what failed is tried again, what ran stays run. */
@Processor(queueNames.events, { concurrency: 4, lockDuration: 60_000 })
export class EventProcessor extends WorkerHost {
  private readonly logger = new Logger(EventProcessor.name);

  constructor(
    private readonly database: Database,
    private readonly consumption: Consumption,
  ) {
    super();
  }

  async process(job: Job<EventPack>): Promise<void> {
    const events = await unconsumedEvents(this.database, job.data.ids);
    const { done, failures } = await this.consumption.consume(events);
    if (done.length > 0) await markConsumed(this.database, done);
    for (const { event, error } of failures)
      this.logger.warn(error, `event ${event.type} ${event.id} failed and is tried again`);
    const [first] = failures;
    if (first) throw first.error;
  }

  @OnWorkerEvent('error')
  broken(error: Error): void {
    this.logger.warn(error, 'the event worker lost its queue for a moment');
  }
}
