import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Wechat1780000007000 implements MigrationInterface {
  readonly name = 'Wechat1780000007000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table wechat_token (
        app_id text primary key,
        token bytea,
        generation int not null default 0,
        refresh_at timestamptz,
        expires_at timestamptz,
        claimed_by uuid,
        claimed_until timestamptz,
        check ((token is null) = (expires_at is null) and (token is null) = (refresh_at is null)),
        check ((claimed_by is null) = (claimed_until is null))
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table wechat_token;');
  }
}
