import { Inject, Injectable } from '@nestjs/common';
import type { EventPayloads, Finding, Grade, RatedFacts, RectificationFacts } from '@linli/contracts';
import { localDate, Refusal, type WorkCalendar, wholePageOf, positionOf, type Page, daySorted } from '@linli/kernel';
import { appendAudit, appendEvent, CALENDAR, Database, together, type Tx } from '@linli/platform';
import { RatingSettings } from '../rating-settings.service';
import { isWithin, reachOf, type Asker } from '../reach';
import { ExclusionStore } from '../review/exclusion.store';
import { givenWords, madeCall } from '../words';
import {
  checkCallback,
  checkContact,
  confirm,
  daysFor,
  reply,
  verify,
  type Complexity,
  type RectificationState,
} from './rectification';
import { RectificationStore, type Rectification, type StepValues } from './rectification.store';

type StepEvent = Extract<keyof EventPayloads, `rectification.${string}`>;

/** What an officer found out about a bad rating. */
export interface Verification {
  readonly finding: Finding;
  readonly complexity: Complexity;
  readonly note: string;
}

/** A call back after the reply: what the resident says now. */
export interface AfterCall {
  readonly grade: Grade;
  readonly calledAt: Date;
  readonly seconds: number;
  readonly note: string | null;
}

const sweepMost = 100;

/** 差评核实整改: every bad rating is verified by two, the resident contacted, the matter put right, answered, and asked about again. */
@Injectable()
export class Rectifications {
  constructor(
    private readonly database: Database,
    private readonly store: RectificationStore,
    private readonly exclusions: ExclusionStore,
    private readonly settings: RatingSettings,
    @Inject(CALENDAR) private readonly calendar: WorkCalendar,
  ) {}

  /** Opens one for a bad rating, in the transaction that takes it. */
  async open(tx: Tx, rated: RatedFacts, anonymous: boolean, now: Date): Promise<void> {
    const { rectification: limits } = this.settings.limits;
    const days = daysFor(now, { anonymous, complexity: 'simple' }, limits, this.calendar);
    const rectificationId = await this.store.add(tx, { ...rated, anonymous }, days, now);
    await appendEvent(tx, 'rectification.opened', { ...rated, rectificationId, ...days }, now);
  }

  /** One officer's finding; the second must be another's. */
  async verify(tx: Tx, id: string, officer: Asker, given: Verification, now: Date): Promise<Rectification> {
    const note = givenWords('note', given.note);
    const before = await this.locked(tx, id, officer);
    const next = verify(before, officer.id, given.finding);
    // Either of the two may find that it takes longer; neither can make it shorter again.
    const complexity = before.complexity === 'complex' ? 'complex' : given.complexity;
    const { rectifyBy } = daysFor(
      before.openedAt,
      { anonymous: before.anonymous, complexity },
      this.settings.limits.rectification,
      this.calendar,
    );
    await this.set(tx, before, {
      [`${next.as}_by`]: officer.id,
      [`${next.as}_finding`]: given.finding,
      [`${next.as}_note`]: note,
      [`${next.as}_at`]: now,
      ...{ state: next.state, finding: next.finding, complexity, rectify_by: rectifyBy },
    });
    await this.audit(tx, officer.id, 'rectification.verify', before, { as: next.as, finding: given.finding }, now);
    if (next.finding === 'true')
      await this.tell(tx, 'rectification.verified', before, { finding: 'true', rectifyBy }, now);
    return this.locked(tx, id, officer);
  }

  /** A third person's word, where the rating would be set aside or the two disagree. */
  async confirm(tx: Tx, id: string, officer: Asker, finding: Finding, why: string, now: Date): Promise<Rectification> {
    const note = givenWords('reason', why);
    const before = await this.locked(tx, id, officer);
    const state = confirm(before, officer.id, finding);
    const { rectifyBy, rectifyOverdue } = before;
    const inTime = !rectifyOverdue && localDate(now) <= rectifyBy;
    await this.set(tx, before, {
      ...{ state, finding, confirmed_by: officer.id, confirmed_note: note, confirmed_at: now },
      ...(state === 'closed' ? { closed_at: now, in_time: inTime } : {}),
    });
    await this.audit(tx, officer.id, 'rectification.confirm', before, { finding }, now);
    await this.tell(tx, 'rectification.verified', before, { finding, rectifyBy }, now);
    if (finding !== 'true') {
      await this.exclusions.exclude(tx, before, finding, officer.id, now);
      await this.tell(tx, 'rectification.closed', before, { finding, inTime, afterGrade: null }, now);
    }
    return this.locked(tx, id, officer);
  }

  /** The resident was contacted; what was said is kept sealed. */
  async contact(tx: Tx, id: string, officer: Asker, words: string, now: Date): Promise<Rectification> {
    const note = givenWords('note', words);
    const before = await this.locked(tx, id, officer);
    checkContact(before);
    const inTime = before.contactBy !== null && localDate(now) <= before.contactBy;
    await this.set(tx, before, { contacted_by: officer.id, contact_note: note, contacted_at: now });
    await this.audit(tx, officer.id, 'rectification.contact', before, {}, now);
    await this.tell(tx, 'rectification.contacted', before, { inTime }, now);
    return this.locked(tx, id, officer);
  }

