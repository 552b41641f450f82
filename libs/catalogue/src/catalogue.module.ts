import { Module } from '@nestjs/common';
import { DirectoryModule } from '@linli/directory';
import { CatalogueService } from './catalogue.service';
import { ImportService } from './import.service';
import { LifeEventService } from './life-events/life-events.service';
import { CatalogueSearch } from './search/search.service';

@Module({
  imports: [DirectoryModule],
  providers: [CatalogueService, LifeEventService, ImportService, CatalogueSearch],
  exports: [CatalogueService, LifeEventService, ImportService, CatalogueSearch],
})
export class CatalogueModule {}
