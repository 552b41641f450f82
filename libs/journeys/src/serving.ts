import type { DomainEvent, EventOf, EventPayloads, EventType } from '@linli/contracts';
import type { RatingService, ServiceEvent } from '@linli/rating';
import type { Station, Subscription } from './subscription';

type Served = Omit<ServiceEvent, 'at'>;

/** Each thing done for a resident may be rated, whoever did it; chat asks about what ends a matter. */
export function serving(ratings: () => RatingService): Subscription[] {
  return [
    ...(['case.accepted', 'case.corrected', 'case.closed'] as const).map((on) =>
      opens(ratings, on, 'casework', (facts) => ofCase(on, facts)),
    ),
    opens(ratings, 'booking.checkedIn', 'booking', (facts) => {
      const { residentId, title: subject, bookingId: caseId, number: caseNumber, department, subdistrictId } = facts;
      const officerId = facts.officerId ?? null;
      return { kind: 'bookingKept', residentId, subject, caseId, caseNumber, department, subdistrictId, officerId };
    }),
    opens(ratings, 'enquiry.answered', 'dialogue', (facts) => {
      const { residentId, title: subject, enquiryId: caseId, number: caseNumber, ...where } = facts;
      return { kind: 'enquiryAnswered', residentId, subject, caseId, caseNumber, ...where };
    }),
    opens(ratings, 'ticket.served', 'ticketing', (facts) => {
      const { residentId, title: subject, ticketId: caseId, number: caseNumber } = facts;
      const { department, subdistrictId, officerId } = facts;
      // A ticket drawn without a name was served, but there is nobody to ask.
      if (residentId === null) return null;
      return { kind: 'ticketServed', residentId, subject, caseId, caseNumber, department, subdistrictId, officerId };
    }),
  ];
}

const parts = {
  'case.accepted': { kind: 'applicationAccepted', part: '（受理）' },
  'case.corrected': { kind: 'correction', part: '（补正）' },
  'case.closed': { kind: 'caseClosed', part: '' },
} as const satisfies Partial<Record<EventType, { readonly kind: ServiceEvent['kind']; readonly part: string }>>;

function ofCase(on: keyof typeof parts, facts: EventPayloads[keyof typeof parts]): Served {
  const { residentId, title, caseId, number: caseNumber, department, subdistrictId } = facts;
  const { kind, part } = parts[on];
  const officerId = facts.officerId ?? null;
  return { kind, residentId, subject: `${title}${part}`, caseId, caseNumber, department, subdistrictId, officerId };
}

function opens<T extends EventType>(
  ratings: () => RatingService,
  on: T,
  from: Station,
  served: (facts: EventPayloads[T]) => Served | null,
): Subscription {
  const of = (event: DomainEvent): Served | null => served((event as unknown as EventOf<T>).payload);
  return {
    ...{ on, name: 'openServiceEvent', from, to: 'rating' },
    concerns: (event) => of(event) !== null,
    share: async (tx, event) => {
      const service = of(event);
      if (service) await ratings().openServiceEvent(tx, { ...service, at: event.at });
    },
  };
}
