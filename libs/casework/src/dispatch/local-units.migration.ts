import type { MigrationInterface, QueryRunner } from 'typeorm';

/** 派单到社区、网格: a dispatch names a department, a community or a grid; ids are unique among all three. */
export class LocalUnits1780000072100 implements MigrationInterface {
  readonly name = 'LocalUnits1780000072100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table casework_dispatch
        drop constraint casework_dispatch_department_id_fkey,
        add column unit_kind text not null default 'department' check (unit_kind in ('department', 'community', 'grid'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from casework_dispatch where unit_kind <> 'department';
      alter table casework_dispatch
        drop column unit_kind,
        add constraint casework_dispatch_department_id_fkey foreign key (department_id) references directory_department;
    `);
  }
}
