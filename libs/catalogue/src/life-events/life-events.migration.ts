import type { MigrationInterface, QueryRunner } from 'typeorm';

export class LifeEvents1780000012000 implements MigrationInterface {
  readonly name = 'LifeEvents1780000012000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table catalogue_life_event (
        id text not null,
        version int not null check (version > 0),
        content jsonb not null,
        content_hash bytea not null,
        state text not null check (state in ('published', 'replaced')),
        published_at timestamptz not null,
        primary key (id, version)
      );
      create unique index catalogue_life_event_published on catalogue_life_event (id) where state = 'published';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table catalogue_life_event');
  }
}
