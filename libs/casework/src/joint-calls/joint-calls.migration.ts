import type { MigrationInterface, QueryRunner } from 'typeorm';

/** 吹哨报到: calls, the units called, their one answer each, and how both sides rate each other. */
export class JointCalls1780000022000 implements MigrationInterface {
  readonly name = 'JointCalls1780000022000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table casework_joint_call (
        id uuid primary key,
        state text not null check (state in ('awaitingSignature', 'called', 'finished', 'confirmed', 'refused')),
        urgency text not null check (urgency in ('emergency', 'major', 'daily')),
        subdistrict_id text not null references directory_subdistrict,
        caller_kind text not null check (caller_kind in ('department', 'subdistrict')),
        caller_id text not null,
        caller_name text not null,
        called_by uuid not null,
        case_id uuid references casework_case,
        case_number text,
        entry_id text,
        matter bytea not null,
        called_at timestamptz not null,
        sent_at timestamptz,
        signed_at timestamptz,
        signed_by uuid,
        granted boolean,
        signature bytea,
        check (num_nulls(signed_at, signed_by, granted) in (0, 3)),
        check ((case_id is null) = (case_number is null)),
        check ((sent_at is null) = (state in ('awaitingSignature', 'refused')))
      );
      create index casework_joint_call_subdistrict on casework_joint_call (subdistrict_id, state, called_at, id);
      create index casework_joint_call_caller on casework_joint_call (caller_id, state, called_at, id);
      create index casework_joint_call_state on casework_joint_call (state, called_at, id);
      create index casework_joint_call_case on casework_joint_call (case_id) where case_id is not null;

      create table casework_joint_call_unit (
        call_id uuid not null references casework_joint_call,
        unit_id text not null,
        unit_kind text not null check (unit_kind in ('department', 'subdistrict')),
        unit_name text not null,
        call_state text not null,
        called_at timestamptz not null,
        answer_by timestamptz,
        arrive_by timestamptz,
        arrived_at timestamptz,
        arrived_by uuid,
        finished_at timestamptz,
        finished_by uuid,
        result bytea,
        evidence uuid[],
        primary key (call_id, unit_id),
        check (num_nulls(arrived_at, arrived_by) in (0, 2)),
        check (num_nulls(finished_at, finished_by, result, evidence) in (0, 4)),
        check (finished_at is null or arrived_at is not null)
      );
      create index casework_joint_call_unit_inbox on casework_joint_call_unit (unit_id, call_state, called_at, call_id);

      create table casework_joint_call_answer (
        call_id uuid not null,
        unit_id text not null,
        accepted boolean not null,
        answered_at timestamptz not null,
        answered_by uuid not null,
        comes_at timestamptz,
        words bytea not null,
        in_time boolean not null,
        primary key (call_id, unit_id),
        foreign key (call_id, unit_id) references casework_joint_call_unit
      );

      create table casework_joint_call_rating (
        call_id uuid not null,
        unit_id text not null,
        rated_by text not null check (rated_by in ('caller', 'unit')),
        officer_id uuid not null,
        rated_at timestamptz not null,
        timeliness smallint not null check (timeliness between 1 and 5),
        effect smallint not null check (effect between 1 and 5),
        attitude smallint not null check (attitude between 1 and 5),
        note bytea,
        primary key (call_id, unit_id, rated_by),
        foreign key (call_id, unit_id) references casework_joint_call_unit
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table casework_joint_call_rating, casework_joint_call_answer, casework_joint_call_unit,
      casework_joint_call`);
  }
}
