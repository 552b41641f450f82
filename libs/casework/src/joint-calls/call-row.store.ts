import { Injectable } from '@nestjs/common';
import type { Position } from '@linli/kernel';
import { Database, FieldCipher } from '@linli/platform';
import { maskText } from '../masking';
import { above } from '../supervision/keyset';
import type { JointCall, JointCallState } from './joint-call';
import { callColumns, callOf, type CallRecord } from './joint-call.store';

/** What a called unit has to do next. */
export type Awaiting = 'answer' | 'arrival' | 'finish';

/** One line of a list: enough to know which call it is and what it waits for, and nothing of who is behind the case. */
export interface JointCallRow extends JointCall {
  /** The catalogue's name of what the case is about; null where there is none. */
  readonly caseTitle: string | null;
  /** In the caller's words, numbers masked. */
  readonly matter: string;
  /** What the reader's own unit has to do next, or of other readers the unit that is due first. */
  readonly awaiting: Awaiting | null;
  readonly deadline: Date | null;
}

type RowRecord = CallRecord & {
  readonly case_title: string | null;
  readonly awaiting: Awaiting | null;
  readonly deadline: Date | null;
};

interface Ask {
  readonly state: JointCallState;
  readonly limit: number;
  readonly after: Position | null;
}

/** `$4` is the reader's own unit: what it has to do comes before what others have to. */
const rowColumns = `${callColumns}, k.title as case_title, n.awaiting, n.deadline`;
const beside = `left join casework_case k on k.id = c.case_id
  left join lateral (
    select case when a.answered_at is null then 'answer' when a.accepted and u.arrived_at is null then 'arrival'
        when a.accepted and u.finished_at is null then 'finish' end as awaiting,
      case when a.answered_at is null then u.answer_by when a.accepted and u.arrived_at is null then u.arrive_by
        end as deadline
    from casework_joint_call_unit u
    left join casework_joint_call_answer a on a.call_id = u.call_id and a.unit_id = u.unit_id
    where u.call_id = c.id and u.answer_by is not null
    order by u.unit_id = $4::text desc nulls last, 2 nulls last, 1 nulls last limit 1) n on true`;

/** Lists of joint calls in one state, oldest first, by keyset. */
@Injectable()
export class CallRowStore {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  /** Calls of a subdistrict, or of the whole district. */
  async ofTerritory(subdistrictId: string | null, { state, limit, after }: Ask): Promise<JointCallRow[]> {
    const [by, id] = above(after);
    const rows = await this.database.sql<RowRecord>(
      `select ${rowColumns} from casework_joint_call c ${beside}
       where c.state = $1 ${subdistrictId === null ? '' : 'and c.subdistrict_id = $4'}
         and (c.called_at, c.id) > ($3::timestamptz, $5::uuid)
       order by c.called_at, c.id limit $2`,
      [state, limit, by, subdistrictId, id],
    );
    return rows.map((row) => this.rowOf(row));
  }

  /** Calls a department made or was called to. */
  async ofDepartment(departmentId: string, { state, limit, after }: Ask): Promise<JointCallRow[]> {
    const [by, id] = above(after);
    const rows = await this.database.sql<RowRecord>(
      `with mine as (
         (select u.call_id as id from casework_joint_call_unit u
          where u.unit_id = $4 and u.call_state = $1 and $1 not in ('awaitingSignature', 'refused')
            and (u.called_at, u.call_id) > ($3::timestamptz, $5::uuid)
          order by u.called_at, u.call_id limit $2)
         union
         (select c.id from casework_joint_call c
          where c.caller_id = $4 and c.state = $1
            and (c.called_at, c.id) > ($3::timestamptz, $5::uuid)
          order by c.called_at, c.id limit $2))
       select ${rowColumns} from casework_joint_call c join mine m on m.id = c.id ${beside}
       order by c.called_at, c.id limit $2`,
      [state, limit, by, departmentId, id],
    );
    return rows.map((row) => this.rowOf(row));
  }

  private rowOf(row: RowRecord): JointCallRow {
    return {
      ...callOf(row),
      caseTitle: row.case_title,
      matter: maskText(this.cipher.open('jointCall.matter', row.id, row.matter)),
      awaiting: row.awaiting,
      deadline: row.deadline,
    };
  }
}
