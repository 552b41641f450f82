import { Injectable } from '@nestjs/common';
import { Tasks, type Task, type TaskKind } from '@linli/casework';
import { UnitStore, type Officer } from '@linli/directory';
import { Refusal } from '@linli/kernel';
import type { Tx } from '@linli/platform';

/** A task as an officer writes it. */
export interface TaskRequest {
  readonly kind: TaskKind;
  readonly subdistrictId?: string;
  /** The unit that has to see to it: an office, a community or a subdistrict. */
  readonly ownerId: string;
  readonly title: string;
  readonly detail: string;
  readonly dueOn: string;
  readonly wanted: number;
}

/** Gives a task to a unit the directory knows. */
@Injectable()
export class TaskDesk {
  constructor(
    private readonly tasks: Tasks,
    private readonly units: UnitStore,
  ) {}

  async add(tx: Tx, officer: Officer, request: TaskRequest, now: Date): Promise<Task> {
    const units = await this.units.units([request.ownerId], tx);
    const owner = units.get(request.ownerId);
    if (!owner) throw new Refusal('directory.notFound');
    const subdistrictId = request.subdistrictId ?? officer.subdistrictId ?? owner.subdistrictId;
    if (subdistrictId === null)
      throw new Refusal('task.invalid', [{ at: 'subdistrictId', problem: '请写明是哪个街道的任务' }]);
    const { id, name } = owner;
    return this.tasks.add(tx, officer, { ...request, subdistrictId, owner: { id, name } }, now);
  }
}
