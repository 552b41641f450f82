import { Injectable } from '@nestjs/common';
import type { CaseDetail } from '@linli/casework';
import { Clock, OnceOnly, type RequestKey, type Tx } from '@linli/platform';
import { caseView } from '../residents/case-view';
import type { CaseDto } from '../residents/cases.dto';

/** An officer's act on a case: once for one key, in one transaction, answered with the case as it stands then. */
@Injectable()
export class CaseAct {
  constructor(
    private readonly once: OnceOnly,
    private readonly clock: Clock,
  ) {}

  perform(key: RequestKey | null, step: (tx: Tx, now: Date) => Promise<CaseDetail>): Promise<CaseDto> {
    const now = this.clock.now();
    return this.once.perform(key, now, async (tx) => caseView(await step(tx, now)));
  }
}
