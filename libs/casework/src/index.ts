export { checkAnswer, type Checked } from './answer-check';
export { checkApplicantField } from './applicant-check';
export { deliveryWays, stopKinds, type DeliveryWay, type StopKind } from './case';
export { type BundleDetail, shareOf, type ItemMeanings, type ItemShare } from './bundles/bundle';
export { Bundles, type BundledDraft } from './bundles/bundles.service';
export { Counter1780000027000 } from './counter/counter.migration';
export { Counter, type CounterDraft, type PersonMatch } from './counter/counter.service';
export { type CounterFilingItem } from './counter/counter.store';
export { ResultHandOver, type Receiving } from './counter/hand-over.service';
export { askedPapers, type AskedPaper } from './papers/paper';
export { Papers, type CheckedPaper, type IssuedPaper } from './papers/papers.service';
export { type TransferSlip } from './papers/transfer-slip';
export { type Correction } from './correction';
export { CaseCourse } from './case-course.service';
export { type CaseAsker, type CaseQuery } from './case-reading.service';
export { CaseService } from './case.service';
export { type RevealedCase } from './revealing';
export { type CaseDetail, type CaseListItem, type MaterialStatus, type TimelineStep } from './case-view';
export { Casework1780000004000 } from './casework.migration';
export { CaseworkModule } from './casework.module';
export { type ClosingWords } from './closing';
export { CaseCourse1780000020000 } from './course.migration';
export { type DeferralWish } from './declining';
export { type Due } from './deadlines';
export { dispatchRoles, type Dispatch, type DispatchRole } from './dispatch/dispatch';
export { Dispatch1780000021000 } from './dispatch/dispatch.migration';
export { type DispatchItem } from './dispatch/dispatch.store';
export { Dispatching } from './dispatch/dispatching.service';
export { LocalUnits1780000072100 } from './dispatch/local-units.migration';
export { LocalWork } from './dispatch/local-work.service';
export { type SupportRecord } from './dispatch/support-record';
export { SupportRecords1780000113100 } from './dispatch/support-records.migration';
export { Supporting } from './dispatch/supporting.service';
export { type RelatedCase } from './duplicates/duplicate.store';
export { Duplicates } from './duplicates/duplicates.service';
export { type Awaiting, type JointCallRow } from './joint-calls/call-row.store';
export { JointCallList } from './joint-calls/joint-call-list.service';
export {
  isCallLate,
  jointCallStates,
  type CallUnit,
  type JointCall,
  type JointCallState,
} from './joint-calls/joint-call';
export { type JointCallPage } from './joint-calls/joint-call.store';
export { JointCalls1780000022000 } from './joint-calls/joint-calls.migration';
export { JointCalls, type CalledAbout } from './joint-calls/joint-calls.service';
export { Provisional1780000113300 } from './recount/provisional.migration';
export { Requests } from './requests/requests.service';
export { Recount } from './recount/recount.service';
export { CaseworkIntegrityStore } from './supervision/casework-integrity.store';
export { DailySheets } from './supervision/daily-sheet.service';
export { type DailySheet } from './supervision/daily-sheet.store';
export { DeadlineWatch } from './supervision/deadline-watch.service';
export { urgencies, type Urgency } from './supervision/limits';
export { Supervising } from './supervision/supervising.service';
export { Supervision1780000023000 } from './supervision/supervision.migration';
export { orderStates, type OrderState, type SupervisionOrder } from './supervision/supervision.store';
export { taskKinds, taskStates, type Task, type TaskKind, type TaskState } from './tasks/task';
export { TaskList } from './tasks/task-list.service';
export { Tasks1780000025000 } from './tasks/tasks.migration';
export { Tasks, type TaskChange } from './tasks/tasks.service';
export { type Claim } from './work-queue/claim.store';
export { priorityReasons, type PriorityReason } from './work-queue/priority';
export { WorkPile1780000072200 } from './work-queue/work-pile.migration';
export { WorkQueue1780000024000 } from './work-queue/work-queue.migration';
export { WorkQueue } from './work-queue/work-queue.service';
export { OpenReports1780000026000 } from './open-reports/open-reports.migration';
export { OpenReportStore, type OpenReport, type OpenReportQuery } from './open-reports/open-reports.store';
