import { Module } from '@nestjs/common';
import { DirectoryModule } from '@linli/directory';
import { CatalogueService } from './catalogue.service';
import { ImportService } from './import.service';

@Module({
  imports: [DirectoryModule],
  providers: [CatalogueService, ImportService],
  exports: [CatalogueService, ImportService],
})
export class CatalogueModule {}
