import { Inject, Injectable } from '@nestjs/common';
import { Periods } from '@linli/assessment';
import { BookingIntegrityStore } from '@linli/booking';
import { CatalogueIntegrityStore } from '@linli/catalogue';
import { CaseService, CaseworkIntegrityStore } from '@linli/casework';
import { NotificationService } from '@linli/notification';
import { checkAudit, Clock, Database, KEYS, type Keys } from '@linli/platform';
import { RatingService } from '@linli/rating';

const patienceMinutes = 10;

/** Checks live data for what must never be: duplicates, words unsent past their time, a broken audit chain. */
@Injectable()
export class Verification {
  constructor(
    private readonly database: Database,
    private readonly cases: CaseService,
    private readonly casework: CaseworkIntegrityStore,
    private readonly catalogue: CatalogueIntegrityStore,
    private readonly bookings: BookingIntegrityStore,
    private readonly ratings: RatingService,
    private readonly notifications: NotificationService,
    private readonly periods: Periods,
    private readonly clock: Clock,
    @Inject(KEYS) private readonly keys: Keys,
  ) {}

  /** One sentence per thing found wrong; empty when all is sound. */
  async run(): Promise<readonly string[]> {
    const found = await Promise.all([
      this.cases.checkIntegrity(),
      this.casework.problems(),
      this.catalogue.problems(this.clock.now()),
      this.bookings.problems(this.clock.now()),
      this.ratings.checkIntegrity(),
      this.notifications.checkOverdue(this.clock.now()),
      this.periods.problems(),
      this.waiting('platform_inbox', `state = 'pending'`, 'received_at', 'messages received but not handled'),
      this.waiting('platform_outbox', 'relayed_at is null', 'at', 'events not relayed'),
      this.waiting('platform_outbox', 'consumed_at is null', 'at', 'events not consumed'),
      this.waiting('rating_given', 'seq is null', 'at', 'ratings not sealed'),
      this.auditChain(),
    ]);
    return found.flat();
  }

  private async waiting(table: string, condition: string, since: string, what: string): Promise<string[]> {
    const [row] = await this.database.sql<{ count: number; oldest: Date | null }>(
      `select count(*)::int as count, min(${since}) as oldest from ${table}
       where ${condition} and ${since} < $1::timestamptz - make_interval(mins => $2)`,
      [this.clock.now(), patienceMinutes],
    );
    if (!row || row.count === 0) return [];
    return [
      `${row.count} ${what} after ${patienceMinutes} minutes, the oldest since ${row.oldest?.toISOString() ?? ''}`,
    ];
  }

  private async auditChain(): Promise<string[]> {
    const { sealed, brokenAt } = await checkAudit(this.database, this.keys.audit);
    return brokenAt === null ? [] : [`the audit chain of ${sealed} rows is broken at ${brokenAt}`];
  }
}
