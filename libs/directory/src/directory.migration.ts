import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Directory1780000001000 implements MigrationInterface {
  readonly name = 'Directory1780000001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table directory_district (
        id text primary key, code text not null unique, name text not null, city text not null
      );
      create table directory_subdistrict (
        id text primary key, code text not null unique, name text not null,
        lat double precision not null, lng double precision not null
      );
      create table directory_community (
        id text primary key, subdistrict_id text not null references directory_subdistrict,
        code text not null unique, name text not null
      );
      create index directory_community_subdistrict on directory_community (subdistrict_id);
      create table directory_grid_cell (
        id text primary key, community_id text not null references directory_community,
        code text not null unique, name text not null
      );
      create index directory_grid_cell_community on directory_grid_cell (community_id);
      create table directory_department (
        id text primary key, name text not null unique, level text not null
          check (level in ('city', 'district', 'subdistrict', 'community', 'provider')),
        phone text not null
      );
      create table directory_hall (
        id text primary key, subdistrict_id text not null references directory_subdistrict,
        name text not null, address text not null, phone text not null,
        lat double precision not null, lng double precision not null,
        hours jsonb not null, businesses jsonb not null
      );
      create index directory_hall_subdistrict on directory_hall (subdistrict_id);
      create table directory_service_window (
        id text primary key, hall_id text not null references directory_hall,
        name text not null, businesses jsonb not null, position int not null
      );
      create index directory_service_window_hall on directory_service_window (hall_id, position);

      create table directory_officer (
        id uuid primary key,
        account text not null unique check (account = lower(account)),
        name text not null,
        role text not null check (role in
          ('clerk', 'dispatcher', 'department', 'supervisor', 'assessor', 'admin', 'community', 'grid', 'leader')),
        hall_id text references directory_hall,
        department_id text references directory_department,
        subdistrict_id text references directory_subdistrict,
        password_hash text not null,
        failed_attempts int not null default 0,
        locked_until timestamptz,
        token_version int not null default 1,
        active boolean not null default true,
        created_at timestamptz not null
      );

      create table directory_resident (
        id uuid primary key,
        subdistrict_id text references directory_subdistrict,
        created_at timestamptz not null
      );
      create table directory_identity (
        channel text not null,
        subject_index bytea not null,
        subject bytea not null,
        union_index bytea,
        resident_id uuid not null references directory_resident,
        following boolean not null default true,
        created_at timestamptz not null,
        last_message_at timestamptz,
        last_menu_at timestamptz,
        primary key (channel, subject_index)
      );
      create unique index directory_identity_resident on directory_identity (resident_id, channel);
      create index directory_identity_union on directory_identity (union_index) where union_index is not null;

      create table directory_api_key (
        id uuid primary key,
        name text not null,
        role text not null check (role in ('assessor', 'open311')),
        key_hash bytea not null unique,
        active boolean not null default true,
        created_at timestamptz not null
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table directory_api_key, directory_identity, directory_resident, directory_officer,
        directory_service_window, directory_hall, directory_department, directory_grid_cell, directory_community,
        directory_subdistrict, directory_district;
    `);
  }
}
