import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Open cases whose dates reach past the last holiday notice, by the last of them. */
export class Provisional1780000113300 implements MigrationInterface {
  readonly name = 'Provisional1780000113300';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index casework_case_provisional on casework_case ((greatest(accept_on, due_on, statutory_on)), id)
        where provisional and is_open;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index casework_case_provisional');
  }
}
