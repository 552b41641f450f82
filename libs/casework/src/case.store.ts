import { Injectable } from '@nestjs/common';
import { Refusal, type LocalDate } from '@linli/kernel';
import { FieldCipher, together, type Tx } from '@linli/platform';
import { brokenReference, type Reader } from './case-trail.store';
import type { AnsweredNotice, Case, Notice, Particulars, Submitted } from './case';
import {
  caseOf,
  changingColumns,
  changingValues,
  type CaseRecord,
  type ClosureWords,
  type DecliningWords,
  type NoticeWords,
} from './case-record';
import { EntryShelf } from './entry-shelf.store';
import { caseNumber, isCaseNumber } from './number';

export type SealedRecord = Omit<CaseRecord, 'entry'> & {
  readonly version_id: string;
  readonly closure: Buffer | null;
  readonly notice_words: Buffer | null;
};

/** The columns of a case with its notice, for queries over `casework_case c`. */
export const caseColumns = `
  c.id, c.number, c.kind, c.state, c.revision, c.resident_id, c.subdistrict_id, c.version_id, c.department_id,
  c.department_name, array(select d.department_id from casework_dispatch d where d.case_id = c.id
    and d.state in ('waiting', 'signed')) as supporting,
  (select f.subdistrict_id from casework_counter_filing f where f.case_id = c.id) as taken_in, c.submitted_at, c.accept_on,
  c.due_on, c.statutory_on, c.provisional, c.first_receiver_id, c.accepted_at, c.accepted_on, c.accepted_by_silence,
  c.closed_at, c.outcome, c.on_time, c.closure, c.course, c.declined_at, c.withdrawn_at, c.withdrawal_deemed, n.given_at as notice_given_at,
  n.answer_by as notice_answer_by, n.answered_at as notice_answered_at, n.words as notice_words
  from casework_case c left join casework_notice n on n.case_id = c.id`;

const serialsDrawn = 20;
const updated = changingColumns.map((column, index) => `${column} = $${index + 4}`).join(', ');
const inserted = changingColumns.map((_, index) => `$${index + 11}`).join(', ');

/** Cases and their notices in PostgreSQL: number, lock, save. What residents and officers wrote is sealed. */
@Injectable()
export class CaseStore {
  private readonly serials: string[] = [];

  constructor(
    private readonly cipher: FieldCipher,
    private readonly shelf: EntryShelf,
  ) {}

  /**
   * A number nobody has had; drawn from a sequence, so writers never wait for each other, and a few at a time. Those a
   * process had drawn when it ended are never used: numbers are unique, not unbroken.
   */
  async nextNumber(tx: Tx, today: LocalDate): Promise<string> {
    let serial = this.serials.pop();
    if (serial === undefined) {
      const rows = await tx.sql<{ serial: string }>(
        `select nextval('casework_number') as serial from generate_series(1, ${serialsDrawn})`,
      );
      serial = rows.pop()?.serial ?? '';
      this.serials.push(...rows.map((row) => row.serial).reverse());
    }
    return caseNumber(today.slice(0, 4), serial);
  }

  async insert(tx: Tx, kase: Submitted, particulars: Particulars, channel: string): Promise<void> {
    const { id, number, kind, residentId, subdistrictId, entry, submittedAt } = kase.filing;
    const sealed = this.cipher.seal('case.particulars', id, JSON.stringify(particulars));
    try {
      await tx.sql(
        `insert into casework_case (id, number, kind, revision, resident_id, subdistrict_id,
           entry_id, version_id, title, channel, submitted_at, particulars,
           ${changingColumns.join(', ')})
         values ($1, $2, $3, 1, $4, $5, $6, $7, $8, $9, $10, $${changingColumns.length + 11}, ${inserted})`,
        [
          ...[id, number, kind, residentId, subdistrictId, entry.id],
          ...[entry.versionId, entry.name, channel, submittedAt],
          ...changingValues(kase),
          sealed,
        ],
      );
    } catch (error) {
      if (brokenReference(error) !== 'casework_case_subdistrict_id_fkey') throw error;
      throw new Refusal('case.invalid', [{ at: 'subdistrictId', problem: '没有这个街道，请重新选择' }]);
    }
  }

  async moveResident(tx: Tx, from: string, to: string): Promise<void> {
    await tx.sql('update casework_case set resident_id = $2 where resident_id = $1', [from, to]);
    await tx.sql('update casework_bundle set resident_id = $2 where resident_id = $1', [from, to]);
  }

