import { Injectable } from '@nestjs/common';
import type { Officer } from '@linli/directory';
import { newId, Refusal } from '@linli/kernel';
import { FieldCipher, type Tx } from '@linli/platform';
import type { DeliveryWay } from '../case';
import { CaseCourse } from '../case-course.service';
import { CaseTrailStore, type Reader } from '../case-trail.store';
import type { CaseDetail } from '../case-view';
import { maskName } from '../masking';

/** Who took a result, and what proves it. */
export interface Receiving {
  readonly name: string;
  /** To the applicant; `本人` when left out. */
  readonly relation?: string;
  /** A file of the officer: a signed slip, a post receipt. */
  readonly evidenceFileId?: string;
}

/** A hand-over as officers see it. */
export interface HandedOver {
  readonly at: Date;
  /** 姓*. */
  readonly receiver: string;
  readonly relation: string;
  readonly evidenceFileId: string | null;
}

interface SealedReceiver {
  readonly name: string;
  readonly relation: string;
}

/** 送达 with its record: to whom a result was handed, sealed, and what proves it. */
@Injectable()
export class ResultHandOver {
  constructor(
    private readonly course: CaseCourse,
    private readonly trail: CaseTrailStore,
    private readonly cipher: FieldCipher,
  ) {}

  /** Records that a result was handed over; without a receiver, only that and how. Files were checked by the caller. */
  async deliver(
    tx: Tx,
    number: string,
    officer: Officer,
    given: { readonly way: DeliveryWay; readonly receiver?: Receiving },
    now: Date,
  ): Promise<CaseDetail> {
    const detail = await this.course.deliver(tx, number, officer, given.way, now);
    if (!given.receiver) return detail;
    const { evidenceFileId = null, ...receiver } = read(given.receiver);
    const id = newId();
    const evidence = evidenceFileId === null ? [] : [{ fileId: evidenceFileId, materialId: null, evidence: true }];
    await this.trail.addFiles(tx, detail.id, evidence, now);
    await tx.sql(
      `insert into casework_hand_over (id, case_id, at, officer_id, receiver, evidence_file_id)
       values ($1, $2, $3, $4, $5, $6)`,
      [
        ...[id, detail.id, now, officer.id],
        this.cipher.seal('handOver.receiver', id, JSON.stringify(receiver)),
        evidenceFileId,
      ],
    );
    return detail;
  }

  /** Every hand-over of a case, oldest first; names masked. */
  async of(reader: Reader, caseId: string): Promise<HandedOver[]> {
    const rows = await reader.sql<{ id: string; at: Date; receiver: Buffer; evidence_file_id: string | null }>(
      'select id, at, receiver, evidence_file_id from casework_hand_over where case_id = $1 order by at, id',
      [caseId],
    );
    return rows.map((row) => {
      const { name, relation } = JSON.parse(
        this.cipher.open('handOver.receiver', row.id, row.receiver),
      ) as SealedReceiver;
      return { at: row.at, receiver: maskName(name), relation, evidenceFileId: row.evidence_file_id };
    });
  }
}

function read({ name, relation, evidenceFileId }: Receiving): SealedReceiver & { readonly evidenceFileId?: string } {
  const given = { name: name.trim(), relation: relation?.trim() ?? '' };
  if (given.name === '') throw new Refusal('case.invalid', [{ at: 'receiver.name', problem: '请填写领取人的姓名' }]);
  return {
    name: given.name,
    relation: given.relation === '' ? '本人' : given.relation,
    ...(evidenceFileId !== undefined && { evidenceFileId }),
  };
}
