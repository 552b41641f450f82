import { Inject, Injectable } from '@nestjs/common';
import type { Officer } from '@linli/directory';
import { localDate, type WorkCalendar } from '@linli/kernel';
import { CALENDAR } from '@linli/platform';
import { reachOf } from '../reach';
import { coverageAlarm } from '../recount/recount';
import { DailySheetStore, type DailySheet } from './daily-sheet.store';

const nothing = { count: 0, items: [] } as const;

/** The sheet, and a sentence when the holidays that dates are counted by soon end. */
export interface DatedSheet extends DailySheet {
  readonly calendarAlarm: string | null;
}

/** 每日一单 for an officer's unit – a community's or grid's too –, subdistrict or district. */
@Injectable()
export class DailySheets {
  constructor(
    private readonly store: DailySheetStore,
    @Inject(CALENDAR) private readonly calendar: WorkCalendar,
  ) {}

  async of(officer: Officer, now: Date): Promise<DatedSheet> {
    const calendarAlarm = coverageAlarm(localDate(now), this.calendar);
    const reach = reachOf(officer);
    if (reach.over !== 'nothing') return { ...(await this.store.sheet(reach, localDate(now), now)), calendarAlarm };
    return {
      calendarAlarm,
      dueToday: nothing,
      overdue: nothing,
      awaitingCorrection: nothing,
      suspended: nothing,
      unsigned: nothing,
      supervision: nothing,
    };
  }
}
