import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { addDays, localDate, Refusal, startOf } from '@linli/kernel';
import { Database, type Tx } from '@linli/platform';
import { AbsorptionStore } from './absorption.store';
import { AppealStore } from './appeal.store';
import { canonicalJson } from './canonical';
import { FactStore } from './fact.store';
import { checkOver } from './period';
import { PeriodStore, type ClosedPeriod, type PeriodInputs } from './period.store';
import { directions, type Direction } from './scheme';
import { Schemes } from './schemes.service';
import { engineVersion, scoreSheet, type ScoreSheet, type Tally } from './score-sheet';
import { named, namesOf, Sheets, type Names } from './sheets.service';
import { WebhookStore } from './webhooks/webhook.store';

/** What a second reckoning of a closed month gave. */
export interface Recomputed {
  readonly period: string;
  readonly kept: string;
  readonly reckoned: string;
  readonly same: boolean;
}

/** The life of a month: open, published for appeals, closed. */
@Injectable()
export class Periods {
  constructor(
    private readonly database: Database,
    private readonly absorption: AbsorptionStore,
    private readonly facts: FactStore,
    private readonly store: PeriodStore,
    private readonly appeals: AppealStore,
    private readonly sheets: Sheets,
    private readonly schemes: Schemes,
    private readonly webhooks: WebhookStore,
  ) {}

  /** Publishes a month that is over for appeals, and says until when. Refuses a second time. */
  async preview(tx: Tx, period: string, now: Date): Promise<Date> {
    checkOver(period, now);
    // To the end of the last day, Shanghai time.
    const until = startOf(addDays(localDate(now), this.schemes.of(period).appealDays + 1));
    if (!(await this.store.preview(tx, period, now, until))) throw new Refusal('assessment.periodClosed');
    return until;
  }

  /**
   * Closes a month that is over: freezes what was counted and its two sheets. Refuses a second time, and while units may
   * still appeal or wait for an answer.
   */
  async close(tx: Tx, period: string, now: Date): Promise<ScoreSheet[]> {
    checkOver(period, now);
    // Before the lock: names come over another connection, and those who wait for the lock may hold all of them.
    const names = {
      departments: await this.sheets.names('departments'),
      subdistricts: await this.sheets.names('subdistricts'),
    };
    await this.absorption.lockPeriod(tx, period);
    const preview = await this.store.previewOf(tx, period);
    if ((preview && preview.appealsUntil > now) || (await this.appeals.anyOpen(tx, period)))
      throw new Refusal('assessment.appealsOpen');
    const closed = this.reckon(period, await this.inputs(tx, period, names));
    if (!(await this.store.freeze(tx, closed, now))) throw new Refusal('assessment.periodClosed');
    await this.webhooks.enqueue(tx, period, announcement(closed), now);
    return directions.map((direction) => ({
      ...closed.sheets[direction],
      hash: closed.hash,
      late: { serviceEvents: 0, ratings: 0 },
    }));
  }

  /** Reckons a closed month anew from its base rows, under the scheme it was closed with. */
  async recompute(period: string): Promise<Recomputed> {
    const [closed] = await this.store.closed(period);
    if (!closed) throw new Refusal('assessment.periodInvalid');
    const recount = async (direction: Direction): Promise<Tally[]> => {
      const names = namesOf(closed.inputs.tallies[direction]);
      return named(await this.facts.recount(this.database, period, direction), names);
    };
    const tallies = { departments: await recount('departments'), subdistricts: await recount('subdistricts') };
    const { hash } = this.reckon(period, { ...closed.inputs, tallies }, closed.schemeVersion);
    return { period, kept: closed.hash, reckoned: hash, same: hash === closed.hash };
  }

  /** One sentence per closed month that is not as it was closed. */
  async problems(): Promise<string[]> {
    const closed = await this.store.closed(null);
    return closed.flatMap((one) => {
      if (hashOf(one) !== one.hash) return [`the closed month ${one.period} was altered: its hash does not match`];
      if (one.schemeHash !== this.schemes.hashOf(one.schemeVersion))
        return [`the scheme ${one.schemeVersion} of the closed month ${one.period} was altered`];
      // An altered sheet whose hash was altered with it still has to follow from its inputs.
      if (one.engineVersion !== engineVersion) return [];
      return this.reckon(one.period, one.inputs, one.schemeVersion).hash === one.hash
        ? []
        : [`the sheets of the closed month ${one.period} do not follow from what was counted`];
    });
  }

  private async inputs(tx: Tx, period: string, names: Readonly<Record<Direction, Names>>): Promise<PeriodInputs> {
    const counted = async (direction: Direction): Promise<Tally[]> =>
      named((await this.facts.tallies(tx, [period], direction)).get(period) ?? [], names[direction]);
    return {
      tallies: { departments: await counted('departments'), subdistricts: await counted('subdistricts') },
      exclusions: {
        departments: await this.facts.exclusions(tx, period, 'departments'),
        subdistricts: await this.facts.exclusions(tx, period, 'subdistricts'),
      },
    };
  }

  private reckon(period: string, inputs: PeriodInputs, version?: string): ClosedPeriod {
    const scheme = (version === undefined ? null : this.schemes.named(version)) ?? this.schemes.of(period);
    const closed = (direction: Direction): ScoreSheet => ({
      ...scoreSheet(period, direction, scheme, inputs.tallies[direction]),
      status: 'closed',
      ...(inputs.exclusions[direction].length > 0 ? { exclusions: inputs.exclusions[direction] } : {}),
    });
    const content = {
      period,
      schemeVersion: scheme.version,
      schemeHash: this.schemes.hashOf(scheme.version) ?? '',
      engineVersion,
      inputs,
      sheets: { departments: closed('departments'), subdistricts: closed('subdistricts') },
    };
    return { ...content, hash: hashOf(content) };
  }
}

/** What is told of a closed month: where to look, and the hash to check it by. */
function announcement({ period, schemeVersion, engineVersion, hash }: ClosedPeriod): string {
  return JSON.stringify({ type: 'assessment.closed', period, schemeVersion, engineVersion, hash });
}

/** SHA-256 of the canonical bytes of a closed month, its hash left out. */
function hashOf(closed: Omit<ClosedPeriod, 'hash'> & { readonly hash?: string }): string {
  const { hash: _hash, ...content } = closed;
  return createHash('sha256').update(canonicalJson(content)).digest('hex');
}