  /** What was put right, in words for the resident. */
  async reply(tx: Tx, id: string, officer: Asker, words: string, now: Date): Promise<Rectification> {
    const text = givenWords('reply', words);
    const before = await this.locked(tx, id, officer);
    const state = reply(before);
    const inTime = localDate(now) <= before.rectifyBy;
    await this.set(tx, before, {
      ...{ state, replied_by: officer.id, reply: text, replied_at: now, in_time: inTime },
      ...(state === 'closed' ? { closed_at: now } : {}),
    });
    await this.audit(tx, officer.id, 'rectification.reply', before, {}, now);
    await this.tell(tx, 'rectification.rectified', before, { inTime }, now);
    if (state === 'closed')
      await this.tell(tx, 'rectification.closed', before, { finding: 'true', inTime, afterGrade: null }, now);
    return this.locked(tx, id, officer);
  }

  /** The resident was called back: their second grade stands beside the first, which never changes. */
  async callBack(tx: Tx, id: string, officer: Asker, call: AfterCall, now: Date): Promise<Rectification> {
    const { calledAt, seconds } = madeCall(call.calledAt, call.seconds, now);
    const before = await this.locked(tx, id, officer);
    checkCallback(before, officer.id);
    const inTime = before.inTime ?? false;
    await this.set(tx, before, {
      ...{ state: 'closed', called_by: officer.id, called_at: calledAt, call_seconds: seconds },
      ...{ call_note: call.note, after_grade: call.grade, closed_at: now },
    });
    await this.audit(tx, officer.id, 'rectification.callback', before, { seconds }, now);
    await this.tell(tx, 'rectification.closed', before, { finding: 'true', inTime, afterGrade: call.grade }, now);
    return this.locked(tx, id, officer);
  }

  /** One page of those in one state within the officer's reach, the earliest day first. */
  async list(
    officer: Asker,
    state: RectificationState,
    limit: number,
    cursor: string | null,
  ): Promise<Page<Rectification>> {
    const reach = reachOf(officer);
    if (reach === null) return { items: [], nextCursor: null };
    const rows = await this.store.list(reach, state, limit + 1, positionOf(cursor, daySorted));
    return wholePageOf(rows, limit, ({ rectifyBy, rectificationId }) => ({ by: rectifyBy, id: rectificationId }));
  }

  async read(id: string, officer: Asker): Promise<Rectification> {
    return within(await this.store.find(id), officer);
  }

  /** Lets a verifying officer see the contact; leaves a trace before anything is shown. Returns the case to look in. */
  async startReveal(tx: Tx, id: string, officer: Asker, why: string, now: Date): Promise<string> {
    const reason = givenWords('reason', why);
    const before = await this.locked(tx, id, officer);
    if (officer.id !== before.firstBy && officer.id !== before.secondBy) throw new Refusal('rectification.notVerifier');
    if (before.anonymous) throw new Refusal('rectification.anonymous');
    await this.audit(tx, officer.id, 'rectification.reveal', before, { reasonLength: reason.length }, now);
    return before.caseNumber;
  }

  /** Whom to tell what was put right, and the words; null when it was not replied to. */
  async replyOf(tx: Tx, id: string): Promise<{ residentId: string; subject: string; reply: string } | null> {
    const found = await this.store.lock(tx, id);
    const residentId = found && (await this.store.residentOf(tx, found.ratingId));
    if (!found?.reply || !residentId) return null;
    return { residentId, subject: found.subject, reply: found.reply };
  }

  /** Marks what is past its day and tells of it, each once; returns how many. */
  async sweep(now: Date): Promise<number> {
    let marked = 0;
    for (const step of ['contact', 'rectify'] as const)
      marked += await this.database.transact(async (tx) => {
        const late = await this.store.claimOverdue(tx, step, localDate(now), now, sweepMost);
        await together(...late.map((one) => this.tell(tx, 'rectification.overdue', one, { step }, now)));
        return late.length;
      });
    return marked;
  }

  private async locked(tx: Tx, id: string, officer: Asker): Promise<Rectification> {
    return within(await this.store.lock(tx, id), officer);
  }

  private async set(tx: Tx, { rectificationId }: Rectification, values: StepValues): Promise<void> {
    if (!(await this.store.set(tx, rectificationId, values))) throw new Refusal('rectification.samePerson');
  }

  private async tell<T extends StepEvent>(
    tx: Tx,
    type: T,
    { rectificationId, ratingId, serviceEventId, grade, department, subdistrictId, caseNumber, period }: Rectification,
    more: Omit<EventPayloads[T], keyof RectificationFacts>,
    now: Date,
  ): Promise<void> {
    const facts = { rectificationId, ratingId, serviceEventId, grade, department, subdistrictId, caseNumber, period };
    await appendEvent(tx, type, { ...facts, ...more } as unknown as EventPayloads[T], now);
  }

  private async audit(
    tx: Tx,
    officerId: string,
    action: string,
    { rectificationId }: Rectification,
    detail: Record<string, unknown>,
    now: Date,
  ): Promise<void> {
    const actor = { kind: 'officer', id: officerId } as const;
    await appendAudit(tx, { actor, action, subject: `rectification:${rectificationId}`, detail, at: now });
  }
}

function within(found: Rectification | null, officer: Asker): Rectification {
  if (!found || !isWithin(officer, found)) throw new Refusal('rectification.notFound');
  return found;
}
