import { Injectable } from '@nestjs/common';
import { Database } from '@linli/platform';

/** What must hold of calls, claims, orders and tasks whatever happened to them: each query counts what breaks it. */
const checks: readonly (readonly [sentence: string, query: string])[] = [
  [
    'joint calls answered by a unit before they went out',
    `select 1 from casework_joint_call_answer a join casework_joint_call c on c.id = a.call_id where c.sent_at is null`,
  ],
  [
    'units of joint calls that came without having accepted',
    `select 1 from casework_joint_call_unit u
     left join casework_joint_call_answer a on a.call_id = u.call_id and a.unit_id = u.unit_id
     where u.arrived_at is not null and a.accepted is not true`,
  ],
  [
    'units whose inbox shows another state than their joint call',
    `select 1 from casework_joint_call_unit u join casework_joint_call c on c.id = u.call_id
     where u.call_state <> c.state`,
  ],
  [
    'joint calls counted twice as answered by one unit',
    `select 1 from casework_joint_call_answer group by call_id, unit_id having count(*) > 1`,
  ],
  [
    'dispatches to units the directory does not know',
    `select 1 from casework_dispatch d where not exists (
       select 1 from directory_department u where d.unit_kind = 'department' and u.id = d.department_id
       union all select 1 from directory_community u where d.unit_kind = 'community' and u.id = d.department_id
       union all select 1 from directory_grid_cell u where d.unit_kind = 'grid' and u.id = d.department_id)`,
  ],
  ['cases in the hands of two officers', 'select 1 from casework_claim group by case_id having count(*) > 1'],
  [
    'cases marked as in hand that nobody claimed, or claimed and not marked',
    `select 1 from casework_case c full join casework_claim k on k.case_id = c.id
     where (k.case_id is not null) <> coalesce(c.in_hand, false)`,
  ],
  [
    'cases with two open supervision orders',
    `select 1 from casework_supervision where answered_at is null group by case_id having count(*) > 1`,
  ],
  [
    'tasks with another number of takers than they count',
    `select 1 from casework_task t
     left join (select task_id, count(*) as takers from casework_taking group by task_id) k on k.task_id = t.id
     where t.taken <> coalesce(k.takers, 0)`,
  ],
];

/** The check an operator runs over joint calls, the work queue, supervision and tasks. */
@Injectable()
export class CaseworkIntegrityStore {
  constructor(private readonly database: Database) {}

  /** One sentence for each rule that is broken; empty when all is sound. */
  async problems(): Promise<string[]> {
    const found = await Promise.all(
      checks.map(async ([sentence, query]) => {
        const [row] = await this.database.sql<{ total: string }>(`select count(*) as total from (${query}) broken`);
        return row && row.total !== '0' ? `${row.total} ${sentence}` : null;
      }),
    );
    return found.filter((sentence) => sentence !== null);
  }
}
