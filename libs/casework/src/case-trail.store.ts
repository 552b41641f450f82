import { Injectable } from '@nestjs/common';
import { Refusal } from '@linli/kernel';
import { FieldCipher, sqlState, type AuditActor, type Tx } from '@linli/platform';
import type { Case, CaseFile } from './case';
import type { TimelineStep } from './case-view';
import type { CaseEventType, Step, StepName } from './step';

/** What a question needs: a transaction, or the database itself. */
export type Reader = Pick<Tx, 'sql'>;

/** What gathers on a case: the steps of its timeline, append only, and its files. */
@Injectable()
export class CaseTrailStore {
  constructor(private readonly cipher: FieldCipher) {}

  /** Appends a step to the timeline. */
  addStep(
    tx: Tx,
    step: Step<Case, CaseEventType>,
    revision: number,
    by: { readonly actor: AuditActor; readonly eventId: string; readonly at: Date },
  ): void {
    const caseId = step.next.filing.id;
    tx.tell(
      `insert into casework_step (case_id, revision, at, what, state, actor_kind, actor_id, event_id, words)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        ...[caseId, revision, by.at, step.what, step.payload.state, by.actor.kind, by.actor.id, by.eventId],
        this.cipher.seal('case.step', `${caseId}/${revision}`, step.words),
      ],
    );
  }

  /** Puts files to a case; one that is there already stays as it is. */
  async addFiles(
    tx: Tx,
    caseId: string,
    files: readonly (CaseFile & { readonly mediaId?: string })[],
    now: Date,
  ): Promise<number> {
    if (files.length === 0) return 0;
    try {
      const added = await tx.sql(
        `insert into casework_file (case_id, file_id, material_id, media_id, evidence, added_at)
         select $1, f.file_id, f.material_id, f.media_id, f.evidence, $2
         from unnest($3::uuid[], $4::text[], $5::text[], $6::boolean[]) as f(file_id, material_id, media_id, evidence)
         on conflict do nothing returning file_id`,
        [
          ...[caseId, now, files.map((file) => file.fileId), files.map((file) => file.materialId)],
          ...[files.map((file) => file.mediaId ?? null), files.map((file) => file.evidence)],
        ],
      );
      return added.length;
    } catch (error) {
      const broken = brokenReference(error);
      if (broken === null) throw error;
      throw new Refusal(broken === 'casework_file_case_id_fkey' ? 'case.notFound' : 'file.notFound');
    }
  }

  /** A case's files, in the order they came. */
  async files(reader: Reader, caseId: string): Promise<CaseFile[]> {
    return reader.sql<CaseFile>(
      `select file_id as "fileId", material_id as "materialId", evidence
       from casework_file where case_id = $1 order by added_at, file_id`,
      [caseId],
    );
  }

  async timeline(reader: Reader, caseId: string): Promise<TimelineStep[]> {
    const rows = await reader.sql<{ revision: number; at: Date; what: StepName; words: Buffer }>(
      'select revision, at, what, words from casework_step where case_id = $1 order by revision',
      [caseId],
    );
    return rows.map(({ revision, at, what, words }) => ({
      at,
      what,
      words: this.cipher.open('case.step', `${caseId}/${revision}`, words),
    }));
  }
}

/** The foreign key a statement broke, or null. */
export function brokenReference(error: unknown): string | null {
  if (sqlState(error) !== '23503') return null;
  return (error as { constraint?: string }).constraint ?? '';
}
