import type { MigrationInterface, QueryRunner } from 'typeorm';

/** 社区工作人员、网格员: which community or grid an officer belongs to. */
export class OfficerArea1780000072000 implements MigrationInterface {
  readonly name = 'OfficerArea1780000072000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table directory_officer
        add column community_id text references directory_community,
        add column grid_id text references directory_grid_cell,
        add constraint directory_officer_grid_of_community check (grid_id is null or community_id is not null);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table directory_officer drop column grid_id, drop column community_id');
  }
}
