export type { ApplicantField, CatalogueEntry, EntryKind, FormField, Limit, Material, ServiceGuide } from './guide';
export type { Channel, InboundContent, InboundMessage } from './message';
export type { RouteCandidate, RouteDecision, RouteResult } from './routing';
export type { Applicant, CaseOutcome, CaseState, CaseSummary } from './casework';
export { grades, type Grade } from './rating';
export type { CaseFacts, DomainEvent, EventOf, EventPayloads, EventType } from './events';
