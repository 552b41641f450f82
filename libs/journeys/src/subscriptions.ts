import { Injectable } from '@nestjs/common';
import { AssessmentService } from '@linli/assessment';
import { Duplicates } from '@linli/casework';
import type { DomainEvent, EventOf, EventType } from '@linli/contracts';
import { ResidentStore } from '@linli/directory';
import { NotificationService } from '@linli/notification';
import { consumeOnce, Database, type Tx } from '@linli/platform';
import { isAskedAbout, RatingReview, RatingService, Rectifications } from '@linli/rating';
import { Acquaintance } from './acquaintance';
import { Alarming } from './alarming';
import { assessing } from './assessing';
import { banDecidedWords, bannedWords, noShowWords, offeredWords, reminderWords } from './booking-words';
import {
  acceptedWords,
  classifiedWords,
  closedWords,
  correctedWords,
  decidedWords,
  declinedWords,
  deemedWithdrawnWords,
  extendedWords,
  noticeWords,
  recountedWords,
  reopenedWords,
  resumedWords,
  suspendedWords,
} from './case-words';
import { PictureFetching } from './picture-fetching';
import { RatingQuestions, reachable } from './rating-questions';
import { rectifiedWords } from './rating-words';
import { serving } from './serving';
import type { OwnSubscription, SharedSubscription, Station, Subscription } from './subscription';

/** The flow table: every subscription of the product. It runs from left to right, and a test holds it to that. */
@Injectable()
export class Subscriptions {
  readonly all: readonly Subscription[];

  constructor(
    private readonly database: Database,
    private readonly ratings: RatingService,
    private readonly assessment: AssessmentService,
    private readonly notifications: NotificationService,
    private readonly residents: ResidentStore,
    private readonly acquaintance: Acquaintance,
    private readonly pictures: PictureFetching,
    private readonly questions: RatingQuestions,
    private readonly duplicates: Duplicates,
    private readonly ratingReview: RatingReview,
    private readonly rectifications: Rectifications,
    private readonly alarming: Alarming,
  ) {
    this.all = [
      this.joining(),
      ...this.booking(),
      ...this.telling(),
      ...serving(() => this.ratings),
      ...this.rating(),
      ...assessing(() => ({ database: this.database, assessment: this.assessment })),
      ...this.fetching(),
      ...this.sorting(),
    ];
  }

  /** Who has something to do for the event; one that concerns nobody need not go through the queue. */
  of(event: DomainEvent): readonly Subscription[] {
    return this.all.filter((one) => one.on === event.type && (one.concerns?.(event) ?? true));
  }

  private joining(): Subscription {
    return {
      on: 'resident.met',
      name: 'joinIdentities',
      from: 'directory',
      to: 'directory',
      run: (event) => this.acquaintance.join(event as EventOf<'resident.met'>),
    };
  }

  private booking(): Subscription[] {
    return [
      this.tellBooker('booking.offered', offeredWords),
      this.tellBooker('booking.reminderDue', reminderWords),
      this.tellBooker('booking.noShow', noShowWords),
      this.tellBooker('booking.banned', bannedWords),
      this.tellBooker('booking.banDecided', banDecidedWords),
    ];
  }

  private telling(): Subscription[] {
    return [
      this.tell('case.accepted', (facts) => acceptedWords(facts)),
      this.tell('case.correctionRequested', (facts) => noticeWords(facts)),
      this.tell('case.corrected', (facts) => (facts.channel === 'api' ? correctedWords(facts) : null)),
      this.tell('case.withdrawn', (facts) => (facts.deemed ? deemedWithdrawnWords(facts) : null)),
      this.tell('case.declined', (facts) => declinedWords(facts)),
      this.tell('case.suspended', (facts) => suspendedWords(facts)),
      this.tell('case.resumed', (facts) => resumedWords(facts)),
      this.tell('case.extended', (facts) => extendedWords(facts)),
      this.tell('case.decided', (facts) => decidedWords(facts)),
      this.tell('case.closed', (facts) => closedWords(facts)),
      this.tell('case.classified', (facts) => classifiedWords(facts)),
      this.tell('case.recounted', (facts) => recountedWords(facts)),
      this.tell('case.reopened', (facts) => reopenedWords(facts)),
    ];
  }

