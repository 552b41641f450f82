import { observedEvents, type AssessmentService } from '@linli/assessment';
import type { EventOf } from '@linli/contracts';
import { consumeOnce, type Database } from '@linli/platform';
import type { Subscription } from './subscription';

interface Rooms {
  readonly database: Database;
  readonly assessment: AssessmentService;
}

/** What months are assessed by: services and their ratings, what is set aside, and what units did. */
export function assessing(rooms: () => Rooms): Subscription[] {
  return [
    absorbed(rooms, 'rating.requested', 'countServiceEvent'),
    absorbed(rooms, 'rating.given', 'countRating'),
    ...(['rating.excluded', 'rating.restored'] as const).map((on): Subscription => ({
      on,
      name: 'changeRating',
      from: 'rating',
      to: 'assessment',
      run: async (event) => {
        const { database, assessment } = rooms();
        await consumeOnce(database, [{ eventId: event.id, subscriber: 'changeRating' }], (tx) =>
          assessment.changeRating(tx, event as EventOf<'rating.excluded' | 'rating.restored'>),
        );
      },
    })),
    ...observedEvents.map((on): Subscription => ({
      on,
      name: 'countForUnits',
      from: on.startsWith('rectification') ? 'rating' : 'casework',
      to: 'assessment',
      share: (tx, event) => rooms().assessment.observe(tx, event),
      shareAll: (tx, events) => rooms().assessment.observe(tx, ...events),
    })),
  ];
}

/** Written together with what comes at the same time; the row of the service lets it count once. */
function absorbed(rooms: () => Rooms, on: 'rating.requested' | 'rating.given', name: string): Subscription {
  return {
    on,
    name,
    from: 'rating',
    to: 'assessment',
    run: (event) => rooms().assessment.absorb(event as EventOf<'rating.requested'> | EventOf<'rating.given'>),
  };
}
