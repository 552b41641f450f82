import { Injectable } from '@nestjs/common';
import { FieldCipher, type Tx } from '@linli/platform';
import type { Reader } from '../case-trail.store';
import type { SupportRecord } from './support-record';

interface SupportRow {
  readonly id: string;
  readonly case_id: string;
  readonly dispatch_id: string;
  readonly unit_id: string;
  readonly unit_name: string;
  readonly unit_kind: 'department' | 'community' | 'grid';
  readonly done_at: Date;
  readonly recorded_at: Date;
  readonly words: Buffer;
}

type Words = Pick<SupportRecord, 'action' | 'evidence'>;

/** Records of helping units in PostgreSQL; the case they belong to is locked by whoever writes them. */
@Injectable()
export class SupportRecordStore {
  constructor(private readonly cipher: FieldCipher) {}

  add(tx: Tx, record: SupportRecord, officerId: string): void {
    const { id, unit, action, evidence } = record;
    const words: Words = { action, evidence };
    tx.tell(
      `insert into casework_support_record (id, case_id, dispatch_id, unit_id, unit_name, unit_kind, done_at, recorded_at,
         recorded_by, words)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        ...[id, record.caseId, record.dispatchId, unit.id, unit.name, unit.kind ?? 'department'],
        ...[record.doneAt, record.recordedAt, officerId],
        this.cipher.seal('case.supportRecord', id, JSON.stringify(words)),
      ],
    );
  }

  /** All records of a case, in order. */
  async of(reader: Reader, caseId: string): Promise<SupportRecord[]> {
    const rows = await reader.sql<SupportRow>(
      `select id, case_id, dispatch_id, unit_id, unit_name, unit_kind, done_at, recorded_at, words
       from casework_support_record where case_id = $1 order by recorded_at, id`,
      [caseId],
    );
    return rows.map((row) => ({
      id: row.id,
      caseId: row.case_id,
      dispatchId: row.dispatch_id,
      unit: {
        id: row.unit_id,
        name: row.unit_name,
        ...(row.unit_kind === 'department' ? {} : { kind: row.unit_kind }),
      },
      doneAt: row.done_at,
      recordedAt: row.recorded_at,
      ...(JSON.parse(this.cipher.open('case.supportRecord', row.id, row.words)) as Words),
    }));
  }
}
