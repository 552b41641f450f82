import type { Position } from '@linli/kernel';
import { Injectable } from '@nestjs/common';
import type { CaseState, CounterSource } from '@linli/contracts';
import { Database, FieldCipher, type Tx } from '@linli/platform';
import type { Case, Particulars } from '../case';
import type { Reader } from '../case-trail.store';
import { caseColumns, CaseStore, type SealedRecord } from '../case.store';
import type { PersonKey } from './person';

/** 帮代办: who helped the applicant at the counter. */
export type HelpedBy = 'nobody' | 'officer' | 'relative';

/** How a case came over a counter. */
export interface CounterFiling {
  readonly source: CounterSource;
  readonly officerId: string;
  readonly hallId: string | null;
  readonly subdistrictId: string | null;
  readonly helpedBy: HelpedBy;
  /** Ids of the guide's materials that lay on the counter, on paper. */
  readonly onPaper: readonly string[];
  readonly at: Date;
}

/** One line of what a counter took in. */
export interface CounterFilingItem {
  readonly number: string;
  readonly title: string;
  readonly state: CaseState;
  readonly source: CounterSource;
  readonly subdistrictId: string;
  readonly dueOn: string;
  readonly at: Date;
}

const casesShown = 20;
type PersonKind = keyof PersonKey;

/** Counter filings in PostgreSQL, and who came to a counter before, by keyed digests of their numbers. */
@Injectable()
export class CounterStore {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
    private readonly cases: CaseStore,
  ) {}

  /**
   * The resident a counter knows under these numbers. An identity number decides by itself; a telephone is shared in
   * families, so it decides only where no identity number was given and one person alone has it. Two counters with the
   * same person at once take turns.
   */
  async known(tx: Tx, key: PersonKey): Promise<string | null> {
    const [kind, digest] = this.deciding(key);
    if (!digest) return null;
    await tx.sql(`select pg_advisory_xact_lock(hashtextextended(encode($1::bytea, 'hex'), 27))`, [digest]);
    const found = await this.residentsOf(tx, kind, digest);
    return found.length === 1 ? (found[0] ?? null) : null;
  }

  /** Remembers a person's numbers as digests. */
  async remember(tx: Tx, key: PersonKey, residentId: string): Promise<void> {
    const given = (['idNumber', 'phone'] as const).flatMap((kind) => {
      const digest = this.digest(kind, key[kind]);
      return digest ? [{ kind, digest }] : [];
    });
    await tx.sql(
      `insert into casework_person_index (kind, digest, resident_id)
       select k.kind, k.digest, $3 from unnest($1::text[], $2::bytea[]) as k(kind, digest) on conflict do nothing`,
      [given.map((one) => one.kind), given.map((one) => one.digest), residentId],
    );
  }

  /** Everybody known under the number given, the identity number before the telephone. */
  async search(tx: Tx, key: PersonKey): Promise<string[]> {
    const [kind, digest] = this.deciding(key);
    return digest ? this.residentsOf(tx, kind, digest) : [];
  }

  /** Open cases of residents, newest first, with what was said in each. */
  async openCases(tx: Tx, residentIds: readonly string[]): Promise<{ kase: Case; particulars: Particulars }[]> {
    const rows = await tx.sql<SealedRecord & { readonly particulars: Buffer }>(
      `select c.particulars, ${caseColumns} where c.resident_id = any($1::uuid[]) and c.is_open
       order by c.submitted_at desc, c.id desc limit ${casesShown}`,
      [residentIds],
    );
    const cases = await this.cases.casesOf(tx, rows);
    return rows.flatMap(({ id, particulars }, at) => {
      const said = JSON.parse(this.cipher.open('case.particulars', id, particulars)) as Particulars;
      const kase = cases[at];
      return kase ? [{ kase, particulars: said }] : [];
    });
  }

  async add(tx: Tx, caseId: string, filing: CounterFiling): Promise<void> {
    const { source, officerId, hallId, subdistrictId, helpedBy, onPaper, at } = filing;
    await tx.sql(
      `insert into casework_counter_filing (case_id, source, officer_id, hall_id, subdistrict_id, helped_by, on_paper, at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [caseId, source, officerId, hallId, subdistrictId, helpedBy, onPaper, at],
    );
  }

  /** How a case came over a counter; null when it did not. */
  async of(reader: Reader, caseId: string): Promise<CounterFiling | null> {
    const [row] = await reader.sql<CounterFiling>(
      `select source, officer_id as "officerId", hall_id as "hallId", subdistrict_id as "subdistrictId",
         helped_by as "helpedBy", on_paper as "onPaper", at from casework_counter_filing where case_id = $1`,
      [caseId],
    );
    return row ?? null;
  }

  /** What the counters of a subdistrict (of all when null) took in, newest first, beginning after a position. */
  takenIn(
    subdistrictId: string | null,
    limit: number,
    after: Position | null,
  ): Promise<(CounterFilingItem & { readonly id: string })[]> {
    const params: unknown[] = [limit];
    const next = (value: unknown): string => `$${params.push(value)}`;
    const parts = [
      ...(subdistrictId === null ? [] : [`f.subdistrict_id = ${next(subdistrictId)}`]),
      ...(after ? [`(f.at, f.case_id) < (${next(after.by)}::timestamptz, ${next(after.id)}::uuid)`] : []),
    ];
    return this.database.sql(
      `select c.id, c.number, c.title, c.state, f.source, c.subdistrict_id as "subdistrictId", c.due_on as "dueOn", f.at
       from casework_counter_filing f join casework_case c on c.id = f.case_id
       ${parts.length === 0 ? '' : `where ${parts.join(' and ')}`} order by f.at desc, f.case_id desc limit $1`,
      params,
    );
  }

  private deciding(key: PersonKey): readonly [PersonKind, Buffer | null] {
    const kind = key.idNumber === null ? 'phone' : 'idNumber';
    return [kind, this.digest(kind, key[kind])];
  }

  private digest(kind: PersonKind, value: string | null): Buffer | null {
    return value === null ? null : this.cipher.blindIndex(`casework.person.${kind}`, value);
  }

  private async residentsOf(reader: Reader, kind: PersonKind, digest: Buffer): Promise<string[]> {
    const rows = await reader.sql<{ id: string }>(
      `select resident_id as id from casework_person_index where kind = $1 and digest = $2 order by 1 limit ${casesShown}`,
      [kind, digest],
    );
    return rows.map((row) => row.id);
  }
}
