import { Injectable } from '@nestjs/common';
import { isUuid, Refusal, type LocalDate, type Position } from '@linli/kernel';
import { Database, FieldCipher, type Tx } from '@linli/platform';
import { above, below } from '../supervision/keyset';
import type { Task, TaskKind, TaskState } from './task';

interface TaskRecord {
  readonly id: string;
  readonly kind: TaskKind;
  readonly state: TaskState;
  readonly subdistrict_id: string;
  readonly owner_id: string;
  readonly owner_name: string;
  readonly words: Buffer;
  readonly due_on: string;
  readonly wanted: number;
  readonly taken: number;
  readonly created_at: Date;
  readonly result: Buffer | null;
  readonly evidence: readonly string[] | null;
  readonly done_at: Date | null;
  readonly in_time: boolean | null;
  readonly published_at: Date | null;
}

/** Who takes a task. */
export interface Taker {
  readonly kind: 'resident' | 'officer';
  readonly id: string;
}

/** Whose tasks a list holds. */
export interface TaskScope {
  readonly column: 'subdistrict_id' | 'owner_id' | null;
  readonly id: string | null;
}

const columns = `t.id, t.kind, t.state, t.subdistrict_id, t.owner_id, t.owner_name, t.words, t.due_on, t.wanted, t.taken,
  t.created_at, t.result, t.evidence, t.done_at, t.in_time, t.published_at`;

/** Tasks in PostgreSQL; what was written about them is sealed, and opened once they are published. */
@Injectable()
export class TaskStore {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  async add(tx: Tx, task: Task, createdBy: string): Promise<void> {
    await tx.sql(
      `insert into casework_task (id, kind, state, subdistrict_id, owner_id, owner_name, words, due_on, wanted,
         created_by, created_at)
       values ($1, $2, 'open', $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        ...[task.id, task.kind, task.subdistrictId, task.owner.id, task.owner.name, this.sealed(task)],
        ...[task.dueOn, task.wanted, createdBy, task.createdAt],
      ],
    );
  }

  async change(tx: Tx, task: Task): Promise<void> {
    await tx.sql(
      `update casework_task set words = $2, due_on = $3, wanted = $4,
         state = case when taken >= $4 then 'taken' else 'open' end where id = $1`,
      [task.id, this.sealed(task), task.dueOn, task.wanted],
    );
  }

  /** The task, held until the transaction ends. */
  async lock(tx: Tx, id: string): Promise<Task> {
    const [row] = isUuid(id)
      ? await tx.sql<TaskRecord>(`select ${columns} from casework_task t where t.id = $1 for update`, [id])
      : [];
    if (!row) throw new Refusal('task.notFound');
    return this.taskOf(row);
  }

  async find(id: string): Promise<Task> {
    const [row] = isUuid(id)
      ? await this.database.sql<TaskRecord>(`select ${columns} from casework_task t where t.id = $1`, [id])
      : [];
    if (!row) throw new Refusal('task.notFound');
    return this.taskOf(row);
  }

  /** Gives one of the places to a taker, each at most one; the last place closes the list. */
  async take(tx: Tx, id: string, taker: Taker, now: Date): Promise<void> {
    const mine = await tx.sql(
      `insert into casework_taking (task_id, taker_kind, taker_id, taken_at) values ($1, $2, $3, $4)
       on conflict do nothing returning task_id`,
      [id, taker.kind, taker.id, now],
    );
    if (mine.length === 0) throw new Refusal('task.alreadyTaken');
    const placed = await tx.sql(
      `update casework_task set taken = taken + 1, state = case when taken + 1 >= wanted then 'taken' else state end
       where id = $1 and state = 'open' and taken < wanted returning id`,
      [id],
    );
    if (placed.length === 0) throw new Refusal('task.full');
  }

  async finish(
    tx: Tx,
    id: string,
    done: {
      readonly result: string;
      readonly evidence: readonly string[];
      readonly officerId: string;
      readonly inTime: boolean;
    },
    now: Date,
  ): Promise<void> {
    await tx.sql(
      `update casework_task set state = 'done', result = $2, evidence = $3, done_at = $4, done_by = $5, in_time = $6
       where id = $1`,
      [id, this.cipher.seal('task.result', id, done.result), done.evidence, now, done.officerId, done.inTime],
    );
  }

  async publish(tx: Tx, id: string, now: Date): Promise<void> {
    await tx.sql(`update casework_task set state = 'published', published_at = $2 where id = $1`, [id, now]);
  }

  async drop(tx: Tx, id: string, now: Date): Promise<void> {
    await tx.sql(`update casework_task set state = 'dropped', dropped_at = $2 where id = $1`, [id, now]);
  }

  /** Tasks in one state, the earliest day first. */
  async list(
    { column, id }: TaskScope,
    state: TaskState,
    kind: TaskKind | null,
    limit: number,
    after: Position | null,
  ): Promise<Task[]> {
    return this.many(
      `where t.state = $1 and ($5::text is null or t.kind = $5) ${column === null ? '' : `and t.${column} = $6`}
         and (t.due_on, t.id) > ($3::date, $4::uuid) order by t.due_on, t.id limit $2`,
      [state, limit, ...above(after), kind, ...(column === null ? [] : [id])],
    );
  }

  /** What volunteers can take in a subdistrict from a day on, the earliest day first. */
  async volunteering(subdistrictId: string, from: LocalDate, limit: number, after: Position | null): Promise<Task[]> {
    return this.many(
      `where t.subdistrict_id = $1 and t.kind = 'volunteer' and t.state = 'open' and t.due_on >= $5::date
         and (t.due_on, t.id) > ($3::date, $4::uuid) order by t.due_on, t.id limit $2`,
      [subdistrictId, limit, ...above(after), from],
    );
  }

  /** What was published, newest first. */
  async published(limit: number, after: Position | null): Promise<Task[]> {
    return this.many(
      `where t.state = 'published' and (t.published_at, t.id) < ($2::timestamptz, $3::uuid)
       order by t.published_at desc, t.id desc limit $1`,
      [limit, ...below(after)],
    );
  }

  private async many(rest: string, params: readonly unknown[]): Promise<Task[]> {
    const rows = await this.database.sql<TaskRecord>(`select ${columns} from casework_task t ${rest}`, params);
    return rows.map((row) => this.taskOf(row));
  }

  private sealed({ id, title, detail }: Task): Buffer {
    return this.cipher.seal('task.words', id, JSON.stringify({ title, detail }));
  }

  private taskOf(row: TaskRecord): Task {
    const { id } = row;
    const words = JSON.parse(this.cipher.open('task.words', id, row.words)) as Pick<Task, 'title' | 'detail'>;
    return {
      ...{ id, kind: row.kind, state: row.state, subdistrictId: row.subdistrict_id, ...words },
      owner: { id: row.owner_id, name: row.owner_name },
      dueOn: row.due_on,
      wanted: row.wanted,
      taken: row.taken,
      createdAt: row.created_at,
      result: row.result && this.cipher.open('task.result', id, row.result),
      evidence: row.evidence ?? [],
      doneAt: row.done_at,
      inTime: row.in_time,
      publishedAt: row.published_at,
    };
  }
}
