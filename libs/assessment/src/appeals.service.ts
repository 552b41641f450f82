import { Injectable } from '@nestjs/common';
import { newId, Refusal } from '@linli/kernel';
import type { Officer } from '@linli/directory';
import { appendAudit, Clock, Database, type Tx } from '@linli/platform';
import { AppealStore } from './appeal.store';
import {
  checkOutsider,
  checkOwnUnit,
  figureOn,
  type Appeal,
  type AppealDecision,
  type AppealDraft,
  type FigureAt,
} from './appeal';
import { CorrectionStore } from './correction.store';
import { afterOf } from './evidence';
import { PeriodStore } from './period.store';
import { Sheets, type Names } from './sheets.service';
import type { Direction } from './scheme';

/** One page of appeals. */
export interface AppealPage {
  readonly items: readonly Appeal[];
  readonly nextCursor: string | null;
}

/** 申诉: filed by a unit against a published figure, decided by somebody else, before the month is closed. */
@Injectable()
export class Appeals {
  constructor(
    private readonly database: Database,
    private readonly store: AppealStore,
    private readonly corrections: CorrectionStore,
    private readonly periods: PeriodStore,
    private readonly sheets: Sheets,
    private readonly clock: Clock,
  ) {}

  /** Files an appeal of the officer's own unit while the month is published for it; one open appeal per figure. */
  async file(officer: Officer, draft: AppealDraft): Promise<{ id: string; figureBefore: FigureAt }> {
    checkOwnUnit(officer, draft);
    const now = this.clock.now();
    const names = await this.sheets.names(draft.direction);
    return this.database.transact(async (tx) => {
      const preview = await this.periods.previewOf(tx, draft.period);
      if (!preview || preview.appealsUntil <= now) throw new Refusal('assessment.appealsClosed');
      const figureBefore = await this.figure(tx, draft, names);
      const id = newId();
      if (!(await this.store.file(tx, id, draft, officer.id, figureBefore, now)))
        throw new Refusal('assessment.appealOpen');
      await this.note(tx, officer, 'assessment.appeal', id, {}, now);
      return { id, figureBefore };
    });
  }

  /** Decides an appeal; upheld, the named rows of its evidence count no more. Both figures are kept. */
  async decide(officer: Officer, period: string, id: string, decision: AppealDecision): Promise<Appeal> {
    const now = this.clock.now();
    const names = {
      departments: await this.sheets.names('departments'),
      subdistricts: await this.sheets.names('subdistricts'),
    };
    return this.database.transact(async (tx) => {
      const appeal = await this.store.lockOpen(tx, id);
      if (!appeal || appeal.period !== period) throw new Refusal('assessment.appealUnknown');
      checkOutsider(officer, appeal);
      const { direction, subjectId } = appeal;
      const ids = decision.upheld ? decision.takenOut : [];
      if (ids.length > 0 && (await this.corrections.takeOut(tx, period, direction, subjectId, ids, now)) !== ids.length)
        throw new Refusal('assessment.subjectUnknown');
      const figureAfter = await this.figureAfter(tx, appeal, names[direction]);
      await this.store.decide(tx, id, officer.id, decision, figureAfter, now);
      await this.note(tx, officer, 'assessment.decideAppeal', id, { takenOut: ids.length }, now);
      const { upheld, words } = decision;
      return { ...appeal, decision: { upheld, words, at: now, figureAfter } };
    });
  }

  /** A month's appeals: of all units, or of the officer's own. */
  async list(period: string, own: readonly string[] | null, limit: number, cursor: string | null): Promise<AppealPage> {
    const rows = await this.store.list(period, own, afterOf(cursor), limit + 1);
    const items = rows.slice(0, limit);
    return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  private async figure(
    tx: Tx,
    { period, direction, subjectId, indicator }: Pick<Appeal, 'period' | 'direction' | 'subjectId' | 'indicator'>,
    names: Names,
  ): Promise<FigureAt> {
    const found = figureOn(await this.sheets.live(tx, period, direction, names), subjectId, indicator);
    if (!found) throw new Refusal('assessment.subjectUnknown');
    return found;
  }

  /** A figure that has nothing left in it is nought of nought. */
  private async figureAfter(tx: Tx, appeal: Appeal, names: Names): Promise<FigureAt> {
    const { period, direction, subjectId, indicator } = appeal;
    const sheet = await this.sheets.live(tx, period, direction satisfies Direction, names);
    return figureOn(sheet, subjectId, indicator) ?? { value: 0, numerator: 0, denominator: 0, score: 0 };
  }

  private note(
    tx: Tx,
    { id: officerId }: Officer,
    action: string,
    id: string,
    detail: object,
    at: Date,
  ): Promise<void> {
    const actor = { kind: 'officer', id: officerId } as const;
    return appendAudit(tx, { actor, action, subject: `appeal:${id}`, detail: { ...detail }, at });
  }
}
