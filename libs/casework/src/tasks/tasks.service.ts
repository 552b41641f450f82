import { Injectable } from '@nestjs/common';
import type { Officer } from '@linli/directory';
import { localDate, newId, parseLocalDate, Refusal } from '@linli/kernel';
import { appendAudit, appendEvent, type AuditActor, type Tx } from '@linli/platform';
import { checkResult, readyFor, type Task, type TaskKind } from './task';
import { TaskStore, type Taker } from './task.store';

/** A task as an officer writes it, its owner looked up by a journey. */
export interface TaskWish {
  readonly kind: TaskKind;
  readonly subdistrictId: string;
  readonly owner: Task['owner'];
  readonly title: string;
  readonly detail: string;
  readonly dueOn: string;
  readonly wanted: number;
}

export type TaskChange = Partial<Pick<TaskWish, 'title' | 'detail' | 'dueOn' | 'wanted'>>;

/** Tasks beyond cases: given, taken, done with proof, published or dropped. */
@Injectable()
export class Tasks {
  constructor(private readonly tasks: TaskStore) {}

  async add(tx: Tx, officer: Officer, wish: TaskWish, now: Date): Promise<Task> {
    if (officer.subdistrictId !== null && officer.subdistrictId !== wish.subdistrictId)
      throw new Refusal('auth.roleMissing');
    const nothing = { result: null, evidence: [], doneAt: null, inTime: null, publishedAt: null };
    const task: Task = { id: newId(), state: 'open', taken: 0, createdAt: now, ...wish, ...nothing };
    checkDay(task.dueOn);
    await this.tasks.add(tx, task, officer.id);
    const { id: taskId, kind, subdistrictId, owner } = task;
    await appendEvent(tx, 'task.given', { taskId, kind, subdistrictId, owner }, now);
    return this.noted(tx, task.id, 'task.added', officer, now);
  }

  /** Changes what is not taken yet. */
  async change(tx: Tx, id: string, officer: Officer, change: TaskChange, now: Date): Promise<Task> {
    const task = readyFor('change', await this.own(tx, id, officer));
    const next = { ...task, ...change };
    checkDay(next.dueOn);
    if (next.wanted < task.taken)
      throw new Refusal('task.invalid', [{ at: 'wanted', problem: `已有${task.taken}人领取，不能少于这个数` }]);
    await this.tasks.change(tx, next);
    return this.noted(tx, id, 'task.changed', officer, now);
  }

  /** 认领: one place for each, as long as there are any. */
  async take(tx: Tx, id: string, taker: Taker, now: Date): Promise<Task> {
    const task = await this.tasks.lock(tx, id);
    if (taker.kind === 'resident' && task.kind !== 'volunteer') throw new Refusal('task.notFound');
    await this.tasks.take(tx, readyFor('take', task).id, taker, now);
    return this.noted(tx, id, 'task.taken', taker, now);
  }

  /** Done, with what its kind must show. */
  async finish(
    tx: Tx,
    id: string,
    officer: Officer,
    done: { readonly result: string; readonly fileIds: readonly string[] },
    now: Date,
  ): Promise<Task> {
    const { kind, dueOn, subdistrictId, owner } = readyFor('finish', await this.own(tx, id, officer));
    checkResult(kind, done.result, done.fileIds);
    const inTime = localDate(now) <= dueOn;
    const { result, fileIds: evidence } = done;
    await this.tasks.finish(tx, id, { result, evidence, officerId: officer.id, inTime }, now);
    await appendEvent(tx, 'task.done', { taskId: id, kind, subdistrictId, owner, inTime }, now);
    return this.noted(tx, id, 'task.done', officer, now);
  }

  /** Shows the task and its result to everybody. */
  async publish(tx: Tx, id: string, officer: Officer, now: Date): Promise<Task> {
    readyFor('publish', await this.own(tx, id, officer));
    await this.tasks.publish(tx, id, now);
    return this.noted(tx, id, 'task.published', officer, now);
  }

  async drop(tx: Tx, id: string, officer: Officer, now: Date): Promise<Task> {
    readyFor('drop', await this.own(tx, id, officer));
    await this.tasks.drop(tx, id, now);
    return this.noted(tx, id, 'task.dropped', officer, now);
  }

  private async own(tx: Tx, id: string, officer: Officer): Promise<Task> {
    return concerning(await this.tasks.lock(tx, id), officer);
  }

  private async noted(tx: Tx, id: string, action: string, by: Officer | Taker, now: Date): Promise<Task> {
    const kind: AuditActor['kind'] = 'kind' in by ? by.kind : 'officer';
    await appendAudit(tx, { actor: { kind, id: by.id }, action, subject: `task:${id}`, at: now });
    return this.tasks.lock(tx, id);
  }
}

/** The task if it is the officer's unit's own, or lies in their subdistrict. */
export function concerning(task: Task, officer: Officer): Task {
  const mine =
    officer.role === 'department'
      ? officer.departmentId === task.owner.id
      : officer.subdistrictId === null || officer.subdistrictId === task.subdistrictId;
  if (!mine) throw new Refusal('task.notFound');
  return task;
}

function checkDay(dueOn: string): void {
  if (parseLocalDate(dueOn) === null)
    throw new Refusal('task.invalid', [{ at: 'dueOn', problem: '日期不对，请写成 2026-03-10 这样的形式' }]);
}
