import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DeskBook, DeskEntry, Offering } from '@linli/booking';
import { projectRoot, type Database } from '@linli/platform';

interface BookingFile {
  readonly desks: readonly DeskEntry[];
  readonly offerings: readonly Offering[];
}

/** Opens the desks of the demo district's halls in a database that has none. */
export async function seedBooking(book: DeskBook, database: Database, now: Date): Promise<void> {
  if (!(await book.isEmpty())) return;
  const path = join(projectRoot(), 'config', 'demo', 'booking.json');
  const { desks, offerings } = JSON.parse(readFileSync(path, 'utf8')) as BookingFile;
  await database.transact((tx) => book.save(tx, desks, offerings, now));
}
