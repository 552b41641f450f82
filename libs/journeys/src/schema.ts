import {
  Assessment1780000006000,
  AssessmentFacts1780000033000,
  AssessmentOwn1780000060300,
  AssessmentPeriods1780000034000,
  AssessmentWebhooks1780000034500,
  OfficerClosures1780000113000,
} from '@linli/assessment';
import { Booking1780000016000, PastBookings1780000100100 } from '@linli/booking';
import {
  CaseCourse1780000020000,
  Casework1780000004000,
  Counter1780000027000,
  Dispatch1780000021000,
  OpenReports1780000026000,
  Provisional1780000113300,
  JointCalls1780000022000,
  LocalUnits1780000072100,
  Supervision1780000023000,
  SupportRecords1780000113100,
  Tasks1780000025000,
  WorkPile1780000072200,
  WorkQueue1780000024000,
} from '@linli/casework';
import {
  Catalogue1780000002000,
  catalogueRows,
  CatalogueVersions1780000010000,
  ImportRuns1780000114000,
  LifeEvents1780000012000,
  PublicLists1780000064500,
} from '@linli/catalogue';
import { Circle1780000015000 } from '@linli/circle';
import { Dialogue1780000003000 } from '@linli/dialogue';
import {
  CatalogueImport1780000013000,
  Directory1780000001000,
  directoryRows,
  OfficerArea1780000072000,
  Population1780000060310,
  Responsibility1780000011000,
} from '@linli/directory';
import { Guidance1780000018000 } from '@linli/guidance';
import { Notification1780000008000 } from '@linli/notification';
import {
  Artefacts1780000116000,
  CalendarYears1780000113200,
  Platform1780000000000,
  type Schema,
} from '@linli/platform';
import { OverdueAlarms1780000060320, Rating1780000005000, RatingCare1780000030000 } from '@linli/rating';
import { Wechat1780000007000 } from '@linli/wechat';

/** Everything the product keeps in PostgreSQL. */
export const schema: Schema = {
  rows: [...directoryRows, ...catalogueRows],
  migrations: [
    Platform1780000000000,
    Directory1780000001000,
    Catalogue1780000002000,
    Dialogue1780000003000,
    Casework1780000004000,
    Rating1780000005000,
    Assessment1780000006000,
    Wechat1780000007000,
    Notification1780000008000,
    CatalogueVersions1780000010000,
    Circle1780000015000,
    Responsibility1780000011000,
    CatalogueImport1780000013000,
    Booking1780000016000,
    LifeEvents1780000012000,
    CaseCourse1780000020000,
    Dispatch1780000021000,
    OpenReports1780000026000,
    JointCalls1780000022000,
    Supervision1780000023000,
    WorkQueue1780000024000,
    Tasks1780000025000,
    Counter1780000027000,
    Guidance1780000018000,
    RatingCare1780000030000,
    AssessmentFacts1780000033000,
    AssessmentPeriods1780000034000,
    AssessmentWebhooks1780000034500,
    AssessmentOwn1780000060300,
    OfficerArea1780000072000,
    LocalUnits1780000072100,
    WorkPile1780000072200,
    Population1780000060310,
    OverdueAlarms1780000060320,
    PublicLists1780000064500,
    PastBookings1780000100100,
    OfficerClosures1780000113000,
    SupportRecords1780000113100,
    CalendarYears1780000113200,
    Provisional1780000113300,
    ImportRuns1780000114000,
    Artefacts1780000116000,
  ],
};
