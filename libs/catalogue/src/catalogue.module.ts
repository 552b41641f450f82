import { Module } from '@nestjs/common';
import { DirectoryModule } from '@linli/directory';
import { BulkReviewService } from './bulk/bulk-review.service';
import { BulkReviewStore } from './bulk/bulk-review.store';
import { ImportRuns } from './bulk/import-run.service';
import { ImportRunStore } from './bulk/import-run.store';
import { CatalogueService } from './catalogue.service';
import { DraftImport } from './draft-import.service';
import { ExportService } from './export.service';
import { ImportService } from './import.service';
import { LifeEventService } from './life-events/life-events.service';
import { CatalogueIntegrityStore } from './versions/catalogue-integrity.store';
import { DraftReading } from './versions/draft-reading.service';
import { DraftService } from './versions/draft.service';
import { DraftStore } from './versions/draft.store';
import { CatalogueHistory } from './versions/history.service';
import { PublicationSweep } from './versions/publication-sweep.service';
import { CatalogueSearch } from './search/search.service';

@Module({
  imports: [DirectoryModule],
  providers: [
    CatalogueService,
    LifeEventService,
    ImportService,
    DraftImport,
    ExportService,
    CatalogueSearch,
    DraftStore,
    DraftReading,
    DraftService,
    CatalogueHistory,
    PublicationSweep,
    CatalogueIntegrityStore,
    ImportRunStore,
    ImportRuns,
    BulkReviewStore,
    BulkReviewService,
  ],
  exports: [
    CatalogueService,
    LifeEventService,
    ImportService,
    DraftImport,
    ExportService,
    CatalogueSearch,
    DraftReading,
    DraftService,
    CatalogueHistory,
    PublicationSweep,
    CatalogueIntegrityStore,
    ImportRuns,
    BulkReviewService,
  ],
})
export class CatalogueModule {}
