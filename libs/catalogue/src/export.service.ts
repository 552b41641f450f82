import { Injectable } from '@nestjs/common';
import { Database } from '@linli/platform';
import type { FileFormat } from './files/catalogue-file.service';
import { writeCatalogueFile, type WrittenEntry } from './files/table-writer.service';

const batchSize = 500;

/** The published catalogue as a file: what was imported comes back. */
@Injectable()
export class ExportService {
  constructor(private readonly database: Database) {}

  /** Writes what is published, by id, and answers how many entries that were. */
  async exportFile(path: string, format: FileFormat): Promise<number> {
    let count = 0;
    const batches = this.batches((size) => (count += size));
    await writeCatalogueFile(path, format, batches);
    return count;
  }

  private async *batches(onBatch: (size: number) => void): AsyncGenerator<WrittenEntry[]> {
    for (let after = ''; ;) {
      const batch = await this.database.sql<WrittenEntry>(
        `select entry_id as id, content from catalogue_version
         where state = 'published' and entry_id > $1 order by entry_id limit $2`,
        [after, batchSize],
      );
      if (batch.length > 0) yield batch;
      onBatch(batch.length);
      if (batch.length < batchSize) return;
      after = batch.at(-1)?.id ?? '';
    }
  }
}
