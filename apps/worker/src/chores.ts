import { InjectQueue, OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { Job, Queue } from 'bullmq';
import { AssessmentService } from '@linli/assessment';
import { BookingSweep } from '@linli/booking';
import { CaseService, DeadlineWatch, Recount } from '@linli/casework';
import { BulkReviewService, PublicationSweep } from '@linli/catalogue';
import { RatingQuestions } from '@linli/journeys';
import {
  Clock,
  clearConsumed,
  Database,
  Inbox,
  KEYS,
  OnceOnly,
  queueNames,
  reopenStale,
  sealAudit,
  type Keys,
} from '@linli/platform';
import { RatingService, Rectifications } from '@linli/rating';

const chores = {
  seal: 2000,
  sweep: 30_000,
  watch: 60_000,
  recount: 60_000,
  review: 2000,
  publish: 2000,
  seats: 5_000,
  reopen: 60_000,
  ratings: 2000,
  asking: 30_000,
  rectify: 60_000,
  figures: 2000,
  clear: 600_000,
} as const;
type Chore = keyof typeof chores;

const bookingsMost = 200;
const staleSeconds = 300;
const inboxDays = 30;
const outboxDays = 30;

/** What the clock demands: deadlines, sealing the audit trail, forgetting what is no longer needed. */
@Processor(queueNames.chores, { concurrency: 1, lockDuration: 60_000 })
export class Chores extends WorkerHost implements OnApplicationBootstrap {
  private readonly logger = new Logger(Chores.name);

  constructor(
    @InjectQueue(queueNames.chores) private readonly queue: Queue,
    private readonly database: Database,
    private readonly cases: CaseService,
    private readonly watch: DeadlineWatch,
    private readonly recount: Recount,
    private readonly publications: PublicationSweep,
    private readonly reviews: BulkReviewService,
    private readonly bookings: BookingSweep,
    private readonly ratings: RatingService,
    private readonly rectifications: Rectifications,
    private readonly questions: RatingQuestions,
    private readonly assessment: AssessmentService,
    private readonly inbox: Inbox,
    private readonly once: OnceOnly,
    private readonly clock: Clock,
    @Inject(KEYS) private readonly keys: Keys,
  ) {
    super();
  }

  async onApplicationBootstrap(): Promise<void> {
    this.queue.on('error', (error) => this.logger.warn(error, 'the chore queue failed'));
    for (const [name, every] of Object.entries(chores)) await this.queue.upsertJobScheduler(name, { every }, { name });
  }

  async process(job: Job): Promise<void> {
    await this.run(job.name as Chore);
  }

  @OnWorkerEvent('failed')
  failed(job: Job | undefined, error: Error): void {
    this.logger.warn(error, `the chore ${job?.name ?? ''} failed; it runs again in its turn`);
  }

  @OnWorkerEvent('error')
  broken(error: Error): void {
    this.logger.warn(error, 'the chore worker lost its queue for a moment');
  }

  private async run(chore: Chore): Promise<unknown> {
    switch (chore) {
      case 'seal':
        while ((await sealAudit(this.database, this.keys.audit)) > 0);
        return undefined;
      case 'sweep':
        return this.cases.sweep(this.clock.now());
      case 'watch':
        return this.watch.run(this.clock.now());
      case 'recount':
        return this.recount.run(this.clock.now());
      case 'seats':
        return this.bookings.run(this.clock.now(), bookingsMost);
      case 'review':
        return this.reviews.carryOut();
      case 'publish':
        return this.publications.publishDue(this.clock.now());
      case 'ratings':
        while ((await this.ratings.seal()) > 0);
        return undefined;
      case 'asking':
        return this.questions.round();
      case 'rectify':
        return this.rectifications.sweep(this.clock.now());
      case 'figures':
        return this.assessment.rollUp();
      case 'reopen':
        return reopenStale(this.database, staleSeconds);
      case 'clear':
        return Promise.all([this.inbox.clear(inboxDays), clearConsumed(this.database, outboxDays), this.once.clear()]);
    }
  }
}
