import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What took long to reckon and can be reckoned again: kept for the next process. */
export class Artefacts1780000116000 implements MigrationInterface {
  readonly name = 'Artefacts1780000116000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table platform_artefact (
        purpose text not null,
        key text not null,
        content bytea not null,
        used_at timestamptz not null,
        primary key (purpose, key)
      );
      -- The content comes deflated: PostgreSQL need not try again.
      alter table platform_artefact alter column content set storage external;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table platform_artefact');
  }
}
