import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an officer closed, and what of it had to be taken up again, is counted for that officer. */
export class OfficerClosures1780000113000 implements MigrationInterface {
  readonly name = 'OfficerClosures1780000113000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table assessment_observation
        drop constraint assessment_observation_direction_check,
        add constraint assessment_observation_direction_check
          check (direction in ('departments', 'subdistricts', 'officers'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from assessment_fact where direction = 'officers' and fact in ('closed', 'reopened');
      delete from assessment_delta where direction = 'officers' and fact in ('closed', 'reopened');
      delete from assessment_observation where direction = 'officers';
      alter table assessment_observation
        drop constraint assessment_observation_direction_check,
        add constraint assessment_observation_direction_check check (direction in ('departments', 'subdistricts'));
    `);
  }
}
