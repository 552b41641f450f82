import { Module } from '@nestjs/common';
import { DirectoryModule } from '@linli/directory';
import { CatalogueService } from './catalogue.service';
import { ImportService } from './import.service';
import { CatalogueSearch } from './search/search.service';

@Module({
  imports: [DirectoryModule],
  providers: [CatalogueService, ImportService, CatalogueSearch],
  exports: [CatalogueService, ImportService, CatalogueSearch],
})
export class CatalogueModule {}
