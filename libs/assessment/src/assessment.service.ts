import { Injectable } from '@nestjs/common';
import { localDate, monthOf, Refusal } from '@linli/kernel';
import type { DomainEvent, EventOf, EventPayloads } from '@linli/contracts';
import { Batcher, Clock, Database, type Tx } from '@linli/platform';
import { AbsorptionStore, type ServiceCount } from './absorption.store';
import { CorrectionStore } from './correction.store';
import { callbackObservations, type Callback } from './callback';
import { afterOf, evidencePage, type EvidencePage } from './evidence';
import { EvidenceStore } from './evidence.store';
import { FactStore } from './fact.store';
import { observationsOf } from './observation';
import { checkPeriod, monthsUpTo } from './period';
import { Schemes } from './schemes.service';
import { indicatorsOf, type Direction } from './scheme';
import type { ScoreSheet } from './score-sheet';
import type { Heading } from './score-table';
import { Sheets } from './sheets.service';
import type { StaffSheet } from './staff-sheet';
import { trendOf, type TrendPoint } from './trend';

const batchMost = 200;
const lanes = 2;
const rollUpsMost = 50;
const callbackMost = 1000;
/** Among so many rows there are three cases, unless there are no three. */
const tellingRows = 60;

/** 双向考核: a month's figures from residents' ratings and from what units did, each with what it was made of. */
@Injectable()
export class AssessmentService {
  /** What arrives at the same time is written together; a service and its rating never share a statement. */
  private readonly services = new Batcher<ServiceCount, null>((services) => this.countTogether(services), {
    most: batchMost,
    lanes,
    keyOf: (service) => service.serviceEventId,
  });

  constructor(
    private readonly database: Database,
    private readonly absorption: AbsorptionStore,
    private readonly corrections: CorrectionStore,
    private readonly facts: FactStore,
    private readonly rows: EvidenceStore,
    private readonly sheets: Sheets,
    private readonly schemes: Schemes,
    private readonly clock: Clock,
  ) {}

  /** Counts a service that could be rated; the same one again changes nothing. */
  async countServiceEvent(tx: Tx, payload: EventPayloads['rating.requested'], at: Date): Promise<void> {
    await this.absorption.addServices(tx, [requested(payload, at)]);
  }

  /** Counts a rating; the same one again changes nothing, and one that comes after the closing is counted as late. */
  async countRating(tx: Tx, payload: EventPayloads['rating.given']): Promise<void> {
    await this.absorption.addServices(tx, [given(payload)]);
  }

  /**
   * Counts either in a transaction shared with what arrives at the same time. The row of the service is what lets it
   * count once, so nothing else need remember the event.
   */
  async absorb(event: EventOf<'rating.requested'> | EventOf<'rating.given'>): Promise<void> {
    const service = event.type === 'rating.given' ? given(event.payload) : requested(event.payload, event.at);
    await this.services.add(service);
  }

  /** Counts what other events say of units; the same event again changes nothing. */
  async observe(tx: Tx, ...events: readonly DomainEvent[]): Promise<void> {
    const observations = events.flatMap(observationsOf);
    if (observations.length > 0) await this.absorption.addObservations(tx, observations);
  }

  /** Takes a rating out of the figures, or puts it back, as was decided. */
  async changeRating(tx: Tx, { id, type, payload }: EventOf<'rating.excluded' | 'rating.restored'>): Promise<void> {
    await this.corrections.changeRating(tx, {
      eventId: id,
      ratingId: payload.ratingId,
      out: type === 'rating.excluded',
      ground: payload.reasonCode === 'appealUpheld' ? 'appeal' : 'rule',
      at: new Date(payload.at),
    });
  }

  /** Counts what the hotline's call-backs found; a call-back told again changes nothing. */
  async countCallbacks(tx: Tx, callbacks: readonly Callback[]): Promise<void> {
    for (let at = 0; at < callbacks.length; at += callbackMost)
      await this.absorption.addObservations(tx, callbacks.slice(at, at + callbackMost).flatMap(callbackObservations));
  }

