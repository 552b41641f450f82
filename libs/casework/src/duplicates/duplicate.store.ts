import { Injectable } from '@nestjs/common';
import { FieldCipher, type Tx } from '@linli/platform';
import type { Particulars } from '../case';
import type { Reader } from '../case-trail.store';

/** An open report of the same matter that may be the same. */
export interface Candidate {
  readonly caseId: string;
  readonly number: string;
  readonly place: Particulars['place'];
  /** The very words match. */
  readonly sameWords: boolean;
}

/** A case linked to another, as officers see it. */
export interface RelatedCase {
  readonly number: string;
  readonly title: string;
  readonly state: string;
  readonly department: string;
  readonly submittedAt: Date;
  readonly because: 'place' | 'words';
}

const candidatesMost = 50;

/** Traces of reports under a blind index: nobody who reads the table learns where anything is, and equals still meet. */
@Injectable()
export class DuplicateStore {
  constructor(private readonly cipher: FieldCipher) {}

  /** One report of a matter at a time, so that two filed at once see each other. */
  async queueUp(tx: Tx, entryId: string): Promise<void> {
    await tx.sql(`select pg_advisory_xact_lock(hashtextextended('casework.sameness ' || $1, 0))`, [entryId]);
  }

  async note(tx: Tx, caseId: string, entryId: string, traces: readonly string[]): Promise<void> {
    await tx.sql(
      `insert into casework_sameness (entry_id, key, case_id) select $1, k.key, $2 from unnest($3::bytea[]) as k(key)
       on conflict do nothing`,
      [entryId, caseId, this.keys(traces)],
    );
  }

  async candidates(
    tx: Tx,
    caseId: string,
    entryId: string,
    { near, words }: { readonly near: readonly string[]; readonly words: readonly string[] },
  ): Promise<Candidate[]> {
    const rows = await tx.sql<{ id: string; number: string; same: boolean; particulars: Buffer }>(
      `select c.id, c.number, c.particulars, s.same
       from (select case_id, bool_or(key = any($4::bytea[])) as same from casework_sameness
             where entry_id = $1 and key = any($3::bytea[]) and case_id <> $2 group by case_id) s
       join casework_case c on c.id = s.case_id where c.is_open order by c.id desc limit ${candidatesMost}`,
      [entryId, caseId, this.keys([...near, ...words]), this.keys(words)],
    );
    return rows.map(({ id, number, same, particulars }) => ({
      caseId: id,
      number,
      sameWords: same,
      place: (JSON.parse(this.cipher.open('case.particulars', id, particulars)) as Particulars).place,
    }));
  }

  async link(tx: Tx, caseId: string, others: readonly Candidate[], now: Date): Promise<void> {
    await tx.sql(
      `insert into casework_link (case_id, other_id, because, linked_at)
       select greatest($1::uuid, o.id), least($1::uuid, o.id), o.because, $2
       from unnest($3::uuid[], $4::text[]) as o(id, because) on conflict do nothing`,
      [caseId, now, others.map((one) => one.caseId), others.map((one) => (one.sameWords ? 'words' : 'place'))],
    );
  }

  /** What a case is linked to, oldest first. */
  async related(reader: Reader, caseId: string): Promise<RelatedCase[]> {
    return reader.sql<RelatedCase>(
      `select c.number, c.title, c.state, c.department_name as department, c.submitted_at as "submittedAt", l.because
       from (select other_id as id, because from casework_link where case_id = $1
             union all select case_id, because from casework_link where other_id = $1) l
       join casework_case c on c.id = l.id order by c.submitted_at, c.id limit 100`,
      [caseId],
    );
  }

  private keys(traces: readonly string[]): Buffer[] {
    return traces.map((one) => this.cipher.blindIndex('case.sameness', one));
  }
}
