import { Injectable } from '@nestjs/common';
import { newId } from '@linli/kernel';
import { Database, FieldCipher, type Tx } from '@linli/platform';
import type { EntryCorrections } from './accuracy';
import type { Correction, CorrectionDraft, CorrectionScope, CorrectionState } from './correction';

interface Row extends Omit<Correction, 'words'> {
  readonly words: Buffer;
}

const columns = `id, case_number as "caseNumber", hand_over_id as "conversationId", subdistrict_id as "subdistrictId",
  words, routed_entry_id as "routedEntryId", correct_entry_id as "correctEntryId", author_id as "authorId", at, state,
  reviewer_id as "reviewerId", reviewed_at as "reviewedAt"`;
const sealedColumn = 'guidanceCorrection.words';

/** Corrections in PostgreSQL. What residents said is sealed. */
@Injectable()
export class CorrectionStore {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  /** Inserts a correction; null when the same matter has one that was not rejected. */
  async add(tx: Tx, draft: CorrectionDraft, authorId: string, now: Date): Promise<string | null> {
    const id = newId();
    const { about } = draft;
    const made = await tx.sql(
      `insert into guidance_correction (id, case_id, case_number, hand_over_id, subdistrict_id, in_chat, routed_at,
         routed_entry_id, correct_entry_id, words, author_id, at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict do nothing returning id`,
      [
        id,
        about.kind === 'case' ? about.caseId : null,
        about.kind === 'case' ? about.caseNumber : null,
        about.kind === 'conversation' ? about.handOverId : null,
        draft.subdistrictId,
        draft.inChat,
        draft.routedAt,
        draft.routedEntryId,
        draft.correctEntryId,
        this.cipher.seal(sealedColumn, id, draft.words),
        authorId,
        now,
      ],
    );
    return made.length === 1 ? id : null;
  }

  /** Locks a correction within a scope; null when there is none. */
  async lock(tx: Tx, id: string, { subdistrictId }: CorrectionScope): Promise<Correction | null> {
    const [row] = await tx.sql<Row>(
      `select ${columns} from guidance_correction
       where id = $1 and ($2::text is null or subdistrict_id = $2) for update`,
      [id, subdistrictId],
    );
    return row ? this.opened(row) : null;
  }

  async settle(tx: Tx, id: string, state: CorrectionState, reviewerId: string, now: Date): Promise<void> {
    await tx.sql('update guidance_correction set state = $2, reviewer_id = $3, reviewed_at = $4 where id = $1', [
      id,
      state,
      reviewerId,
      now,
    ]);
  }

  /** Corrections in one state, oldest first, beginning after an id. */
  async list(
    { subdistrictId }: CorrectionScope,
    state: CorrectionState,
    limit: number,
    after: string | null,
  ): Promise<Correction[]> {
    const mine = subdistrictId === null ? '' : 'subdistrict_id = $4 and ';
    const rows = await this.database.sql<Row>(
      `select ${columns} from guidance_correction
       where ${mine}state = $1 and ($2::uuid is null or id > $2) order by id limit $3`,
      [state, after, limit, ...(subdistrictId === null ? [] : [subdistrictId])],
    );
    return rows.map((row) => this.opened(row));
  }

  /** Approved words with the entry they mean, newest first, beginning before an id. */
  async approved(
    { subdistrictId }: CorrectionScope,
    limit: number,
    before: string | null,
  ): Promise<{ readonly id: string; readonly entryId: string; readonly words: string }[]> {
    const mine = subdistrictId === null ? '' : 'subdistrict_id = $3 and ';
    const rows = await this.database.sql<{ id: string; entryId: string; words: Buffer }>(
      `select id, correct_entry_id as "entryId", words from guidance_correction
       where ${mine}state = 'approved' and correct_entry_id is not null and ($2::uuid is null or id < $2)
       order by id desc limit $1`,
      [limit, before, ...(subdistrictId === null ? [] : [subdistrictId])],
    );
    return rows.map((row) => ({ ...row, words: this.cipher.open(sealedColumn, row.id, row.words) }));
  }

  /** Corrections of cases opened in chat within a span, by the entry they had been routed to. */
  countsByEntry({ subdistrictId }: CorrectionScope, from: Date, to: Date): Promise<EntryCorrections[]> {
    return this.database.sql<EntryCorrections>(
      `select routed_entry_id as "entryId", count(*) filter (where state = 'approved')::int as approved,
         count(*) filter (where state = 'pending')::int as pending
       from guidance_correction
       where case_id is not null and in_chat and routed_at >= $1 and routed_at < $2
         and ($3::text is null or subdistrict_id = $3)
       group by routed_entry_id`,
      [from, to, subdistrictId],
    );
  }

  private opened(row: Row): Correction {
    return { ...row, words: this.cipher.open(sealedColumn, row.id, row.words) };
  }
}
