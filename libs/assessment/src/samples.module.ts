import { DirectoryService } from '@linli/directory';
import type { Clock, Database, FieldCipher } from '@linli/platform';
import { AbsorptionStore } from './absorption.store';
import { AppealStore } from './appeal.store';
import { Appeals } from './appeals.service';
import { AssessmentService } from './assessment.service';
import { CorrectionStore } from './correction.store';
import { EvidenceStore } from './evidence.store';
import { FactStore } from './fact.store';
import { PeriodStore } from './period.store';
import { Periods } from './periods.service';
import { Schemes } from './schemes.service';
import { Sheets } from './sheets.service';
import { WebhookStore } from './webhooks/webhook.store';

/** What specs reach into. */
export interface AssessmentRoom {
  readonly facts: FactStore;
  readonly assessment: AssessmentService;
  readonly periods: Periods;
  readonly appeals: Appeals;
}

/** The room put together by hand, for specs. */
export function assessmentRoom(database: Database, cipher: FieldCipher, clock: Clock): AssessmentRoom {
  const schemes = new Schemes();
  const absorption = new AbsorptionStore();
  const corrections = new CorrectionStore(absorption);
  const facts = new FactStore(database);
  const store = new PeriodStore(database);
  const appealStore = new AppealStore(database, cipher);
  const webhooks = new WebhookStore(database, cipher);
  const sheets = new Sheets(database, facts, store, new DirectoryService(database), schemes);
  return {
    facts,
    assessment: new AssessmentService(
      ...([database, absorption, corrections, facts, new EvidenceStore(database), sheets, schemes, clock] as const),
    ),
    periods: new Periods(database, absorption, facts, store, appealStore, sheets, schemes, webhooks),
    appeals: new Appeals(database, appealStore, corrections, store, sheets, clock),
  };
}
