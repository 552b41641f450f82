import { Injectable } from '@nestjs/common';
import type { ExclusionReason, Grade } from '@linli/contracts';
import { isUuid, newId, type Position } from '@linli/kernel';
import { Database, FieldCipher, type Tx } from '@linli/platform';
import type { Reach } from '../reach';

export type FlagKind = Extract<ExclusionReason, 'burst' | 'copy' | 'selfDealing'>;
export type FlagDecision = 'exclude' | 'keep';

/** A rating somebody should look at; who rated is not shown. */
export interface RatingFlag {
  readonly id: string;
  readonly ratingId: string;
  readonly kind: FlagKind;
  readonly grade: Grade;
  readonly subject: string;
  readonly caseNumber: string;
  readonly department: string;
  readonly subdistrictId: string;
  readonly text: string | null;
  readonly raisedAt: Date;
  readonly decision: FlagDecision | null;
  readonly reason: string | null;
  readonly decidedAt: Date | null;
}

/** A flag as a decision needs it. */
export interface OpenFlag {
  readonly ratingId: string;
  readonly kind: FlagKind;
  readonly decided: boolean;
}

/** What the suspicion rules compare of one rating. */
export interface Trace {
  readonly residentId: string;
  readonly device: Buffer | null;
  readonly textDigest: Buffer | null;
  readonly via: string;
  readonly at: Date;
  /** Rated on the very device that issued the link. */
  readonly issuerDevice: boolean;
}

type FlagRow = Omit<RatingFlag, 'text' | 'reason'> & { readonly text: Buffer | null; readonly reason: Buffer | null };

/** Enough to judge a burst by, and never a whole table. */
const most = 200;

/** Flags in PostgreSQL, and the look-ups that raise them. */
@Injectable()
export class FlagStore {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  async trace(tx: Tx, ratingId: string): Promise<Trace | null> {
    const [row] = await tx.sql<Trace>(
      `select g.resident_id as "residentId", g.device, g.text_digest as "textDigest", g.via, g.at,
         coalesce(l.issuer_device = g.device, false) as "issuerDevice"
       from rating_given g left join rating_link l on l.id = g.link_id where g.id = $1`,
      [ratingId],
    );
    return row ?? null;
  }

  /** Ratings that share one trait with the rating, from a moment up to its own. */
  async alike(
    tx: Tx,
    trait: 'device' | 'resident_id' | 'text_digest',
    value: unknown,
    from: Date,
    to: Date,
  ): Promise<string[]> {
    const rows = await tx.sql<{ id: string }>(
      `select id from rating_given where ${trait} = $1 and at >= $2 and at <= $3 order by at desc limit ${most}`,
      [value, from, to],
    );
    return rows.map(({ id }) => id);
  }

  /** Raises a flag on each rating; those that carry it already keep theirs, with its decision. */
  async raise(tx: Tx, kind: FlagKind, ratingIds: readonly string[], now: Date): Promise<void> {
    if (ratingIds.length === 0) return;
    await tx.sql(
      `insert into rating_flag (id, rating_id, kind, subdistrict_id, raised_at)
       select f.id, g.id, $3, e.subdistrict_id, $4 from unnest($1::uuid[], $2::uuid[]) as f(id, rating_id)
         join rating_given g on g.id = f.rating_id join rating_service_event e on e.id = g.service_event_id
       on conflict on constraint rating_flag_once do nothing`,
      [ratingIds.map(() => newId()), ratingIds, kind, now],
    );
  }

  async lock(tx: Tx, id: string): Promise<OpenFlag | null> {
    if (!isUuid(id)) return null;
    const [row] = await tx.sql<OpenFlag>(
      `select rating_id as "ratingId", kind, decision is not null as decided from rating_flag where id = $1 for update`,
      [id],
    );
    return row ?? null;
  }

  async decide(
    tx: Tx,
    id: string,
    decision: FlagDecision,
    reason: string,
    officerId: string,
    now: Date,
  ): Promise<void> {
    await tx.sql('update rating_flag set decision = $2, reason = $3, decided_by = $4, decided_at = $5 where id = $1', [
      id,
      decision,
      this.cipher.seal('ratingFlag.reason', id, reason),
      officerId,
      now,
    ]);
  }

  async list(reach: Reach, open: boolean, limit: number, after: Position | null): Promise<RatingFlag[]> {
    const rows = await this.database.sql<FlagRow>(
      `select f.id, f.rating_id as "ratingId", f.kind, g.grade, e.subject, e.case_number as "caseNumber",
         e.department_name as department, f.subdistrict_id as "subdistrictId", g.text, f.raised_at as "raisedAt",
         f.decision, f.reason, f.decided_at as "decidedAt"
       from rating_flag f join rating_given g on g.id = f.rating_id join rating_service_event e on e.id = g.service_event_id
       where f.decision is ${open ? '' : 'not '}null and ($1::text is null or f.subdistrict_id = $1)
         and (f.raised_at, f.id) > (coalesce($2::timestamptz, '-infinity'), coalesce($3::uuid, $4))
       order by f.raised_at, f.id limit $5`,
      [reach.subdistrictId, after?.by ?? null, after?.id ?? null, '00000000-0000-0000-0000-000000000000', limit],
    );
    return rows.map(({ text, reason, ...row }) => ({
      ...row,
      text: text === null ? null : this.cipher.open('rating.text', row.ratingId, text),
      reason: reason === null ? null : this.cipher.open('ratingFlag.reason', row.id, reason),
    }));
  }
}
