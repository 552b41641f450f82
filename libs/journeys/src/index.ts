export { Arrivals, type Arrival } from './arrivals';
export { Assignment, type AssignmentWish, type PlaceWish } from './assignment';
export type { WhoHandles } from './assignment-answer';
export { BookingFiles } from './booking-files';
export { CircleFiles } from './circle-files';
export { CircleSearch, type FoundPlace } from './circle-search';
export { CounterDesk, type CounterFilingWish } from './counter-desk';
export { Delivering } from './delivering';
export { Filing, type Application, type Report } from './filing';
export { Guidepost } from './guidepost';
export { HandOvers, type StaffHandOver } from './hand-overs';
export { Hearing, type Answer } from './hearing';
export { JourneysModule, type JourneyOptions } from './journeys.module';
export { readLabelled, type LabelledFile } from './labelled-file';
export { LifeEventFiling, type LifeEventWish, type OpenedLifeEvent } from './life-event-filing';
export { OfferingDesks } from './offering-desks';
export { RatingByProgram, type GivenRating } from './rating-by-program';
export { RatingContacts, type RaterContact } from './rating-contacts';
export { RatingQuestions } from './rating-questions';
export { Responsibilities } from './responsibilities';
export { refusalTitles, refusalWords } from './refusal-words';
export {
  answerOf,
  judge,
  scoreOf,
  type Judged,
  type LabelledText,
  type RouteScore,
  type Shares,
} from './route-scoring';
export { RouteCorrections, type GivenCorrection, type NamedAccuracy } from './route-corrections';
export { schema } from './schema';
export { SecondOpinions } from './second-opinions';
export { Seeding, type DemoCredentials } from './seeding';
export { stations, type Station, type Subscription } from './subscription';
export { Consumption, type Consumed } from './consumption';
export { Subscriptions } from './subscriptions';
export { Verification } from './verification';
export { DispatchDesk } from './dispatch-desk';
export { JointCallDesk } from './joint-call-desk';
export { TaskDesk } from './task-desk';
