import type { MigrationInterface, QueryRunner } from 'typeorm';

const handOvers = `
  create table dialogue_hand_over (
    id uuid primary key,
    subdistrict_id text,
    conversation_id uuid not null references dialogue_conversation,
    resident_id uuid not null,
    channel text not null,
    reason text not null check (reason in ('asked', 'threeWrongAnswers', 'notUnderstood')),
    state text not null check (state in ('waiting', 'taken', 'ended')),
    officer_id uuid,
    last_words bytea not null,
    opened_at timestamptz not null,
    taken_at timestamptz,
    ended_at timestamptz,
    check ((state = 'waiting') = (taken_at is null and ended_at is null)),
    check ((state = 'ended') = (ended_at is not null)),
    check ((taken_at is null) = (officer_id is null))
  );
  create unique index dialogue_hand_over_open on dialogue_hand_over (conversation_id) where state <> 'ended';
  create index dialogue_hand_over_subdistrict on dialogue_hand_over (subdistrict_id, state, id);
  create index dialogue_hand_over_resident on dialogue_hand_over (resident_id);
  create index dialogue_hand_over_state on dialogue_hand_over (state, id);
  create table dialogue_line (
    id uuid primary key,
    hand_over_id uuid not null references dialogue_hand_over,
    who text not null check (who in ('resident', 'officer')),
    content bytea not null,
    at timestamptz not null
  );
  create index dialogue_line_hand_over on dialogue_line (hand_over_id, id);
`;

export class Dialogue1780000003000 implements MigrationInterface {
  readonly name = 'Dialogue1780000003000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table dialogue_conversation (
        id uuid primary key,
        resident_id uuid not null,
        channel text not null check (channel in ('wechatOfficial', 'wechatMini', 'wechaty')),
        state bytea not null,
        revision int not null default 1,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        unique (resident_id, channel)
      ) with (fillfactor = 70);
    `);
    await runner.query(handOvers);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table dialogue_line, dialogue_hand_over, dialogue_conversation');
  }
}
