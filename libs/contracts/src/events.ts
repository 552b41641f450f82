import type { BookingFacts } from './booking';
import type { CaseOutcome, CaseState, FilingChannel, RequestType, RequestUrgency } from './casework';
import type { EnquiryFacts } from './enquiry';
import type { Channel } from './message';
import type { ExclusionReason, Finding, Grade, RatedFacts, RectificationFacts, ServiceKind } from './rating';
import type { TicketFacts } from './ticket';

/** Facts every case event carries, so that no subscriber must read another feature's tables. */
export interface CaseFacts {
  readonly caseId: string;
  readonly number: string;
  readonly kind: 'item' | 'report';
  readonly entryId: string;
  readonly title: string;
  readonly state: CaseState;
  readonly residentId: string;
  readonly subdistrictId: string;
  readonly department: { readonly id: string; readonly name: string };
  /** Civil dates in Asia/Shanghai. */
  readonly acceptOn: string;
  readonly dueOn: string;
  /** Who did it, where an officer did; absent on events from before that was told. */
  readonly officerId?: string | null;
}

/** One dispatch of a case to a unit. */
export interface DispatchFacts {
  readonly dispatchId: string;
  readonly unit: { readonly id: string; readonly name: string };
  readonly role: 'lead' | 'support';
  readonly binding: boolean;
}

/** 吹哨: who called about what, so that both sides can be assessed. */
export interface JointCallFacts {
  readonly callId: string;
  readonly caller: { readonly id: string; readonly name: string };
  /** The subdistrict it is about, whichever side called. */
  readonly subdistrictId: string;
  readonly urgency: 'emergency' | 'major' | 'daily';
  readonly caseNumber: string | null;
}

/** One called unit's part in a joint call. */
export interface CalledUnitFacts {
  readonly unit: { readonly id: string; readonly name: string };
}

/** 督办: an order to a unit about a case. */
export interface SupervisionFacts {
  readonly orderId: string;
  readonly caseId: string;
  readonly caseNumber: string;
  readonly subdistrictId: string;
  readonly unit: { readonly id: string; readonly name: string };
  /** Given by the clock, not by a person. */
  readonly automatic: boolean;
  readonly answerBy: string;
}

/** 联席会议决议、建议答复、议事、购买服务、志愿服务. */
type TaskKind = 'resolution' | 'proposalReply' | 'deliberation' | 'purchasedService' | 'volunteer';

