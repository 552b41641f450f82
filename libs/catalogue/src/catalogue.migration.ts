import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Catalogue1780000002000 implements MigrationInterface {
  readonly name = 'Catalogue1780000002000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table catalogue_version (
        id uuid primary key,
        entry_id text not null,
        version int not null check (version > 0),
        department_id text not null references directory_department,
        content jsonb not null,
        content_hash bytea not null,
        state text not null check (state in ('published', 'replaced', 'withdrawn')),
        published_at timestamptz not null,
        unique (entry_id, version)
      );
      create unique index catalogue_version_published on catalogue_version (entry_id) where state = 'published';
      create table catalogue_revision (
        is_only boolean primary key default true check (is_only),
        revision int not null
      );
      insert into catalogue_revision (revision) values (0);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table catalogue_revision, catalogue_version');
  }
}
