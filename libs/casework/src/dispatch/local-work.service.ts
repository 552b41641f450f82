import { Injectable } from '@nestjs/common';
import type { Officer } from '@linli/directory';
import { Refusal } from '@linli/kernel';
import type { Tx } from '@linli/platform';
import { CaseStore } from '../case.store';
import { isLocal, unitOf } from '../reach';
import { DispatchStore } from './dispatch.store';
import { requireLocal, type LocalAct } from './local-work';

/** Holds people of communities and grids to what they were given; of everybody else it asks nothing. */
@Injectable()
export class LocalWork {
  constructor(
    private readonly cases: CaseStore,
    private readonly dispatches: DispatchStore,
  ) {}

  /** Locks the case of a community's or grid's officer and refuses what they may not do with it. */
  async require(tx: Tx, number: string, officer: Officer, act: LocalAct): Promise<void> {
    if (!isLocal(officer)) return;
    const kase = await this.cases.lock(tx, number);
    const unitId = unitOf(officer);
    if (!kase || unitId === null) throw new Refusal('case.notFound');
    requireLocal(act, await this.dispatches.held(tx, kase.filing.id, unitId));
  }
}
