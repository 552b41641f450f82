import { Module } from '@nestjs/common';
import { DirectoryModule } from '@linli/directory';
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
import { WebhookPost } from './webhooks/webhook-post.service';
import { WebhookStore } from './webhooks/webhook.store';
import { Webhooks } from './webhooks/webhooks.service';

const inside = [
  AbsorptionStore,
  CorrectionStore,
  EvidenceStore,
  FactStore,
  PeriodStore,
  AppealStore,
  Sheets,
  Schemes,
  WebhookStore,
  WebhookPost,
];
const frontDoor = [AssessmentService, Periods, Appeals, Webhooks];

@Module({ imports: [DirectoryModule], providers: [...inside, ...frontDoor], exports: frontDoor })
export class AssessmentModule {}
