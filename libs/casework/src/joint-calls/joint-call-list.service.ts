import { Injectable } from '@nestjs/common';
import type { Officer } from '@linli/directory';
import { Refusal, pageOf, positionOf, instantSorted, type Page } from '@linli/kernel';
import { Database } from '@linli/platform';
import { CallRowStore, type JointCallRow } from './call-row.store';
import { maySee, type JointCallState } from './joint-call';
import { JointCallStore, type JointCallPage } from './joint-call.store';

const pageMost = 100;

/** Joint calls to look at: one for those it concerns, and lists by state, oldest first: a department's own and those to it, a subdistrict's, the district's. */
@Injectable()
export class JointCallList {
  constructor(
    private readonly database: Database,
    private readonly calls: JointCallStore,
    private readonly lists: CallRowStore,
  ) {}

  /** One call, for those it concerns. */
  async read(id: string, officer: Officer): Promise<JointCallPage> {
    const page = await this.calls.page(this.database, id);
    if (!page || !maySee(page, page.units, officer)) throw new Refusal('jointCall.notFound');
    return page;
  }

  async list(
    officer: Officer,
    state: JointCallState,
    limit: number,
    cursor: string | null,
  ): Promise<Page<JointCallRow>> {
    const most = Math.min(limit, pageMost);
    const after = positionOf(cursor, instantSorted);
    const rows = await this.rows(officer, state, most + 1, after);
    return pageOf(
      rows,
      most,
      (call) => call,
      ({ calledAt, id }) => ({ by: calledAt.toISOString(), id }),
    );
  }

  private async rows(
    officer: Officer,
    state: JointCallState,
    limit: number,
    after: ReturnType<typeof positionOf>,
  ): Promise<JointCallRow[]> {
    const ask = { state, limit, after };
    if (officer.role !== 'department') return this.lists.ofTerritory(officer.subdistrictId, ask);
    if (officer.departmentId === null) return [];
    return this.lists.ofDepartment(officer.departmentId, ask);
  }
}