  private rating(): Subscription[] {
    return [
      this.once('rating.given', 'flagRating', 'rating', 'rating', (tx, { payload, at }) =>
        this.ratingReview.examine(tx, payload.ratingId, at),
      ),
      this.shared('rectification.rectified', 'tellRater', 'rating', 'notification', async (tx, event) => {
        const reply = await this.rectifications.replyOf(tx, event.payload.rectificationId);
        if (reply) await this.say(tx, event, reply.residentId, rectifiedWords(reply), 'tellRater');
      }),
      this.once('rectification.overdue', 'alarmSupervisors', 'rating', 'notification', (tx, event) =>
        this.alarming.overdue(tx, event),
      ),
      {
        ...this.shared('rating.requested', 'askInChat', 'rating', 'notification', (tx, event) =>
          this.questions.ask(tx, event),
        ),
        concerns: (event) => isAskedAbout((event as EventOf<'rating.requested'>).payload.kind ?? 'case'),
      },
    ];
  }

  private fetching(): Subscription[] {
    return (['case.submitted', 'case.corrected'] as const).map((on) => ({
      on,
      name: 'fetchPictures',
      from: 'casework',
      to: 'casework',
      concerns: ({ payload }) => 'mediaIds' in payload && payload.mediaIds.length > 0,
      run: (event) => this.pictures.fetch(event as EventOf<'case.submitted' | 'case.corrected'>),
    }));
  }

  /** What is looked at once a case is filed, out of the applicant's way. */
  private sorting(): Subscription[] {
    return [
      {
        ...this.once('case.submitted', 'linkDuplicates', 'casework', 'casework', async (tx, { payload, at }) => {
          await this.duplicates.find(tx, payload.number, at);
        }),
        concerns: ({ payload }) => 'kind' in payload && payload.kind === 'report',
      },
    ];
  }

  private tell<T extends Extract<EventType, `case.${string}`>>(
    on: T,
    words: (facts: EventOf<T>['payload']) => string | null,
  ): Subscription {
    return this.shared(on, 'tellApplicant', 'casework', 'notification', (tx, event) =>
      this.say(tx, event, event.payload.residentId, words(event.payload), 'tellApplicant'),
    );
  }

  private tellBooker<T extends Extract<EventType, `booking.${string}`>>(
    on: T,
    words: (facts: EventOf<T>['payload']) => string,
  ): Subscription {
    return this.shared(on, 'tellBooker', 'booking', 'notification', (tx, event) =>
      this.say(tx, event, event.payload.residentId, words(event.payload), 'tellBooker'),
    );
  }

  private async say(
    tx: Tx,
    { id, at }: { readonly id: string; readonly at: Date },
    residentId: string,
    text: string | null,
    occasion: string,
  ): Promise<void> {
    if (text === null) return;
    // Nobody to tell: they unfollowed, or came through a program alone. Case and booking show it when they look.
    const channel = reachable(await this.residents.identitiesOf(residentId, tx))?.channel;
    if (!channel) return;
    await this.notifications.enqueue(
      tx,
      { residentId, kind: 'caseProgress', text, dedupeKey: `${id}/${occasion}`, channel },
      at,
    );
  }

  private shared<T extends EventType>(
    on: T,
    name: string,
    from: Station,
    to: Station,
    work: (tx: Tx, event: EventOf<T>) => Promise<void>,
  ): SharedSubscription {
    return { on, name, from, to, share: (tx, event) => work(tx, event as unknown as EventOf<T>) };
  }

  private once<T extends EventType>(
    on: T,
    name: string,
    from: Station,
    to: Station,
    work: (tx: Tx, event: EventOf<T>) => Promise<void>,
  ): OwnSubscription {
    return {
      on,
      name,
      from,
      to,
      run: async (event) => {
        const hearing = { eventId: event.id, subscriber: name };
        await consumeOnce(this.database, [hearing], (tx) => work(tx, event as unknown as EventOf<T>));
      },
    };
  }
}
