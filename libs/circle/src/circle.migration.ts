import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Each category on a plane of its own, 100,000 km east of the one before, so that the nearest on the plane are of the
 * category: the planner will not walk an index of category and point in the order of distance.
 */
function onPlaneOf(category: 'top' | 'category'): string {
  return `(point(location[0] + ${category} * 100000000::float8, location[1]))`;
}

export class Circle1780000015000 implements MigrationInterface {
  readonly name = 'Circle1780000015000';

  async up(runner: QueryRunner): Promise<void> {
    // Others may rely on the extension too, so that going down leaves it.
    await runner.query(`create extension if not exists btree_gist`);
    await runner.query(`
      create table circle_revision (only_row boolean primary key default true check (only_row), number bigint not null);
      insert into circle_revision (number) values (1);

      create table circle_hours (key bytea primary key, hours jsonb not null);

      create table circle_place (
        id text primary key,
        name text not null,
        category smallint not null,
        top smallint not null,
        provider text not null check (provider in ('direct', 'purchased', 'supportive', 'market', 'selfService')),
        address text not null,
        phone text not null,
        lat double precision not null check (lat between 3 and 54),
        lng double precision not null check (lng between 73 and 136),
        location point not null,
        subdistrict_id text,
        community_id text,
        hours_key bytea not null references circle_hours,
        offerings jsonb not null,
        bookable boolean not null,
        active boolean not null,
        sports_area real,
        hash bytea not null,
        updated_at timestamptz not null
      );
      create index circle_place_near on circle_place using gist (location) where active;
      create index circle_place_near_bookable on circle_place using gist (location) where active and bookable;
      create index circle_place_near_top on circle_place using gist (${onPlaneOf('top')}) where active;
      create index circle_place_near_leaf on circle_place using gist (${onPlaneOf('category')}) where active;
      create index circle_place_near_bookable_top on circle_place using gist (${onPlaneOf('top')})
        where active and bookable;
      create index circle_place_near_bookable_leaf on circle_place using gist (${onPlaneOf('category')})
        where active and bookable;
      create index circle_place_community on circle_place (subdistrict_id, community_id);

      create table circle_offering (
        id text primary key,
        place_id text not null references circle_place on delete cascade,
        service_id text not null collate "C",
        name text not null,
        resource text not null,
        bookable boolean not null,
        active boolean not null,
        category smallint not null,
        top smallint not null,
        location point not null
      );
      create index circle_offering_near on circle_offering using gist (service_id, location) where active;
      create index circle_offering_place on circle_offering (place_id);

      create table circle_area (
        id text primary key,
        level text not null check (level in ('subdistrict', 'community')),
        subdistrict_id text not null,
        code text not null,
        name text not null,
        polygons jsonb not null,
        hash bytea not null,
        updated_at timestamptz not null
      );

      create table circle_residence (
        id text primary key,
        name text not null,
        lat double precision not null,
        lng double precision not null,
        location point not null,
        households int not null check (households >= 0),
        population int not null check (population >= 0),
        subdistrict_id text,
        community_id text,
        hash bytea not null,
        updated_at timestamptz not null
      );
      create index circle_residence_community on circle_residence (subdistrict_id, community_id);

      -- Searches that found nothing, by day, community and what was sought: no position, no person, no time of day.
      create table circle_unmet (
        day date not null,
        community_id text not null,
        subdistrict_id text not null,
        sought text not null,
        count int not null,
        primary key (day, community_id, sought)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table circle_unmet, circle_residence, circle_area, circle_offering, circle_place, circle_hours, circle_revision;
    `);
  }
}
