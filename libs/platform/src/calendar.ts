import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workCalendar, type CalendarYear, type WorkCalendar } from '@linli/kernel';
import { projectRoot } from './config';

/** Reads the years kept in `config/calendar` (one file a year, with the notice it comes from). */
export function loadCalendar(): WorkCalendar {
  const folder = join(projectRoot(), 'config/calendar');
  const files = readdirSync(folder).filter((name) => /^\d{4}\.json$/.test(name));
  return workCalendar(files.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as CalendarYear));
}
