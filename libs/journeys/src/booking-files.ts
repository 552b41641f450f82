import { Injectable } from '@nestjs/common';
import { DeskBook, readDeskFile } from '@linli/booking';
import { DirectoryService } from '@linli/directory';
import { Refusal } from '@linli/kernel';
import { Clock, Database } from '@linli/platform';

/** What an import of desks did. */
export interface DeskImportReport {
  readonly desks: number;
  readonly offerings: number;
}

/** Files of desks and what is booked at them, checked against the directory; taken whole or not at all. */
@Injectable()
export class BookingFiles {
  constructor(
    private readonly book: DeskBook,
    private readonly directory: DirectoryService,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Adds and renews by id. What is booked stays booked; slots to come get the seats the rules now give. */
  async import(json: unknown): Promise<DeskImportReport> {
    const [subdistricts, departments, desks] = await Promise.all([
      this.directory.subdistricts(),
      this.directory.departments(),
      this.book.deskIds(),
    ]);
    const idsOf = (rows: readonly { readonly id: string }[]): Set<string> => new Set(rows.map(({ id }) => id));
    const ground = { subdistricts: idsOf(subdistricts), departments: idsOf(departments), desks: new Set(desks) };
    const file = readDeskFile(json, ground);
    if (file.problems.length > 0) throw new Refusal('booking.rulesInvalid', file.problems);
    await this.database.transact((tx) => this.book.save(tx, file.desks, file.offerings, this.clock.now()));
    return { desks: file.desks.length, offerings: file.offerings.length };
  }
}
