import { Injectable } from '@nestjs/common';
import { Refusal } from '@linli/kernel';
import { BookingService } from '@linli/booking';
import { CaseCourse, CaseService, Supervising } from '@linli/casework';
import type { CatalogueEntry, Channel, EntryKind, Intent, Outcome } from '@linli/contracts';
import { ResidentStore } from '@linli/directory';
import { ConversationStore } from '@linli/dialogue';
import { RatingService } from '@linli/rating';
import { Clock, together, type Tx } from '@linli/platform';
import { AskingWho } from './asking-who';
import { BookingDesk } from './booking-desk';
import { BookingErrands } from './booking-errands';
import { Enquiries } from './enquiries';
import { Guidepost } from './guidepost';
import { hoursInWords, isOpen } from './hall-hours';

/** Who speaks, and through which door. */
export interface Speaker {
  readonly residentId: string;
  readonly channel: Channel;
  readonly conversationId: string;
  readonly subdistrictId: string | null;
}

type IntentOf<K extends Intent['kind']> = Extract<Intent, { kind: K }>;

const listLength = 9;

/** Does what a turn of the conversation asks for, in the transaction of the turn. */
@Injectable()
export class IntentDesk {
  constructor(
    private readonly guidepost: Guidepost,
    private readonly residents: ResidentStore,
    private readonly cases: CaseService,
    private readonly course: CaseCourse,
    private readonly supervising: Supervising,
    private readonly bookings: BookingService,
    private readonly bookingDesk: BookingDesk,
    private readonly errands: BookingErrands,
    private readonly askingWho: AskingWho,
    private readonly ratings: RatingService,
    private readonly conversations: ConversationStore,
    private readonly enquiries: Enquiries,
    private readonly clock: Clock,
  ) {}

  /** Performs the intent; what is refused is thrown and undone by the caller. */
  async perform(tx: Tx, intent: Intent, speaker: Speaker, now: Date): Promise<Outcome> {
    switch (intent.kind) {
      case 'openCase':
        return this.openCase(tx, intent, speaker, now);
      case 'openReport':
        return this.openReport(tx, intent, speaker, now);
      case 'correctCase':
        return this.correctCase(tx, intent, speaker, now);
      case 'withdrawCase':
      case 'remindCase':
      case 'reopenCase':
        return this.withCase(tx, intent, speaker.residentId, now);
      case 'listCases':
        return this.listed(tx, speaker.residentId, now);
      case 'listSlots':
      case 'bookSlot':
      case 'cancelBooking':
      case 'acceptOffer':
        return this.bookingDesk.perform(tx, intent, speaker, now);
      case 'listMoves':
      case 'moveBooking':
      case 'joinWaitlist':
      case 'leaveWaitlist':
      case 'arrive':
        return this.errands.perform(tx, intent, speaker.residentId, now);
      case 'whoHandles':
        return this.askingWho.perform(tx, intent, now);
      case 'rate':
      case 'addToRating':
        return this.rate(tx, intent, speaker, now);
      case 'handOver':
      case 'passOn':
      case 'takeBack':
        return this.withOfficer(tx, intent, speaker, now);
    }
  }

  /** What a resident does with a case that stands. */
  private async withCase(
    tx: Tx,
    intent: IntentOf<'withdrawCase'> | IntentOf<'remindCase'> | IntentOf<'reopenCase'>,
    residentId: string,
    now: Date,
  ): Promise<Outcome> {
    const { number } = intent;
    switch (intent.kind) {
      case 'withdrawCase':
        await this.cases.withdraw(tx, number, residentId, now);
        return { kind: 'withdrawn', number };
      case 'remindCase':
        await this.supervising.remind(tx, number, residentId, now);
        return { kind: 'reminded', number };
      case 'reopenCase': {
        const { dueOn } = await this.course.reopenByResident(tx, number, residentId, intent.reason, now);
        return { kind: 'reopened', number, dueOn };
      }
    }
  }

  private async listed(tx: Tx, residentId: string, now: Date): Promise<Outcome> {
    const [{ items, nextCursor }, bookings, waits] = await together(
      this.cases.summariesOf(tx, residentId, listLength, null),
      this.bookings.coming(tx, residentId, now, listLength),
      this.errands.waits(tx, residentId),
    );
    return { kind: 'cases', items, more: nextCursor !== null, bookings, waits };
  }

