import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What waits, in the order it is taken: cases in somebody's hands leave the index, and those that come first have one of
 * their own, so that taking the next costs the same however many lie in hands or behind.
 */
export class WorkPile1780000072200 implements MigrationInterface {
  readonly name = 'WorkPile1780000072200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table casework_case
        add column in_hand boolean not null default false,
        add column comes_first boolean not null default false;
      update casework_case c set in_hand = true from casework_claim k where k.case_id = c.id;
      update casework_case c set comes_first = true from casework_priority p where p.case_id = c.id;
      create index casework_case_pile_subdistrict on casework_case (subdistrict_id, due_on, id)
        where state in ('submitted', 'accepted') and not in_hand;
      create index casework_case_pile_department on casework_case (department_id, due_on, id)
        where state in ('submitted', 'accepted') and not in_hand;
      create index casework_case_first on casework_case (due_on, id)
        where state in ('submitted', 'accepted') and not in_hand and comes_first;
      create index casework_claim_until on casework_claim (until);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index casework_claim_until;
      alter table casework_case drop column comes_first, drop column in_hand;
    `);
  }
}
