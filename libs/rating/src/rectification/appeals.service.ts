import { Injectable } from '@nestjs/common';
import type { Grade } from '@linli/contracts';
import { isUuid, newId, Refusal, wholePageOf, positionOf, type Page, instantSorted } from '@linli/kernel';
import { appendAudit, Database, FieldCipher, sqlState, type Tx } from '@linli/platform';
import { isOwnUnit, isWithin, reachOf, type Asker } from '../reach';
import { ExclusionStore } from '../review/exclusion.store';
import { givenWords } from '../words';

export type AppealDecision = 'upheld' | 'rejected';

/** 申诉: the rated unit holds that a rating is wrong. The grade is shown whatever becomes of it. */
export interface RatingAppeal {
  readonly id: string;
  readonly ratingId: string;
  readonly grade: Grade;
  /** What the resident said when called back after a rectification, beside the original. */
  readonly afterGrade: Grade | null;
  readonly subject: string;
  readonly caseNumber: string;
  readonly department: string;
  readonly departmentId: string;
  readonly subdistrictId: string;
  readonly evidence: string;
  readonly fileIds: readonly string[];
  readonly filedAt: Date;
  readonly decision: AppealDecision | null;
  readonly reason: string | null;
  readonly decidedAt: Date | null;
}

type Row = Omit<RatingAppeal, 'evidence' | 'reason'> & {
  readonly evidence: Buffer;
  readonly reason: Buffer | null;
};

const columns = `a.id, a.rating_id as "ratingId", g.grade, r.after_grade as "afterGrade", e.subject,
  e.case_number as "caseNumber", e.department_name as department, a.department_id as "departmentId",
  a.subdistrict_id as "subdistrictId", a.evidence, a.file_ids as "fileIds", a.filed_at as "filedAt", a.decision,
  a.reason, a.decided_at as "decidedAt"`;
const from = `rating_appeal a join rating_given g on g.id = a.rating_id
  join rating_service_event e on e.id = g.service_event_id
  left join rating_rectification r on r.rating_id = a.rating_id`;

/** Appeals by rated units, once a rating, decided by somebody else. */
@Injectable()
export class RatingAppeals {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
    private readonly exclusions: ExclusionStore,
  ) {}

  /** Files an appeal with its evidence; only the rated unit may. */
  async file(
    tx: Tx,
    officer: Asker,
    given: { readonly ratingId: string; readonly evidence: string; readonly fileIds: readonly string[] },
    now: Date,
  ): Promise<RatingAppeal> {
    const evidence = givenWords('evidence', given.evidence);
    const rated = await this.exclusions.rated(tx, given.ratingId);
    if (!rated || !isWithin(officer, rated)) throw new Refusal('rating.notFound');
    if (!isOwnUnit(officer, rated)) throw new Refusal('rating.appealNotYours');
    const id = newId();
    const made = await tx.sql(
      `insert into rating_appeal (id, rating_id, department_id, subdistrict_id, appellant, evidence, file_ids, filed_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict on constraint rating_appeal_once do nothing returning id`,
      [
        ...[id, rated.ratingId, rated.department.id, rated.subdistrictId, officer.id],
        ...[this.cipher.seal('ratingAppeal.evidence', id, evidence), given.fileIds, now],
      ],
    );
    if (made.length === 0) throw new Refusal('rating.alreadyAppealed');
    await this.audit(tx, officer.id, 'ratingAppeal.file', id, now);
    return this.locked(tx, id);
  }

  /** Decides an appeal; the appellant never decides their own. Upheld, the rating no longer counts. */
  async decide(
    tx: Tx,
    id: string,
    officer: Asker,
    given: { readonly decision: AppealDecision; readonly reason: string },
    now: Date,
  ): Promise<RatingAppeal> {
    const reason = givenWords('reason', given.reason);
    const appeal = await this.locked(tx, id);
    if (!isWithin(officer, { department: { id: appeal.departmentId }, subdistrictId: appeal.subdistrictId }))
      throw new Refusal('rating.appealNotFound');
    if (appeal.decision !== null) throw new Refusal('rating.appealDecided');
    try {
      await tx.sql(
        'update rating_appeal set decision = $2, reason = $3, decided_by = $4, decided_at = $5 where id = $1',
        [id, given.decision, this.cipher.seal('ratingAppeal.reason', id, reason), officer.id, now],
      );
    } catch (error) {
      if (sqlState(error) === '23514') throw new Refusal('rating.samePerson');
      throw error;
    }
    const rated = await this.exclusions.rated(tx, appeal.ratingId);
    if (rated && given.decision === 'upheld') await this.exclusions.exclude(tx, rated, 'appealUpheld', officer.id, now);
    await this.audit(tx, officer.id, `ratingAppeal.${given.decision}`, id, now);
    return this.locked(tx, id);
  }

  /** Appeals within the officer's reach, oldest first. */
  async list(officer: Asker, open: boolean, limit: number, cursor: string | null): Promise<Page<RatingAppeal>> {
    const reach = reachOf(officer);
    if (reach === null) return { items: [], nextCursor: null };
    const after = positionOf(cursor, instantSorted);
    const rows = await this.database.sql<Row>(
      `select ${columns} from ${from}
       where a.decision is ${open ? '' : 'not '}null and ($1::text is null or a.department_id = $1)
         and ($2::text is null or a.subdistrict_id = $2)
         and (a.filed_at, a.id) > (coalesce($3::timestamptz, '-infinity'), coalesce($4::uuid, $5))
       order by a.filed_at, a.id limit $6`,
      [
        ...[reach.departmentId, reach.subdistrictId, after?.by ?? null, after?.id ?? null],
        ...['00000000-0000-0000-0000-000000000000', limit + 1],
      ],
    );
    return wholePageOf(
      rows.map((row) => this.read(row)),
      limit,
      ({ filedAt, id }) => ({ by: filedAt.toISOString(), id }),
    );
  }

  private async locked(tx: Tx, id: string): Promise<RatingAppeal> {
    const rows = isUuid(id)
      ? await tx.sql<Row>(`select ${columns} from ${from} where a.id = $1 for update of a`, [id])
      : [];
    const [row] = rows;
    if (!row) throw new Refusal('rating.appealNotFound');
    return this.read(row);
  }

  private read({ evidence, reason, ...row }: Row): RatingAppeal {
    return {
      ...row,
      evidence: this.cipher.open('ratingAppeal.evidence', row.id, evidence),
      reason: reason === null ? null : this.cipher.open('ratingAppeal.reason', row.id, reason),
    };
  }

  private async audit(tx: Tx, officerId: string, action: string, id: string, now: Date): Promise<void> {
    const actor = { kind: 'officer', id: officerId } as const;
    await appendAudit(tx, { actor, action, subject: `ratingAppeal:${id}`, at: now });
  }
}
