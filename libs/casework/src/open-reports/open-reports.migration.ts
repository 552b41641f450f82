import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reports by the day they came, for neighbouring systems that ask for them. */
export class OpenReports1780000026000 implements MigrationInterface {
  readonly name = 'OpenReports1780000026000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create index casework_case_reports on casework_case (submitted_at desc, id desc) where kind = 'report'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index casework_case_reports');
  }
}
