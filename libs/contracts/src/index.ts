export type { ApplicantField, CatalogueEntry, EntryKind, FormField, Limit, Material, ServiceGuide } from './guide';
export type {
  AcceptanceScope,
  Audience,
  FeeItem,
  HandlingForm,
  Implementation,
  ItemCodes,
  ItemLevel,
  ItemType,
  PowerSource,
  Question,
  ServiceMode,
  Situation,
} from './item';
export type { Channel, InboundContent, InboundMessage } from './message';
export type { RouteCandidate, RouteDecision, RouteResult } from './routing';
export {
  caseOutcomes,
  counterSources,
  type Applicant,
  type ApplicationDraft,
  type CaseDraft,
  type CaseOutcome,
  type CaseState,
  type CaseSummary,
  type CounterSource,
  type FilingChannel,
  type Place,
  type Principal,
  requestTypes,
  requestUrgencies,
  type RequestType,
  type RequestUrgency,
  type ReportDraft,
} from './casework';
export type { BookingFacts, BookingState, BookingSummary, SlotChoice, WaitSummary } from './booking';
export type { HandOverReason, Intent, Outcome } from './conversation';
export type { EnquiryFacts } from './enquiry';
export type { TicketFacts } from './ticket';
export {
  exclusionReasons,
  findings,
  grades,
  ratingChannels,
  serviceKinds,
  type ExclusionReason,
  type Finding,
  type Grade,
  type RatedFacts,
  type RatingChannel,
  type RatingRequest,
  type RectificationFacts,
  type ServiceKind,
} from './rating';
export type {
  CalledUnitFacts,
  CaseFacts,
  DispatchFacts,
  DomainEvent,
  EventOf,
  EventPayloads,
  EventType,
  JointCallFacts,
  SupervisionFacts,
} from './events';
