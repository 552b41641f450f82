import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How many people live in a subdistrict and in a community, so that counts of different places can be compared. */
export class Population1780000060310 implements MigrationInterface {
  readonly name = 'Population1780000060310';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table directory_subdistrict add column population int check (population >= 0);
      alter table directory_community add column population int check (population >= 0);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table directory_subdistrict drop column population;
      alter table directory_community drop column population;
    `);
  }
}
