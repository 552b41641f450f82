import { Injectable } from '@nestjs/common';
import type { Officer } from '@linli/directory';
import { localDate, pageOf, positionOf, instantSorted, daySorted, type Page } from '@linli/kernel';

import type { Task, TaskKind, TaskState } from './task';
import { TaskStore, type TaskScope } from './task.store';
import { concerning } from './tasks.service';

const pageMost = 100;
const byDay = ({ dueOn, id }: Task): { by: string; id: string } => ({ by: dueOn, id });

/** Tasks to look at: officers' own, what volunteers can take, and what everybody may read. */
@Injectable()
export class TaskList {
  constructor(private readonly tasks: TaskStore) {}

  async read(id: string, officer: Officer): Promise<Task> {
    return concerning(await this.tasks.find(id), officer);
  }

  async list(
    officer: Officer,
    query: { readonly state: TaskState; readonly kind: TaskKind | null },
    limit: number,
    cursor: string | null,
  ): Promise<Page<Task>> {
    const most = Math.min(limit, pageMost);
    const after = positionOf(cursor, daySorted);
    const rows = await this.tasks.list(scopeOf(officer), query.state, query.kind, most + 1, after);
    return pageOf(rows, most, (task) => task, byDay);
  }

  /** Volunteers' tasks of a subdistrict that still have places. */
  async volunteering(subdistrictId: string, limit: number, cursor: string | null, now: Date): Promise<Page<Task>> {
    const most = Math.min(limit, pageMost);
    const rows = await this.tasks.volunteering(subdistrictId, localDate(now), most + 1, positionOf(cursor, daySorted));
    return pageOf(rows, most, (task) => task, byDay);
  }

  async published(limit: number, cursor: string | null): Promise<Page<Task>> {
    const most = Math.min(limit, pageMost);
    const rows = await this.tasks.published(most + 1, positionOf(cursor, instantSorted));
    return pageOf(
      rows,
      most,
      (task) => task,
      ({ publishedAt, id }) => ({ by: publishedAt?.toISOString() ?? '', id }),
    );
  }
}

function scopeOf(officer: Officer): TaskScope {
  if (officer.role === 'department') return { column: 'owner_id', id: officer.departmentId ?? '' };
  return officer.subdistrictId === null
    ? { column: null, id: null }
    : { column: 'subdistrict_id', id: officer.subdistrictId };
}
