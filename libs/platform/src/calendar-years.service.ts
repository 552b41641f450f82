import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { CalendarYear } from '@linli/kernel';
import { appendAudit } from './audit';
import { Database, type Tx } from './database';
import { LiveCalendar } from './live-calendar';
import { CALENDAR } from './tokens';

const everyMs = 60_000;

/** Imported years in PostgreSQL, and the calendar of this process kept up with them: within a minute in all processes. */
@Injectable()
export class CalendarYears implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(CalendarYears.name);
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly database: Database,
    @Inject(CALENDAR) private readonly calendar: LiveCalendar,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.look();
    this.timer = setInterval(() => void this.look(), everyMs).unref();
  }

  onModuleDestroy(): void {
    if (this.timer) clearInterval(this.timer);
  }

  /** Keeps a year that was read and found sound; a second import of the year replaces the first. */
  async import(tx: Tx, year: CalendarYear, now: Date): Promise<void> {
    await tx.sql(
      `insert into platform_calendar_year as y (year, content, imported_at) values ($1, $2, $3)
       on conflict (year) do update set content = $2, imported_at = $3`,
      [year.year, JSON.stringify(year), now],
    );
    await appendAudit(tx, {
      actor: { kind: 'system', id: 'cli' },
      action: 'calendar.import',
      subject: `calendar:${year.year}`,
      detail: { notice: year.notice },
      at: now,
    });
  }

  /** Takes every imported year into the calendar of this process. */
  async refresh(): Promise<void> {
    const rows = await this.database.sql<{ content: CalendarYear }>(
      'select content from platform_calendar_year order by year',
    );
    this.calendar.take(rows.map((row) => row.content));
  }

  /** A look that fails leaves the calendar as it was until the next. */
  private async look(): Promise<void> {
    try {
      await this.refresh();
    } catch (error) {
      this.logger.warn(error, 'the imported calendar years could not be read');
    }
  }
}
