export { catalogueRows } from './catalogue.row';
export { Catalogue1780000002000 } from './catalogue.migration';
export { CatalogueVersions1780000010000 } from './versions/versions.migration';
export { CatalogueModule } from './catalogue.module';
export { CatalogueService, type EntryQuery, type Snapshot } from './catalogue.service';
export { ImportService, type ImportOptions, type ImportReport } from './import.service';
export { CatalogueSearch } from './search/search.service';
export type { EntryPage, EntrySearch } from './search/entry-index';
export type { FacetCount } from './search/facets';
