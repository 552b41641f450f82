import { Injectable } from '@nestjs/common';
import { newId, type LocalDate, positionOf, wholePageOf } from '@linli/kernel';
import { Database, type Tx } from '@linli/platform';
import type { Admission, AdmissionDraft, AdmissionState } from './admission';
import { columns } from './columns';
import { matterKey } from './matter';

type AdmissionRow = Omit<Admission, 'matter'> & {
  readonly entryId: string | null;
  readonly category: string | null;
  readonly text: string | null;
};

const selected = `select id, kind, entry_id as "entryId", category, matter_text as text, title, from_unit as "fromUnit",
    to_level as "toLevel", to_unit as "toUnit", document_no as "documentNo", support_note as "supportNote",
    effective_on as "effectiveOn", ends_on as "endsOn", state, proposed_by as "proposedBy",
    proposed_at as "proposedAt", approved_by as "approvedBy", approved_at as "approvedAt", revoked_by as "revokedBy",
    revoked_on as "revokedOn", revocation_reason as "revocationReason"
  from responsibility_admission`;

const uuid = /^[0-9a-f-]{36}$/;

export interface Proposal {
  readonly draft: AdmissionDraft;
  readonly proposedBy: string;
  readonly approvedBy: string | null;
}

export interface AdmissionFilter {
  readonly state: AdmissionState | null;
  /** Destination; admissions to every unit of a level stand in no unit's list but in the whole. */
  readonly toUnit: string | null;
}

/** Admission records. Overlaps are settled by the exclusion constraint, the two persons by a check constraint. */
@Injectable()
export class AdmissionStore {
  constructor(private readonly database: Database) {}

  /** Keeps proposals; one that names its approver is kept as approved. Returns their ids. */
  async insert(tx: Tx, proposals: readonly Proposal[], now: Date): Promise<string[]> {
    const rows = proposals.map((proposal) => ({ id: newId(), ...proposal }));
    await tx.sql(
      `insert into responsibility_admission (id, kind, matter_key, entry_id, category, matter_text, title, from_unit,
         to_level, to_unit, document_no, support_note, effective_on, ends_on, proposed_by, approved_by, proposed_at,
         approved_at, state)
       select f.*, $17::timestamptz, case when f.approved_by is not null then $17::timestamptz end,
         case when f.approved_by is null then 'proposed' else 'approved' end
       from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
         $9::text[], $10::text[], $11::text[], $12::text[], $13::date[], $14::date[], $15::uuid[], $16::uuid[])
         as f (id, kind, matter_key, entry_id, category, matter_text, title, from_unit, to_level, to_unit, document_no,
           support_note, effective_on, ends_on, proposed_by, approved_by)`,
      [
        ...columns(rows, [
          (r) => r.id,
          (r) => r.draft.kind,
          (r) => matterKey(r.draft.matter),
          (r) => r.draft.matter.entryId,
          (r) => r.draft.matter.category,
          (r) => r.draft.matter.text,
          (r) => r.draft.title,
          (r) => r.draft.fromUnit,
          (r) => r.draft.toLevel,
          (r) => r.draft.toUnit,
          (r) => r.draft.documentNo,
          (r) => r.draft.supportNote,
          (r) => r.draft.effectiveOn,
          (r) => r.draft.endsOn,
          (r) => r.proposedBy,
          (r) => r.approvedBy,
        ]),
        now,
      ],
    );
    return rows.map((row) => row.id);
  }

  /** The row, locked until the transaction ends. */
  async locked(tx: Tx, id: string): Promise<Admission | null> {
    const [row] = await tx.sql<AdmissionRow>(`${selected} where id = $1 for update`, [id]);
    return row ? admissionOf(row) : null;
  }

  async approve(tx: Tx, id: string, approvedBy: string, now: Date): Promise<void> {
    await tx.sql(
      `update responsibility_admission set state = 'approved', approved_by = $2, approved_at = $3 where id = $1`,
      [id, approvedBy, now],
    );
  }

  /** Ends an approved one on a day; one that has not begun is ended before it does. */
  async revoke(tx: Tx, id: string, by: string, on: LocalDate, reason: string): Promise<void> {
    await tx.sql(
      `update responsibility_admission set state = 'revoked', revoked_by = $2,
         revoked_on = greatest(effective_on, $3::date), revocation_reason = $4 where id = $1`,
      [id, by, on, reason],
    );
  }

  /** Takes a proposal back. */
  async withdraw(tx: Tx, id: string, by: string, reason: string): Promise<void> {
    await tx.sql(
      `update responsibility_admission set state = 'withdrawn', revoked_by = $2, revocation_reason = $3 where id = $1`,
      [id, by, reason],
    );
  }

  /**
   * How many admitted duties a community would carry at the worst moment of a period, the new one not counted; for an
   * admission to all communities, the most loaded one counts.
   */
  async heaviestLoad(tx: Tx, draft: Pick<AdmissionDraft, 'toUnit' | 'effectiveOn' | 'endsOn'>): Promise<number> {
    const [row] = await tx.sql<{ load: number }>(
      `with held as (
         select to_unit, effective_on, until from responsibility_admission
         where state in ('approved', 'revoked') and to_level = 'community'
           and ($1::text is null or to_unit is null or to_unit = $1)
           and daterange(effective_on, until) && daterange($2, $3)),
       moments as (select distinct greatest(effective_on, $2) as day from held),
       units as (select distinct to_unit from held)
       select coalesce(max(n), 0)::int as load from (
         select count(*) as n from moments m cross join units u
           join held h on (h.to_unit is null or h.to_unit = u.to_unit)
             and h.effective_on <= m.day and (h.until is null or h.until > m.day)
         group by m.day, u.to_unit) loads`,
      [draft.toUnit, draft.effectiveOn, draft.endsOn],
    );
    return row?.load ?? 0;
  }

  /** Newest first. */
  async page(
    filter: AdmissionFilter,
    limit: number,
    cursor: string | null,
  ): Promise<{ items: Admission[]; nextCursor: string | null }> {
    const after = positionOf(cursor, /^admission$/, uuid);
    const params: unknown[] = [limit + 1];
    const where: string[] = [];
    const add = (condition: string, value: unknown): void => {
      params.push(value);
      where.push(condition.replace('?', `$${params.length}`));
    };
    if (filter.state !== null) add('state = ?', filter.state);
    if (filter.toUnit !== null) add('to_unit = ?', filter.toUnit);
    if (after !== null) add('id < ?', after.id);
    const rows = await this.database.sql<AdmissionRow>(
      `${selected} ${where.length > 0 ? `where ${where.join(' and ')}` : ''} order by id desc limit $1`,
      params,
    );
    return wholePageOf(rows.map(admissionOf), limit, (one) => ({ by: 'admission', id: one.id }));
  }
}

function admissionOf({ entryId, category, text, ...row }: AdmissionRow): Admission {
  return { ...row, matter: { entryId, category, text } };
}
