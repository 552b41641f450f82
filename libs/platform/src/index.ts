export { ArtefactStore } from './artefact.store';
export { Artefacts1780000116000 } from './artefacts.migration';
export {
  appendAudit,
  appendAudits,
  checkAudit,
  sealAudit,
  type AuditActor,
  type AuditCheck,
  type AuditEntry,
} from './audit';
export { Batcher, type BatcherOptions } from './batcher';
export { loadCalendar } from './calendar';
export { CalendarYears } from './calendar-years.service';
export { CalendarYears1780000113200 } from './calendar-years.migration';
export { LiveCalendar } from './live-calendar';
export { Clock } from './clock';
export {
  projectRoot,
  readConfig,
  type Config,
  type LanguageModelSettings,
  type MiniAccount,
  type OfficialAccount,
} from './config';
export { dataSourceOptions, migrate, underLock, type Schema } from './data-source';
export { Database, sqlState, type Tx } from './database';
export { freePort, runningEmbedded, startEmbedded, type EmbeddedServer } from './embedded-postgres';
export { FieldCipher } from './field-cipher';
export { freshBytes } from './fresh-bytes';
export { FileStore, fileSizeLimit, type FileOwner, type StoredFile } from './file.store';
export { giveBackMemory } from './give-back-memory';
export { inSlices } from './in-slices';
export { Inbox, type Received } from './inbox';
export { ephemeralKeys, loadKeys, newKeysFile, type Keys } from './keys';
export { bodyHash, OnceOnly, type RequestKey } from './once-only';
export { loggingModule } from './logging';
export { Loop, type LoopOptions } from './loop';
export {
  appendEvent,
  claimEvents,
  clearConsumed,
  consumeOnce,
  unconsumedEvents,
  markConsumed,
  markRelayed,
  reopenStale,
  settleUnheard,
} from './outbox';
export { PdfPress } from './pdf/pdf-press';
export { type Chart, type PdfSheet } from './pdf/sheet';
export { Platform1780000000000 } from './platform.migration';
export { PlatformModule, type PlatformOptions } from './platform.module';
export { accessKey, Public } from './public-access';
export { flattenProblems, shapeProblems } from './shape-problems';
export { shapeCheck, type ShapeCheck } from './shape-check';
export { together } from './together';
export { CALENDAR, CONFIG, DATABASE_URL, KEYS } from './tokens';
export { checkQueues, migrateQueues, queueNames, queuesModule, type QueueOptions } from './queues';
export { guarded } from './tables/formula-text';
export { readTable } from './tables/read-table';
export {
  TableUnreadable,
  type Cell,
  type Table,
  type TableLine,
  type TableRecord,
  type TableRow,
  type TableShape,
} from './tables/table';
export { openTable, type TableFile } from './tables/table-file';
export { decodeText } from './tables/table-text';
