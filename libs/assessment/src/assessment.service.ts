import { Injectable } from '@nestjs/common';
import { Refusal } from '@linli/kernel';
import type { EventPayloads } from '@linli/contracts';
import { DirectoryService } from '@linli/directory';
import { Clock, Database, type Tx } from '@linli/platform';
import { AssessmentStore } from './assessment.store';
import { afterOf, evidencePage, type EvidencePage } from './evidence';
import { checkOver, checkPeriod } from './period';
import { schemeOf } from './scheme';
import { scoreSheet, type Direction, type ScoreSheet } from './score-sheet';

/** 双向考核: a month's figures from residents' ratings, each with what it was made of. */
@Injectable()
export class AssessmentService {
  constructor(
    private readonly database: Database,
    private readonly store: AssessmentStore,
    private readonly directory: DirectoryService,
    private readonly clock: Clock,
  ) {}

  /** Counts a service that could be rated; the same one again changes nothing. */
  async countServiceEvent(tx: Tx, payload: EventPayloads['rating.requested'], at: Date): Promise<void> {
    await this.store.addServiceEvent(tx, payload, at);
  }

  /** Counts a rating; the same one again changes nothing, and one that comes after the closing is counted as late. */
  async countRating(tx: Tx, payload: EventPayloads['rating.given']): Promise<void> {
    await this.store.addRating(tx, payload);
  }

  /** The month's sheet: as frozen when it is closed, else as of now. Refuses a month that has not begun. */
  async scores(period: string, direction: Direction, now: Date): Promise<ScoreSheet> {
    checkPeriod(period, now);
    const frozen = await this.store.frozen(period, direction);
    if (frozen) return { ...frozen, late: await this.store.late(period) };
    return this.sheet(this.database, period, direction, await this.names(direction));
  }

  /** One page of the services behind one figure, identities left out. */
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
    const { denominator } = schemeOf(period).indicators.find((one) => one.id === indicator) ?? {};
    if (!denominator) throw new Refusal('assessment.subjectUnknown');
    const rows = await this.store.evidence(period, direction, subjectId, denominator, after, limit + 1);
    if (rows.length === 0 && cursor === null) throw new Refusal('assessment.subjectUnknown');
    return evidencePage(rows, limit);
  }

  /** Closes a month that is over: freezes its two sheets as they stand. Refuses a second time. */
  async close(tx: Tx, period: string, now: Date): Promise<ScoreSheet[]> {
    checkOver(period, now);
    // Before the lock: names come over another connection, and those who wait for the lock may hold all of them.
    const names = { departments: await this.names('departments'), subdistricts: await this.names('subdistricts') };
    await this.store.lockPeriod(tx, period);
    const closed = async (direction: Direction): Promise<ScoreSheet> => ({
      ...(await this.sheet(tx, period, direction, names[direction])),
      status: 'closed',
    });
    const departments = await closed('departments');
    const subdistricts = await closed('subdistricts');
    if (!(await this.store.freeze(tx, period, { departments, subdistricts }, now)))
      throw new Refusal('assessment.periodClosed');
    return [departments, subdistricts].map((sheet) => ({ ...sheet, late: { serviceEvents: 0, ratings: 0 } }));
  }

  private async sheet(
    source: Pick<Tx, 'sql'>,
    period: string,
    direction: Direction,
    names: ReadonlyMap<string, string>,
  ): Promise<ScoreSheet> {
    const tallies = await this.store.tallies(source, period, direction, schemeOf(period).satisfied);
    const named = tallies.map(({ subject: { id, name }, ...tally }) => ({
      ...tally,
      subject: { id, name: names.get(id) ?? name },
    }));
    return scoreSheet(period, named);
  }

  /** The names the directory has today; who left it keeps the name the events carried. */
  private async names(direction: Direction): Promise<ReadonlyMap<string, string>> {
    const known = direction === 'departments' ? this.directory.departments() : this.directory.subdistricts();
    return new Map((await known).map(({ id, name }) => [id, name]));
  }
}