/** Every event, by owner. Past tense; the payload is JSON. */
export interface EventPayloads {
  /** Someone was heard of through a channel for the first time. */
  'resident.met': { readonly residentId: string; readonly channel: Channel };
  'case.submitted': CaseFacts & { readonly mediaIds: readonly string[]; readonly channel: FilingChannel };
  'case.accepted': CaseFacts & { readonly late: boolean };
  'case.correctionRequested': CaseFacts & {
    readonly missing: readonly string[];
    readonly reason: string;
    readonly answerBy: string;
  };
  'case.corrected': CaseFacts & { readonly mediaIds: readonly string[]; readonly channel: Channel | 'api' };
  /** 不予受理; `authority` is whom to go to instead. */
  'case.declined': CaseFacts & { readonly reason: string; readonly authority: string | null };
  /** Somebody took an accepted case in hand. */
  'case.begun': CaseFacts;
  /** 容缺 papers that had been pledged came in time. */
  'case.deferredBrought': CaseFacts;
  'case.suspended': CaseFacts & { readonly reason: string };
  'case.resumed': CaseFacts;
  /** `granted` by somebody above whoever asked. */
  'case.extended': CaseFacts & { readonly days: number; readonly reason: string; readonly granted: boolean };
  'case.decided': CaseFacts & { readonly outcome: CaseOutcome; readonly onTime: boolean };
  'case.delivered': CaseFacts & { readonly way: 'window' | 'post' | 'electronic' };
  /** 派单. `signBy` is an instant; `binding` dispatches may not be sent back. */
  'case.dispatched': CaseFacts & DispatchFacts & { readonly signBy: string };
  /** 签收. */
  'case.signedFor': CaseFacts & DispatchFacts & { readonly inTime: boolean };
  /** 退单: not this unit's matter, with the reason in the timeline. */
  'case.sentBack': CaseFacts & DispatchFacts;
  /** 派单异议审核: whether the unit that sent a case back has to take it. */
  'case.ruled': CaseFacts & DispatchFacts & { readonly upheld: boolean };
  /** 回访: an officer called the resident after closure; `solved` as the resident said, null when not reached. */
  'case.followedUp': CaseFacts & { readonly reached: boolean; readonly solved: boolean | null };
  /** An officer said what a request is and how urgent; `dueChanged` when its last day moved. */
  'case.classified': CaseFacts & {
    readonly type: RequestType;
    readonly urgency: RequestUrgency;
    readonly reason: string;
    readonly dueChanged: boolean;
  };
  /** A year's holiday notice came out: the dates that had been provisional were counted anew. */
  'case.recounted': CaseFacts & { readonly dueChanged: boolean };
  /** 协办: a helping unit recorded what it did; `first` of its dispatch, so that each counts once. */
  'case.supportRecorded': CaseFacts & DispatchFacts & { readonly first: boolean };
  /** A closed case was taken up again; `closedBy` is the officer whose closure did not hold. */
  'case.reopened': CaseFacts & { readonly byResident: boolean; readonly closedBy: string | null };
  /** `deemed`: a notice was not answered in time (视为撤回). */
  'case.withdrawn': CaseFacts & { readonly deemed: boolean };
  'case.closed': CaseFacts & { readonly outcome: CaseOutcome; readonly publicReply: string; readonly onTime: boolean };
  /** The committed date is near, past, or long past: each once per date. */
  'case.dueSoon': CaseFacts;
  'case.overdue': CaseFacts;
  'case.escalated': CaseFacts;
  /** 催办 by the resident; at most once a day. */
  'case.reminded': CaseFacts;
  /** Open reports of the same matter at the same place; `others` are their numbers. */
  'case.duplicatesFound': CaseFacts & { readonly others: readonly string[] };
  'supervision.ordered': SupervisionFacts;
  'supervision.answered': SupervisionFacts & { readonly inTime: boolean };
  'supervision.overdue': SupervisionFacts;
  'jointCall.called': JointCallFacts & { readonly units: readonly CalledUnitFacts['unit'][] };
  /** Signed before it went out, or afterwards (emergencies); `granted` false says it was not called for. */
  'jointCall.signed': JointCallFacts & { readonly granted: boolean; readonly afterwards: boolean };
  'jointCall.answered': JointCallFacts & CalledUnitFacts & { readonly accepted: boolean; readonly inTime: boolean };
  'jointCall.arrived': JointCallFacts & CalledUnitFacts & { readonly inTime: boolean };
  'jointCall.finished': JointCallFacts & CalledUnitFacts;
  /** Either side rates the other, 1–5; `quality` is their mean as a rate. */
  'jointCall.rated': JointCallFacts &
    CalledUnitFacts & {
      readonly by: 'caller' | 'unit';
      readonly timeliness: number;
      readonly effect: number;
      readonly attitude: number;
      readonly quality: number;
    };
  'task.given': {
    readonly taskId: string;
    readonly kind: TaskKind;
    readonly subdistrictId: string;
    readonly owner: { readonly id: string; readonly name: string };
  };
  'task.done': {
    readonly taskId: string;
    readonly kind: TaskKind;
    readonly subdistrictId: string;
    readonly owner: { readonly id: string; readonly name: string };
    readonly inTime: boolean;
  };
  /** An officer's hand-over ended, and what the resident asked was answered in it. */
  'enquiry.answered': EnquiryFacts;
  /** A ticket was served at a window: the end of its turn. */
  'ticket.served': TicketFacts;
  'rating.requested': {
    readonly serviceEventId: string;
    /** Absent on events from before services were told apart: a closed case. */
    readonly kind?: ServiceKind;
    readonly residentId: string;
    readonly subject: string;
    readonly caseNumber: string;
    readonly department: { readonly id: string; readonly name: string };
    readonly subdistrictId: string;
    /** `YYYY-MM` of the service event, Asia/Shanghai. */
    readonly period: string;
    /** Who did it, where an officer did; absent on events from before that was told. */
    readonly officerId?: string | null;
  };
  'rating.given': {
    readonly ratingId: string;
    readonly serviceEventId: string;
    readonly grade: Grade;
    readonly department: { readonly id: string; readonly name: string };
    readonly subdistrictId: string;
    readonly caseNumber: string;
    /** `YYYY-MM` of the service event, Asia/Shanghai. */
    readonly period: string;
    readonly at: string;
    /** Who was rated, where an officer was; absent on events from before that was told. */
    readonly officerId?: string | null;
  };
  /** Decided by a person, with a reason: the rating stays, and no figure counts it. */
  'rating.excluded': RatedFacts & { readonly reasonCode: ExclusionReason; readonly at: string };
  /** Counts again. */
  'rating.restored': RatedFacts & { readonly reasonCode: ExclusionReason; readonly at: string };
  /** What a resident said when an officer called back, where they had not rated: a figure of its own. */
  'rating.proxied': Omit<RatedFacts, 'ratingId'> & { readonly proxyId: string; readonly at: string };
  /** Days are civil dates; `contactBy` is null where nobody is to be contacted, since the rating was anonymous. */
  'rectification.opened': RectificationFacts & { readonly contactBy: string | null; readonly rectifyBy: string };
  'rectification.verified': RectificationFacts & { readonly finding: Finding; readonly rectifyBy: string };
  'rectification.contacted': RectificationFacts & { readonly inTime: boolean };
  'rectification.rectified': RectificationFacts & { readonly inTime: boolean };
  /** `afterGrade` is what the resident said when called back; null when nobody asked or the rating was set aside. */
  'rectification.closed': RectificationFacts & {
    readonly finding: Finding;
    readonly inTime: boolean;
    readonly afterGrade: Grade | null;
  };
  'rectification.overdue': RectificationFacts & { readonly step: 'contact' | 'rectify' };
  'booking.booked': BookingFacts;
  'booking.cancelled': BookingFacts & { readonly by: 'resident' | 'officer' };
  'booking.rescheduled': BookingFacts & { readonly fromStart: string };
  /** The waiting line of a hall takes it from here. */
  'booking.checkedIn': BookingFacts & {
    readonly by: 'resident' | 'officer';
    /** Absent on events from before that was told. */
    readonly officerId?: string | null;
  };
  'booking.noShow': BookingFacts;
  /** A seat became free and is kept until `until` for one who waited for it. */
  'booking.offered': BookingFacts & { readonly until: string };
  /** Once a booking, some time before it. */
  'booking.reminderDue': BookingFacts;
  /** 限制预约: no bookings until then, for so many no-shows. */
  'booking.banned': {
    readonly residentId: string;
    readonly banId: string;
    readonly until: string;
    readonly noShows: number;
  };
  'booking.banDecided': { readonly residentId: string; readonly banId: string; readonly decision: 'upheld' | 'lifted' };
  'catalogue.published': { readonly revision: number };
}

export type EventType = keyof EventPayloads;

/** One fact that happened, as kept in the outbox. */
export interface EventOf<T extends EventType> {
  readonly id: string;
  readonly type: T;
  readonly at: Date;
  readonly payload: EventPayloads[T];
}

/** Any of them, told apart by `type`. */
export type DomainEvent = { [T in EventType]: EventOf<T> }[EventType];
