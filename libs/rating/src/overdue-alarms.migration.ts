import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who has to be told that a bad rating was not followed up in time, until somebody above says that they know. */
export class OverdueAlarms1780000060320 implements MigrationInterface {
  readonly name = 'OverdueAlarms1780000060320';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table rating_overdue_alarm (
        id uuid primary key,
        rectification_id uuid not null references rating_rectification,
        step text not null check (step in ('contact', 'rectify')),
        subdistrict_id text not null,
        raised_at timestamptz not null,
        noted_by uuid,
        noted_at timestamptz,
        note bytea,
        constraint rating_overdue_alarm_once unique (rectification_id, step),
        check (num_nulls(noted_by, noted_at, note) in (0, 3))
      );
      create index rating_overdue_alarm_open on rating_overdue_alarm (raised_at, id) where noted_at is null;
      create index rating_overdue_alarm_noted on rating_overdue_alarm (raised_at, id) where noted_at is not null;
      create index rating_overdue_alarm_subdistrict on rating_overdue_alarm (subdistrict_id, raised_at, id);
      -- Days missed before anybody was told of them.
      insert into rating_overdue_alarm (id, rectification_id, step, subdistrict_id, raised_at)
      select uuidv7(), r.id, m.step, r.subdistrict_id, m.missed_at from rating_rectification r
        cross join lateral (values ('contact', r.contact_overdue_at), ('rectify', r.rectify_overdue_at))
          m (step, missed_at)
      where m.missed_at is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table rating_overdue_alarm');
  }
}