  /** Folds what was counted since into the facts; any number of workers may do so. */
  async rollUp(): Promise<void> {
    for (let round = 0; round < rollUpsMost; round += 1) if ((await this.facts.rollUp()) === 0) return;
  }

  /** The month's sheet: as frozen when it is closed, else as of now. Refuses a month that has not begun. */
  async scores(period: string, direction: Direction, now: Date): Promise<ScoreSheet> {
    checkPeriod(period, now);
    return this.sheets.of(period, direction);
  }

  /** The indicators of a sheet with their names, in its order. */
  indicators(sheet: ScoreSheet, direction: Direction): Heading[] {
    return this.sheets.indicators(sheet, direction);
  }

  /** One subject over the months up to the running one, oldest first. */
  async trend(direction: Direction, subjectId: string, months: number): Promise<TrendPoint[]> {
    const last = monthOf(localDate(this.clock.now()));
    const sheets = await this.sheets.several(monthsUpTo(last, months), direction);
    return sheets.map((sheet) => trendOf(sheet, subjectId));
  }

  /** The sheets of so many months up to one, oldest first; those before anything was counted are left out. */
  async months(period: string, direction: Direction, months: number, now: Date): Promise<ScoreSheet[]> {
    checkPeriod(period, now);
    const sheets = await this.sheets.several(monthsUpTo(period, months), direction);
    const first = sheets.findIndex((sheet) => sheet.items.length > 0 || sheet.period === period);
    return sheets.slice(first);
  }

  /** What residents said of each officer's services in a month; of one subdistrict, or of all. */
  async staff(period: string, subdistrictId: string | null, now: Date): Promise<StaffSheet> {
    checkPeriod(period, now);
    return this.sheets.staff(period, subdistrictId);
  }

  /** One page of what is behind one figure, identities left out; of fewer than three cases only that they exist. */
  async evidence(
    period: string,
    direction: Direction,
    subjectId: string,
    indicator: string,
    limit: number,
    cursor: string | null,
  ): Promise<EvidencePage> {
    checkPeriod(period, this.clock.now());
    const after = afterOf(cursor);
    const found = indicatorsOf(this.schemes.of(period), direction).find((one) => one.id === indicator);
    if (!found) throw new Refusal('assessment.subjectUnknown');
    // Enough that a short page is not taken for few cases.
    const fetched = Math.max(limit + 1, cursor === null ? tellingRows : 0);
    // Nobody is shown who merely lives there: behind a count per head stands what was counted.
    const { numerator } = found;
    const behind = { numerator, denominator: found.per === 'perCapita' ? {} : found.denominator };
    const rows = await this.rows.rows(period, direction, subjectId, behind, after, fetched);
    if (rows.length === 0 && cursor === null) throw new Refusal('assessment.subjectUnknown');
    return evidencePage(rows, limit, cursor === null);
  }

  private async countTogether(services: readonly ServiceCount[]): Promise<null[]> {
    await this.database.transact((tx) => this.absorption.addServices(tx, services));
    return services.map(() => null);
  }
}

function requested(payload: EventPayloads['rating.requested'], at: Date): ServiceCount {
  const { serviceEventId, period, department, subdistrictId, caseNumber, officerId = null } = payload;
  return { serviceEventId, period, department, subdistrictId, caseNumber, officerId, servedAt: at, rating: null };
}

function given(payload: EventPayloads['rating.given']): ServiceCount {
  const { ratingId: id, grade, at, serviceEventId, period, department, subdistrictId, caseNumber } = payload;
  const { officerId = null } = payload;
  const service = { serviceEventId, period, department, subdistrictId, caseNumber, officerId };
  return { ...service, servedAt: null, rating: { id, grade, at } };
}
