import { Injectable } from '@nestjs/common';
import { Database, FieldCipher, sqlState, type Tx } from '@linli/platform';
import { Refusal } from '@linli/kernel';
import type { Appeal, AppealDecision, AppealDraft, FigureAt } from './appeal';
import type { Direction } from './scheme';

interface AppealRow {
  readonly id: string;
  readonly period: string;
  readonly direction: Direction;
  readonly subject_id: string;
  readonly indicator: string;
  readonly reason: Buffer;
  readonly evidence: Buffer;
  readonly filed_by: string;
  readonly filed_at: Date;
  readonly figure_before: FigureAt;
  readonly decided_at: Date | null;
  readonly upheld: boolean | null;
  readonly decision: Buffer | null;
  readonly figure_after: FigureAt | null;
}

const column = { reason: 'assessment.appealReason', evidence: 'assessment.appealEvidence' } as const;
const decisionColumn = 'assessment.appealDecision';

/** Appeals; what was written in them is sealed. */
@Injectable()
export class AppealStore {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  /** Files an appeal; false when one about the same figure is open. */
  async file(tx: Tx, id: string, draft: AppealDraft, officerId: string, before: FigureAt, now: Date): Promise<boolean> {
    const { period, direction, subjectId, indicator } = draft;
    const rows = await tx.sql(
      `insert into assessment_appeal
         (id, period, direction, subject_id, indicator, reason, evidence, filed_by, filed_at, figure_before)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing returning id`,
      [
        ...[id, period, direction, subjectId, indicator],
        this.cipher.seal(column.reason, id, draft.reason),
        this.cipher.seal(column.evidence, id, JSON.stringify(draft.evidence)),
        ...[officerId, now, JSON.stringify(before)],
      ],
    );
    return rows.length === 1;
  }

  /** The open appeal, held until the transaction ends; null when there is none of that id. */
  async lockOpen(tx: Tx, id: string): Promise<Appeal | null> {
    const [row] = await tx.sql<AppealRow>(
      'select * from assessment_appeal where id = $1 and decided_at is null for update',
      [id],
    );
    return row ? this.appealOf(row) : null;
  }

  /** Keeps the decision; the one who filed it is refused by the table itself. */
  async decide(tx: Tx, id: string, officerId: string, made: AppealDecision, after: FigureAt, now: Date): Promise<void> {
    try {
      await tx.sql(
        `update assessment_appeal
         set decided_by = $2, decided_at = $3, upheld = $4, decision = $5, figure_after = $6 where id = $1`,
        [id, officerId, now, made.upheld, this.cipher.seal(decisionColumn, id, made.words), JSON.stringify(after)],
      );
    } catch (error) {
      if (sqlState(error) === '23514') throw new Refusal('assessment.ownAppeal');
      throw error;
    }
  }

  async anyOpen(tx: Tx, period: string): Promise<boolean> {
    const rows = await tx.sql('select 1 from assessment_appeal where period = $1 and decided_at is null limit 1', [
      period,
    ]);
    return rows.length > 0;
  }

  /** A month's appeals, oldest first; of one unit, or of all. */
  async list(period: string, subjectIds: readonly string[] | null, after: string, limit: number): Promise<Appeal[]> {
    const rows = await this.database.sql<AppealRow>(
      `select * from assessment_appeal
       where period = $1 and id > $2 and ($3::text[] is null or subject_id = any($3)) order by id limit $4`,
      [period, after, subjectIds, limit],
    );
    return rows.map((row) => this.appealOf(row));
  }

  private appealOf(row: AppealRow): Appeal {
    const { id, period, direction, indicator } = row;
    return {
      ...{ id, period, direction, subjectId: row.subject_id, indicator },
      reason: this.cipher.open(column.reason, id, row.reason),
      evidence: JSON.parse(this.cipher.open(column.evidence, id, row.evidence)) as string[],
      filedAt: row.filed_at,
      figureBefore: row.figure_before,
      decision: this.decisionOf(row),
    };
  }

  private decisionOf({
    id,
    upheld,
    decision,
    decided_at: at,
    figure_after: figureAfter,
  }: AppealRow): Appeal['decision'] {
    if (upheld === null || !decision || !at || !figureAfter) return null;
    return { upheld, words: this.cipher.open(decisionColumn, id, decision), at, figureAfter };
  }
}
