import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Years whose holiday notice came out after the program: imported once, read by every process. */
export class CalendarYears1780000113200 implements MigrationInterface {
  readonly name = 'CalendarYears1780000113200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table platform_calendar_year (
        year int primary key,
        content jsonb not null,
        imported_at timestamptz not null
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table platform_calendar_year');
  }
}
