import { Module } from '@nestjs/common';
import { Bundles } from './bundles/bundles.service';
import { CaseCourse } from './case-course.service';
import { CaseIntegrityStore } from './case-integrity.store';
import { CaseListStore } from './case-list.store';
import { CaseReading } from './case-reading.service';
import { CaseRegister } from './case-register.service';
import { CaseService } from './case.service';
import { CaseStore } from './case.store';
import { EntryShelf } from './entry-shelf.store';
import { CaseSweep } from './case-sweep.service';
import { CaseTrailStore } from './case-trail.store';
import { Counter } from './counter/counter.service';
import { Closures } from './closures/closures.service';
import { CounterStore } from './counter/counter.store';
import { ResultHandOver } from './counter/hand-over.service';
import { DispatchStore } from './dispatch/dispatch.store';
import { OpenReportStore } from './open-reports/open-reports.store';
import { Dispatching } from './dispatch/dispatching.service';
import { LocalWork } from './dispatch/local-work.service';
import { SupportRecordStore } from './dispatch/support-record.store';
import { Supporting } from './dispatch/supporting.service';
import { DuplicateStore } from './duplicates/duplicate.store';
import { Duplicates } from './duplicates/duplicates.service';
import { CalledUnitStore } from './joint-calls/called-unit.store';
import { CallRowStore } from './joint-calls/call-row.store';
import { JointCallList } from './joint-calls/joint-call-list.service';
import { JointCallStore } from './joint-calls/joint-call.store';
import { JointCalls } from './joint-calls/joint-calls.service';
import { Papers } from './papers/papers.service';
import { Requests } from './requests/requests.service';
import { Recount } from './recount/recount.service';
import { CaseworkIntegrityStore } from './supervision/casework-integrity.store';
import { CaseworkSettings } from './supervision/casework-settings.service';
import { DailySheets } from './supervision/daily-sheet.service';
import { DailySheetStore } from './supervision/daily-sheet.store';
import { DeadlineWatch } from './supervision/deadline-watch.service';
import { Supervising } from './supervision/supervising.service';
import { SupervisionStore } from './supervision/supervision.store';
import { WatchStore } from './supervision/watch.store';
import { TaskList } from './tasks/task-list.service';
import { TaskStore } from './tasks/task.store';
import { Tasks } from './tasks/tasks.service';
import { ClaimStore } from './work-queue/claim.store';
import { WorkQueue } from './work-queue/work-queue.service';

/** The counter, its papers, and bundles of cases. */
const counter = [Counter, ResultHandOver, Papers, Bundles];

/** Joint calls, supervision, work queue, tasks and duplicates: what goes on around cases. */
const around = [
  JointCalls,
  JointCallList,
  Supervising,
  DeadlineWatch,
  DailySheets,
  WorkQueue,
  Tasks,
  TaskList,
  Duplicates,
  Recount,
  Requests,
  Closures,
  CaseworkIntegrityStore,
];

@Module({
  providers: [
    ...around,
    ...counter,
    CounterStore,
    CaseworkSettings,
    CalledUnitStore,
    JointCallStore,
    CallRowStore,
    SupervisionStore,
    WatchStore,
    DailySheetStore,
    ClaimStore,
    TaskStore,
    DuplicateStore,
    CaseService,
    CaseCourse,
    CaseReading,
    CaseRegister,
    CaseSweep,
    EntryShelf,
    CaseStore,
    CaseTrailStore,
    CaseListStore,
    CaseIntegrityStore,
    DispatchStore,
    Dispatching,
    LocalWork,
    SupportRecordStore,
    Supporting,
    OpenReportStore,
  ],
  exports: [CaseService, CaseCourse, Dispatching, LocalWork, Supporting, ...around, ...counter, OpenReportStore],
})
export class CaseworkModule {}
