export { catalogueRows } from './catalogue.row';
export { Catalogue1780000002000 } from './catalogue.migration';
export { CatalogueVersions1780000010000 } from './versions/versions.migration';
export { PublicLists1780000064500 } from './versions/public-lists.migration';
export { ImportRuns1780000114000 } from './bulk/import-runs.migration';
export { bulkDecisions, type BulkDecision } from './bulk/bulk-review';
export { BulkReviewService } from './bulk/bulk-review.service';
export type { BulkFailure, BulkReview } from './bulk/bulk-review.store';
export { ImportRuns, type ImportedDraft, type ImportRunView } from './bulk/import-run.service';
export { CatalogueModule } from './catalogue.module';
export { CatalogueService, type Snapshot } from './catalogue.service';
export { DraftImport, type DraftImportOptions, type DraftImportReport } from './draft-import.service';
export { ExportService } from './export.service';
export type { FileFormat } from './files/catalogue-file.service';
export { ImportService, type ImportOptions, type ImportReport } from './import.service';
export { lintEntry, lintRules } from './lint/lint-entry';
export type { Finding, Lintable, LintRule, Severity } from './lint/rule';
export { CatalogueSearch } from './search/search.service';
export type { EntryPage, EntrySearch } from './search/entry-index';
export type { FacetCount } from './search/facets';
export type { LifeEventGuide } from './life-events/life-event';
export { LifeEvents1780000012000 } from './life-events/life-events.migration';
export { LifeEventService, type LifeEventReport, type LifeEventSummary } from './life-events/life-events.service';
export { CatalogueIntegrityStore } from './versions/catalogue-integrity.store';
export type { VersionChange } from './versions/diff';
export { draftStates, type DraftState } from './versions/draft';
export { DraftReading } from './versions/draft-reading.service';
export { DraftService } from './versions/draft.service';
export type { DraftDetail, DraftSummary } from './versions/draft-view';
export { CatalogueHistory, type Adjustment, type ListName, type VersionRecord } from './versions/history.service';
export {
  listCsv,
  listTitles,
  powersTable,
  responsibilitiesTable,
  servicesTable,
  type ListHead,
  type ListTable,
} from './versions/list-tables.service';
export {
  powersOf,
  responsibilitiesOf,
  servicesOf,
  untoldPowers,
  type Power,
  type PublicService,
  type ResponsibilityOfPower,
} from './versions/public-lists';
export { PublicationSweep } from './versions/publication-sweep.service';
export { guideAloud } from './guide-text/guide-aloud';
export { guideText } from './guide-text/guide-text';
export { escape as escapeXml, flowSvg } from './guide-text/flow-svg';
export { howLong, limitInWords } from './guide-text/lines';
export { textFindings, type TextFinding, type TextProblem, type TextReport } from './guide-text/text-findings';
