import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CalendarYear } from '@linli/kernel';
import { projectRoot } from './config';
import { LiveCalendar } from './live-calendar';

/** The years kept in `config/calendar` (one file a year, with the notice it comes from). */
export function shippedYears(): CalendarYear[] {
  const folder = join(projectRoot(), 'config/calendar');
  const files = readdirSync(folder).filter((name) => /^\d{4}\.json$/.test(name));
  return files.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as CalendarYear);
}

/** The calendar of the years that came with the program. */
export function loadCalendar(): LiveCalendar {
  return new LiveCalendar(shippedYears());
}
