import { Injectable } from '@nestjs/common';
import { Refusal } from '@linli/kernel';
import { FieldCipher, sqlState, type AuditActor, type Tx } from '@linli/platform';
import type { Case, CaseFile, Particulars } from './case';
import type { CaseParts } from './case-view';
import type { CaseEventType, Step, StepName } from './step';

/** What a question needs: a transaction, or the database itself. */
export type Reader = Pick<Tx, 'sql'>;

interface GatheredRow {
  readonly id: string;
  readonly particulars: Buffer;
  readonly files: readonly CaseFile[];
  readonly steps: readonly { readonly revision: number; readonly at: string; readonly what: StepName }[];
  readonly words: readonly Buffer[];
}

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

  /** What gathers on the case of that number; null when there is none. */
  async gathered(reader: Reader, number: string): Promise<CaseParts | null> {
    const [row] = await reader.sql<GatheredRow>(
      `select c.id, c.particulars,
         (select coalesce(json_agg(json_build_object('fileId', f.file_id, 'materialId', f.material_id,
            'evidence', f.evidence) order by f.added_at, f.file_id), '[]')
          from casework_file f where f.case_id = c.id) as files,
         (select json_agg(json_build_object('revision', s.revision, 'at', s.at, 'what', s.what) order by s.revision)
          from casework_step s where s.case_id = c.id) as steps,
         array(select s.words from casework_step s where s.case_id = c.id order by s.revision) as words
       from casework_case c where c.number = $1`,
      [number],
    );
    if (!row) return null;
    const { id, particulars, files, steps, words } = row;
    return {
      particulars: JSON.parse(this.cipher.open('case.particulars', id, particulars)) as Particulars,
      files,
      timeline: steps.map(({ revision, at, what }, place) => ({
        at: new Date(at),
        what,
        words: this.cipher.open('case.step', `${id}/${revision}`, words[place] ?? Buffer.alloc(0)),
      })),
    };
  }
}

/** The foreign key a statement broke, or null. */
export function brokenReference(error: unknown): string | null {
  if (sqlState(error) !== '23503') return null;
  return (error as { constraint?: string }).constraint ?? '';
}
