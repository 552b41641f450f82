import { Injectable } from '@nestjs/common';
import { Dispatching, type CaseDetail, type Dispatch, type DispatchRole } from '@linli/casework';
import { UnitStore, type GivenUnit, type Officer } from '@linli/directory';
import { localDate, Refusal } from '@linli/kernel';
import type { Tx } from '@linli/platform';
import { Assignment } from './assignment';

/** 派单 by the lists: no case goes to a unit that may not be made responsible for it. */
@Injectable()
export class DispatchDesk {
  constructor(
    private readonly dispatching: Dispatching,
    private readonly units: UnitStore,
    private readonly assignment: Assignment,
  ) {}

  /** Gives a case to a department, a community or a grid; the lists are asked about a grid's community. */
  async dispatch(
    tx: Tx,
    number: string,
    officer: Officer,
    wish: { readonly departmentId: string; readonly role: DispatchRole },
    now: Date,
  ): Promise<CaseDetail> {
    const given = this.given(tx, wish.departmentId);
    const allowed = async (asked: { entryId: string; unitId: string; subdistrictId: string }): Promise<void> => {
      const unit = await given;
      refuseElsewhere(unit, asked.subdistrictId);
      const unitId = unit.communityId ?? asked.unitId;
      await this.assignment.require(tx, { ...asked, unitId, role: wish.role, on: localDate(now) });
    };
    const to = { unit: given.then(asUnit), role: wish.role };
    return this.dispatching.dispatch(tx, number, officer, to, allowed, now);
  }

  private async given(tx: Tx, id: string): Promise<GivenUnit> {
    const unit = await this.units.given(id, tx);
    if (!unit) throw new Refusal('directory.notFound');
    return unit;
  }
}

function refuseElsewhere({ name, subdistrictId }: GivenUnit, home: string): void {
  if (subdistrictId === null || subdistrictId === home) return;
  throw new Refusal('responsibility.notAssignable', [{ at: 'unit', problem: `${name}不在这个办件所在的街道` }]);
}

function asUnit({ kind, id, name }: GivenUnit): Dispatch['unit'] {
  return { id, name, ...(kind === 'department' ? {} : { kind }) };
}
