import { Module } from '@nestjs/common';
import { DirectoryModule } from '@linli/directory';
import { CatalogueService } from './catalogue.service';

@Module({ imports: [DirectoryModule], providers: [CatalogueService], exports: [CatalogueService] })
export class CatalogueModule {}