  /** The case of that number, or null. */
  async find(reader: Reader, number: string): Promise<Case | null> {
    if (!isCaseNumber(number)) return null;
    const rows = await reader.sql<SealedRecord>(`select ${caseColumns} where c.number = $1`, [number]);
    const [kase] = await this.casesOf(reader, rows);
    return kase ?? null;
  }

  /** The case of that number, held until the transaction ends; null when there is none. */
  async lock(tx: Tx, number: string): Promise<Case | null> {
    if (!isCaseNumber(number)) return null;
    // A statement of its own, which sees what was true once the lock was held: a notice joined in the locking one would be
    // as old as the wait for it.
    const locking = tx.sql('select id from casework_case where number = $1 for update', [number]);
    const [, kase] = await together(locking, this.find(tx, number));
    return kase;
  }

  /** The case if silence settles it before `today` and no other sweeper holds it. */
  async lockLapsed(tx: Tx, id: string, today: LocalDate): Promise<Case | null> {
    const [held] = await tx.sql<{ number: string }>(
      'select number from casework_case where id = $1 and lapses_on < $2 for update skip locked',
      [id, today],
    );
    return held ? this.find(tx, held.number) : null;
  }

  /** Cases silence settles before `today`, the longest waiting first. */
  async lapsed(reader: Reader, today: LocalDate, limit: number): Promise<string[]> {
    const rows = await reader.sql<{ id: string }>(
      'select id from casework_case where lapses_on < $1 order by lapses_on, id limit $2',
      [today, limit],
    );
    return rows.map((row) => row.id);
  }

  /**
   * Writes a case that took one step since it was locked. Had it not been locked, and another step come first, the step
   * written beside it would find its place in the timeline taken, and all is undone.
   */
  save(tx: Tx, kase: Case): void {
    const { id } = kase.filing;
    const words = finalWords(kase);
    const sealed = words && this.cipher.seal('case.closure', id, JSON.stringify(words));
    tx.tell(
      `update casework_case set revision = revision + 1, closure = $3, ${updated} where id = $1 and revision = $2`,
      [id, kase.revision, sealed, ...changingValues(kase)],
    );
  }

  /** Writes the one notice of a case; the table has room for no second. */
  async giveNotice(tx: Tx, caseId: string, notice: Notice): Promise<void> {
    const { missing, reason } = notice;
    const given = await tx.sql(
      `insert into casework_notice (case_id, given_at, answer_by, words) values ($1, $2, $3, $4)
       on conflict do nothing returning case_id`,
      [
        caseId,
        notice.givenAt,
        notice.answerBy,
        this.cipher.seal('case.notice', caseId, JSON.stringify({ missing, reason })),
      ],
    );
    if (given.length !== 1) throw new Refusal('case.noticeAlreadyGiven');
  }

  async answerNotice(tx: Tx, caseId: string, notice: AnsweredNotice): Promise<void> {
    await tx.sql('update casework_notice set answered_at = $2 where case_id = $1', [caseId, notice.answeredAt]);
  }

  /** What the resident said of themselves and their matter. */
  async particulars(reader: Reader, caseId: string): Promise<Particulars> {
    const [row] = await reader.sql<{ particulars: Buffer }>('select particulars from casework_case where id = $1', [
      caseId,
    ]);
    if (!row) throw new Refusal('case.notFound');
    return this.open('case.particulars', caseId, row.particulars) as Particulars;
  }

  /** The cases that rows of `caseColumns` stand for. */
  async casesOf(reader: Reader, records: readonly SealedRecord[]): Promise<Case[]> {
    const entries = await this.shelf.of(
      reader,
      records.map((record) => record.version_id),
    );
    return records.map((record) => {
      const { id, version_id: versionId, notice_words: notice, closure } = record;
      const entry = entries.get(versionId);
      if (!entry) throw new Error(`case ${id} points at no entry`);
      return caseOf(
        { ...record, entry },
        {
          notice: notice && (this.open('case.notice', id, notice) as NoticeWords),
          closure: closure && (this.open('case.closure', id, closure) as ClosureWords | DecliningWords),
        },
      );
    });
  }

  private open(column: string, rowId: string, sealed: Buffer): unknown {
    return JSON.parse(this.cipher.open(column, rowId, sealed));
  }
}

/** The words a case ended with; sealed beside its row. */
function finalWords(kase: Case): ClosureWords | DecliningWords | null {
  if (kase.state === 'closed') return { publicReply: kase.closure.publicReply, evidence: kase.closure.evidence };
  if (kase.state === 'declined') return { reason: kase.declining.reason, authority: kase.declining.authority };
  return null;
}
