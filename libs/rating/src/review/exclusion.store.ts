import { Injectable } from '@nestjs/common';
import type { ExclusionReason, Grade, RatedFacts } from '@linli/contracts';
import { isUuid, newId, Refusal, wholePageOf, positionOf, type Page, instantSorted } from '@linli/kernel';
import { appendAudit, appendEvent, Database, FieldCipher, together, type Tx } from '@linli/platform';

/** A rating no figure counts, for everybody to read: whose service and why, not who rated. */
export interface Exclusion {
  readonly id: string;
  readonly grade: Grade;
  readonly department: string;
  readonly subdistrictId: string;
  readonly period: string;
  readonly reasonCode: ExclusionReason;
  readonly at: Date;
  readonly restoredAt: Date | null;
}

/** A rating with what decisions about it need. */
export interface RatedService extends RatedFacts {
  readonly residentId: string;
  readonly officerId: string | null;
  readonly subject: string;
  readonly at: Date;
}

type RatedRow = Omit<RatedService, 'department'> & { readonly departmentId: string; readonly departmentName: string };

/** Which given ratings figures leave out; every decision is a person's, and stays on record. */
@Injectable()
export class ExclusionStore {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  /** The rating and its service, or null. */
  async rated(reader: Pick<Tx, 'sql'>, ratingId: string): Promise<RatedService | null> {
    if (!isUuid(ratingId)) return null;
    const [row] = await reader.sql<RatedRow>(
      `select g.id as "ratingId", e.id as "serviceEventId", g.grade, e.department_id as "departmentId",
         e.department_name as "departmentName", e.subdistrict_id as "subdistrictId", e.case_number as "caseNumber",
         e.period, g.resident_id as "residentId", e.officer_id as "officerId", e.subject, g.at
       from rating_given g join rating_service_event e on e.id = g.service_event_id where g.id = $1`,
      [ratingId],
    );
    if (!row) return null;
    const { departmentId, departmentName, ...rated } = row;
    return { ...rated, department: { id: departmentId, name: departmentName } };
  }

  /** Takes a rating out of all figures; one that is out already stays as it was. */
  async exclude(tx: Tx, rated: RatedFacts, reasonCode: ExclusionReason, officerId: string, now: Date): Promise<void> {
    const made = await tx.sql(
      `insert into rating_exclusion (id, rating_id, reason_code, decided_by, at) values ($1, $2, $3, $4, $5)
       on conflict (rating_id) where restored_at is null do nothing returning id`,
      [newId(), rated.ratingId, reasonCode, officerId, now],
    );
    if (made.length === 0) return;
    await this.tell(tx, 'rating.excluded', rated, reasonCode, officerId, now);
  }

  /** Lets a rating count again, by somebody else than who took it out. */
  async restore(tx: Tx, id: string, officerId: string, reason: string, now: Date): Promise<void> {
    const [row] = isUuid(id)
      ? await tx.sql<{ ratingId: string; reasonCode: ExclusionReason; decidedBy: string; restored: boolean }>(
          `select rating_id as "ratingId", reason_code as "reasonCode", decided_by as "decidedBy",
             restored_at is not null as restored from rating_exclusion where id = $1 for update`,
          [id],
        )
      : [];
    const rated = row ? await this.rated(tx, row.ratingId) : null;
    if (!row || !rated) throw new Refusal('rating.flagNotFound');
    if (row.restored) throw new Refusal('rating.flagDecided');
    if (row.decidedBy === officerId) throw new Refusal('rating.samePerson');
    await tx.sql('update rating_exclusion set restored_by = $2, restored_at = $3, restore_reason = $4 where id = $1', [
      id,
      officerId,
      now,
      this.cipher.seal('ratingExclusion.reason', id, reason),
    ]);
    await this.tell(tx, 'rating.restored', rated, row.reasonCode, officerId, now);
  }

  /** One page of all exclusions, newest first. */
  async list(limit: number, cursor: string | null): Promise<Page<Exclusion>> {
    const after = positionOf(cursor, instantSorted);
    const rows = await this.database.sql<Exclusion>(
      `select x.id, g.grade, e.department_name as department, e.subdistrict_id as "subdistrictId", e.period,
         x.reason_code as "reasonCode", x.at, x.restored_at as "restoredAt"
       from rating_exclusion x join rating_given g on g.id = x.rating_id
         join rating_service_event e on e.id = g.service_event_id
       where (x.at, x.id) < (coalesce($1::timestamptz, 'infinity'), coalesce($2::uuid, $3))
       order by x.at desc, x.id desc limit $4`,
      [after?.by ?? null, after?.id ?? null, 'ffffffff-ffff-ffff-ffff-ffffffffffff', limit + 1],
    );
    return wholePageOf(rows, limit, ({ at, id }) => ({ by: at.toISOString(), id }));
  }

  private async tell(
    tx: Tx,
    type: 'rating.excluded' | 'rating.restored',
    rated: RatedFacts,
    reasonCode: ExclusionReason,
    officerId: string,
    now: Date,
  ): Promise<void> {
    const { ratingId, serviceEventId, grade, department, subdistrictId, caseNumber, period } = rated;
    const facts = { ratingId, serviceEventId, grade, department, subdistrictId, caseNumber, period };
    await together(
      appendEvent(tx, type, { ...facts, reasonCode, at: now.toISOString() }, now),
      appendAudit(tx, {
        actor: { kind: 'officer', id: officerId },
        action: type,
        subject: `rating:${ratingId}`,
        detail: { reasonCode },
        at: now,
      }),
    );
  }
}
