import { localDate, monthOf } from '@linli/kernel';
import type { DomainEvent, EventType } from '@linli/contracts';
import type { FactValues } from './facts';
import type { Direction } from './scheme';

/** What one event counts for one subject. */
export interface Observation {
  readonly eventId: string;
  /** The month it happened in, `YYYY-MM`. */
  readonly period: string;
  readonly direction: Direction | 'officers';
  readonly subject: { readonly id: string; readonly name: string };
  readonly caseNumber: string;
  readonly at: Date;
  readonly facts: FactValues;
}

type Named = Observation['subject'];
type Counted = readonly [Observation['direction'], Named, FactValues];

/** Events that are counted as they are; ratings have a projection of their own. */
export const observedEvents = [
  'case.accepted',
  'case.closed',
  'case.reopened',
  'case.dispatched',
  'case.signedFor',
  'case.ruled',
  'case.supportRecorded',
  'jointCall.called',
  'jointCall.answered',
  'jointCall.arrived',
  'jointCall.rated',
  'rectification.contacted',
  'rectification.rectified',
  'rectification.overdue',
  'task.given',
] as const satisfies readonly EventType[];

/** What an event counts, per subject; the month is that of the event in Shanghai, and no event can be dated back. */
export function observationsOf(event: DomainEvent): Observation[] {
  const { id: eventId, at } = event;
  const period = monthOf(localDate(at));
  const caseNumber = caseNumberOf(event);
  const counted = countedBy(event);
  // A subdistrict that dispatches to itself is one subject, not two.
  const once = counted.filter(
    ([direction, { id }], at) => counted.findIndex(([sheet, one]) => sheet === direction && one.id === id) === at,
  );
  return once.map(([direction, subject, facts]) => ({
    ...{ eventId, period, direction, subject, caseNumber, at, facts },
  }));
}

function caseNumberOf({ payload }: DomainEvent): string {
  if ('number' in payload && typeof payload.number === 'string') return payload.number;
  return 'caseNumber' in payload ? (payload.caseNumber ?? '') : '';
}

function countedBy(event: DomainEvent): Counted[] {
  switch (event.type) {
    case 'case.accepted':
      return ofCase(event.payload, {
        ...{ accepted: 1, ...when(event.payload.late, 'acceptedBySilence') },
        ...when(event.payload.kind === 'report', 'reportsAccepted'),
      });
    case 'case.closed':
      return [
        ...ofCase(event.payload, { closed: 1, ...when(event.payload.onTime, 'closedOnTime') }),
        ...ofOfficer(event.payload.officerId, { closed: 1 }),
      ];
    case 'case.reopened':
      // Against whoever closed it, not whoever took it up again.
      return [...ofCase(event.payload, { reopened: 1 }), ...ofOfficer(event.payload.closedBy, { reopened: 1 })];
    case 'case.dispatched':
      return [
        ...ofUnit(event.payload, { dispatched: 1, ...when(event.payload.role === 'support', 'supportAsked') }),
        ofStreet(event.payload, { dispatched: 1 }),
      ];
    case 'case.signedFor':
      return event.payload.inTime ? ofUnit(event.payload, { signedForInTime: 1 }) : [];
    case 'case.ruled':
      // Upheld: the unit was right to send it back, and who dispatched it was not.
      if (!event.payload.upheld) return [];
      return [...ofUnit(event.payload, { sendBackUpheld: 1 }), ofStreet(event.payload, { sendBackUpheld: 1 })];
    case 'case.supportRecorded':
      return event.payload.first ? ofUnit(event.payload, { supportGiven: 1 }) : [];
    default:
      return calledBy(event);
  }
}

function calledBy(event: DomainEvent): Counted[] {
  switch (event.type) {
    case 'jointCall.called': {
      const { units, subdistrictId } = event.payload;
      return units.flatMap((unit) => ofUnit({ unit, subdistrictId }, { called: 1 }));
    }
    case 'jointCall.answered': {
      const { inTime, accepted } = event.payload;
      return ofUnit(event.payload, { ...when(inTime, 'callAnswered'), ...when(accepted, 'callAccepted') });
    }
    case 'jointCall.arrived':
      return event.payload.inTime ? ofUnit(event.payload, { arrivedInTime: 1 }) : [];
    case 'jointCall.rated': {
      const { by, caller, unit, subdistrictId, quality } = event.payload;
      const rated = by === 'caller' ? unit : caller;
      return ofUnit({ unit: rated, subdistrictId }, { cooperationRated: 1, cooperationQuality: quality });
    }
    case 'rectification.rectified':
      // What came too late has ended with the day it was due.
      return event.payload.inTime ? ofCase(event.payload, { rectificationsEnded: 1, rectifiedInTime: 1 }) : [];
    case 'rectification.contacted':
      return event.payload.inTime ? ofCase(event.payload, { contactsEnded: 1, contactedInTime: 1 }) : [];
    case 'rectification.overdue':
      return ofCase(
        event.payload,
        event.payload.step === 'rectify' ? { rectificationsEnded: 1 } : { contactsEnded: 1 },
      );
    case 'task.given': {
      const { owner: unit, subdistrictId } = event.payload;
      return ofUnit({ unit, subdistrictId }, { tasksGiven: 1 });
    }
    default:
      return [];
  }
}

function ofCase(
  { department, subdistrictId }: { readonly department: Named; readonly subdistrictId: string },
  facts: FactValues,
): Counted[] {
  return [['departments', department, facts], ofStreet({ subdistrictId }, facts)];
}

function ofStreet({ subdistrictId }: { readonly subdistrictId: string }, facts: FactValues): Counted {
  return ['subdistricts', { id: subdistrictId, name: subdistrictId }, facts];
}

/** A unit is the subdistrict itself, or a department. */
function ofUnit(
  { unit, subdistrictId }: { readonly unit: Named; readonly subdistrictId: string },
  facts: FactValues,
): Counted[] {
  if (Object.keys(facts).length === 0) return [];
  return [[unit.id === subdistrictId ? 'subdistricts' : 'departments', unit, facts]];
}

function ofOfficer(officerId: string | null | undefined, facts: FactValues): Counted[] {
  return officerId ? [['officers', { id: officerId, name: '' }, facts]] : [];
}

function when(yes: boolean, fact: keyof FactValues): FactValues {
  return yes ? { [fact]: 1 } : {};
}
