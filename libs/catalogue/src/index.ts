export { catalogueRows } from './catalogue.row';
export { Catalogue1780000002000 } from './catalogue.migration';
export { CatalogueModule } from './catalogue.module';
export {
  CatalogueService,
  type EntryQuery,
  type ImportOptions,
  type ImportReport,
  type Snapshot,
} from './catalogue.service';
