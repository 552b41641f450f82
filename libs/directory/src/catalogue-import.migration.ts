import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CatalogueImport1780000013000 implements MigrationInterface {
  readonly name = 'CatalogueImport1780000013000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table directory_department add column active boolean not null default true');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table directory_department drop column active');
  }
}
