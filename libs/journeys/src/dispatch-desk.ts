import { Injectable } from '@nestjs/common';
import { Dispatching, type CaseDetail, type DispatchRole } from '@linli/casework';
import { DirectoryService, type Officer } from '@linli/directory';
import { localDate, Refusal } from '@linli/kernel';
import type { Tx } from '@linli/platform';
import { Assignment } from './assignment';

/** 派单 by the lists: no case goes to a unit that may not be made responsible for it. */
@Injectable()
export class DispatchDesk {
  constructor(
    private readonly dispatching: Dispatching,
    private readonly directory: DirectoryService,
    private readonly assignment: Assignment,
  ) {}

  async dispatch(
    tx: Tx,
    number: string,
    officer: Officer,
    wish: { readonly departmentId: string; readonly role: DispatchRole },
    now: Date,
  ): Promise<CaseDetail> {
    const unit = await this.directory.department(wish.departmentId, tx);
    if (!unit) throw new Refusal('directory.notFound');
    const allowed = (asked: { entryId: string; unitId: string; subdistrictId: string }): Promise<void> =>
      this.assignment.require(tx, { ...asked, role: wish.role, on: localDate(now) });
    const to = { unit, role: wish.role };
    return this.dispatching.dispatch(tx, number, officer, to, allowed, now);
  }
}
