import { Injectable } from '@nestjs/common';
import type { Officer } from '@linli/directory';
import { localDate } from '@linli/kernel';
import { overviewOf } from '../reach';
import { DailySheetStore, type DailySheet } from './daily-sheet.store';

const nothing = { count: 0, items: [] } as const;

/** 每日一单 for an officer's unit, subdistrict or district. */
@Injectable()
export class DailySheets {
  constructor(private readonly store: DailySheetStore) {}

  async of(officer: Officer, now: Date): Promise<DailySheet> {
    const reach = overviewOf(officer);
    if (reach !== null) return this.store.sheet(reach, localDate(now), now);
    return {
      dueToday: nothing,
      overdue: nothing,
      awaitingCorrection: nothing,
      suspended: nothing,
      unsigned: nothing,
      supervision: nothing,
    };
  }
}
