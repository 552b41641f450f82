import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lists can be read as of a day; a power without a guide tells none of what the public must be told: it stands in no list until it has one. */
export class PublicLists1780000064500 implements MigrationInterface {
  readonly name = 'PublicLists1780000064500';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(publicList(`when content ? 'guide' then 'powers'`));
    await runner.query(
      'create index catalogue_version_listed on catalogue_version (public_list, entry_id, published_at)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index catalogue_version_listed');
    await runner.query(publicList(`else 'powers'`));
  }
}

function publicList(powers: string): string {
  return `alter table catalogue_version alter column public_list set expression as (
    case when content ->> 'kind' = 'report' then null
         when coalesce(content #>> '{implementation,type}', 'publicService') = 'publicService' then 'services'
         ${powers} end)`;
}