  private async openCase(tx: Tx, intent: IntentOf<'openCase'>, speaker: Speaker, now: Date): Promise<Outcome> {
    const entry = this.published(intent.entryId, 'item');
    this.residents.settle(tx, speaker.residentId, intent.subdistrictId);
    const opened = await this.cases.submit(
      tx,
      {
        kind: 'item',
        entry,
        residentId: speaker.residentId,
        subdistrictId: intent.subdistrictId,
        channel: speaker.channel,
        applicant: intent.applicant,
        answers: intent.answers,
        materials: [],
        fileIds: [],
        mediaIds: intent.mediaIds,
      },
      now,
    );
    return { kind: 'caseOpened', summary: opened, toBring: opened.toBring };
  }

  private async openReport(tx: Tx, intent: IntentOf<'openReport'>, speaker: Speaker, now: Date): Promise<Outcome> {
    const entry = this.published(intent.entryId, 'report');
    const opened = await this.cases.submit(
      tx,
      {
        kind: 'report',
        entry,
        residentId: speaker.residentId,
        subdistrictId: intent.subdistrictId,
        channel: speaker.channel,
        text: intent.text,
        ...(intent.place ? { place: intent.place } : {}),
        fileIds: [],
        mediaIds: intent.mediaIds,
      },
      now,
    );
    return { kind: 'caseOpened', summary: opened, toBring: [] };
  }

  private async correctCase(tx: Tx, intent: IntentOf<'correctCase'>, speaker: Speaker, now: Date): Promise<Outcome> {
    const correction = { text: intent.text, mediaIds: intent.mediaIds, channel: speaker.channel };
    await this.cases.correctByResident(tx, intent.number, speaker.residentId, correction, now);
    return { kind: 'corrected', number: intent.number };
  }

  private async rate(
    tx: Tx,
    intent: IntentOf<'rate'> | IntentOf<'addToRating'>,
    speaker: Speaker,
    now: Date,
  ): Promise<Outcome> {
    const by = { residentId: speaker.residentId };
    if (intent.kind === 'addToRating') {
      await this.ratings.addendumByEvent(tx, intent.serviceEventId, by, intent.text, now);
      return { kind: 'addedToRating' };
    }
    const { serviceEventId, grade } = intent;
    await this.ratings.rate(tx, by, { serviceEventId, grade, channel: speaker.channel }, now);
    return { kind: 'rated', serviceEventId, grade };
  }

  private async withOfficer(
    tx: Tx,
    intent: IntentOf<'handOver'> | IntentOf<'passOn'> | IntentOf<'takeBack'>,
    speaker: Speaker,
    now: Date,
  ): Promise<Outcome> {
    const { residentId, channel, conversationId, subdistrictId } = speaker;
    const party = { residentId, channel, conversationId, subdistrictId };
    if (intent.kind === 'passOn') {
      const { text, mediaIds } = intent;
      const kept = await this.conversations.addLine(tx, conversationId, 'resident', text, mediaIds, now);
      // An officer ended it while the resident was writing: their words must still reach somebody.
      if (!kept) await this.conversations.openHandOver(tx, { ...party, reason: 'asked', lastWords: text }, now);
      return { kind: 'passedOn' };
    }
    if (intent.kind === 'takeBack') {
      const ended = await this.conversations.endOf(tx, conversationId, now);
      if (ended !== null) await this.enquiries.ended(tx, ended, now);
      return { kind: 'tookBack' };
    }
    const { reason, lastWords } = intent;
    await this.conversations.openHandOver(tx, { ...party, reason, lastWords }, now);
    const hall = this.guidepost.hallOf(subdistrictId);
    return {
      kind: 'handedOver',
      phone: hall?.phone ?? '12345',
      staffedNow: hall ? isOpen(hall.hours, this.clock.now()) : false,
      hours: hall ? hoursInWords(hall.hours) : '',
    };
  }

  private published(id: string, kind: EntryKind): CatalogueEntry {
    const entry = this.guidepost.entry(id);
    if (entry?.kind !== kind) throw new Refusal(kind === 'report' ? 'report.categoryUnknown' : 'item.notFound');
    return entry;
  }
}
