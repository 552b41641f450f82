export { RatingAsking, type DueAsk } from './asking/rating-asking.service';
export { isReachable } from './asking/asking';
export { channelCodes, gradeCode, gradeOfCode, isBad, type GradeCodeSystem } from './grade-codes';
export { RatingCallbacks, type CallbackRating, type GradeCounts } from './links/callbacks.service';
export {
  linkChannels,
  RatingLinks,
  type IssuedLink,
  type LinkRating,
  type LinkView,
} from './links/rating-links.service';
export { optionSets, optionSetsOf, type OptionSets, type RatingOption } from './options';
export { OverdueAlarms1780000060320 } from './overdue-alarms.migration';
export { type RatingDraft } from './rating';
export { RatingCare1780000030000 } from './rating-care.migration';
export { Rating1780000005000 } from './rating.migration';
export { RatingModule } from './rating.module';
export { RatingService } from './rating.service';
export { RatingAppeals, type AppealDecision, type RatingAppeal } from './rectification/appeals.service';
export {
  complexities,
  rectificationStates,
  type Complexity,
  type RectificationState,
} from './rectification/rectification';
export { type OverdueAlarm } from './rectification/alarm.store';
export { OverdueAlarms } from './rectification/overdue-alarms.service';
export { type Rectification } from './rectification/rectification.store';
export { Rectifications, type AfterCall, type Verification } from './rectification/rectifications.service';
export { ExclusionStore, type Exclusion } from './review/exclusion.store';
export { type FlagDecision, type FlagKind, type RatingFlag } from './review/flag.store';
export { RatingReview } from './review/rating-review.service';
export { type StaffBinding } from './review/staff-binding.store';
export { isAskedAbout, type Rateable, type RateablePage, type ServiceEvent } from './service-event';
