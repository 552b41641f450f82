import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '@linli/platform';
import { toPlane } from './geometry';
import type { Hours } from './hours';
import type { Offering, PlaceEntry, ProviderType } from './place';

export interface Counts {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
}

/** A place with where it lies and its top category, ready to be kept. */
export interface PlacedEntry extends PlaceEntry {
  readonly top: number;
  readonly subdistrictId: string | null;
  readonly communityId: string | null;
}

/** A place as it is kept. */
export interface PlaceRow {
  readonly id: string;
  readonly name: string;
  readonly category: number;
  readonly provider: ProviderType;
  readonly address: string;
  readonly phone: string;
  readonly lat: number;
  readonly lng: number;
  readonly subdistrictId: string | null;
  readonly communityId: string | null;
  readonly hours: Hours;
  readonly offerings: readonly Offering[];
  readonly active: boolean;
  readonly sportsArea: number | null;
}

const chunk = 2_000;

export function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}

/** Cuts a list into parts that one statement takes. */
export function chunksOf<T>(all: readonly T[], size = chunk): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size));
}

/** Places and what they offer in PostgreSQL. */
@Injectable()
export class PlaceStore {
  constructor(private readonly database: Database) {}

  async isEmpty(): Promise<boolean> {
    return (await this.database.sql('select 1 from circle_place limit 1')).length === 0;
  }

  async find(id: string): Promise<PlaceRow | null> {
    const [row] = await this.findAll([id]);
    return row ?? null;
  }

  async findAll(ids: readonly string[]): Promise<PlaceRow[]> {
    return this.database.sql<PlaceRow>(
      `select p.id, p.name, p.category, p.provider, p.address, p.phone, p.lat, p.lng, p.subdistrict_id as "subdistrictId",
         p.community_id as "communityId", h.hours, p.offerings, p.active, p.sports_area as "sportsArea"
       from circle_place p join circle_hours h on h.key = p.hours_key where p.id = any($1)`,
      [ids],
    );
  }

  /** Offerings in use, each with the place that gives it; others are missing. */
  async offerings(ids: readonly string[]): Promise<{ place: PlaceRow; offering: Offering }[]> {
    const rows = await this.database.sql<{ id: string; placeId: string }>(
      'select id, place_id as "placeId" from circle_offering where id = any($1) and active',
      [ids],
    );
    if (rows.length === 0) return [];
    const places = new Map((await this.findAll(rows.map((row) => row.placeId))).map((place) => [place.id, place]));
    return rows.flatMap(({ id, placeId }) => {
      const place = places.get(placeId);
      const offering = place?.offerings.find((one) => one.id === id);
      return place && offering ? [{ place, offering }] : [];
    });
  }

  /** Adds and renews by id; a place equal to what is kept is left alone. */
  async save(tx: Tx, entries: readonly PlacedEntry[], now: Date): Promise<Counts> {
    let [added, changed] = [0, 0];
    for (const part of chunksOf(entries)) {
      await this.saveHours(tx, part);
      const written = await this.savePlaces(tx, part, now);
      added += written.filter((one) => one.added).length;
      changed += written.filter((one) => !one.added).length;
      const ids = new Set(written.map((one) => one.id));
      await this.saveOfferings(
        tx,
        part.filter((entry) => ids.has(entry.id)),
      );
    }
    return { added, changed, unchanged: entries.length - added - changed };
  }

  /** Moves places to the communities they lie in, after boundaries changed. */
  async relocate(
    tx: Tx,
    placed: readonly { id: string; subdistrictId: string | null; communityId: string | null }[],
  ): Promise<void> {
    for (const part of chunksOf(placed))
      await tx.sql(
        `update circle_place p set subdistrict_id = given.s, community_id = given.c
         from unnest($1::text[], $2::text[], $3::text[]) given(id, s, c)
         where p.id = given.id and (p.subdistrict_id, p.community_id) is distinct from (given.s, given.c)`,
        [part.map((one) => one.id), part.map((one) => one.subdistrictId), part.map((one) => one.communityId)],
      );
  }

  /** Where places lie, a part at a time, by id. */
  async points(tx: Tx, after: string): Promise<{ id: string; lat: number; lng: number }[]> {
    return tx.sql('select id, lat, lng from circle_place where id > $1 order by id limit 5000', [after]);
  }

  private async saveHours(tx: Tx, entries: readonly PlacedEntry[]): Promise<void> {
    const kinds = new Map(entries.map(({ hours }) => [hashOf(hours), hours]));
    await tx.sql(
      `insert into circle_hours (key, hours)
       select decode(key, 'hex'), hours from jsonb_to_recordset($1::jsonb) as given(key text, hours jsonb)
       on conflict do nothing`,
      [JSON.stringify([...kinds].map(([key, hours]) => ({ key, hours })))],
    );
  }

  private async savePlaces(
    tx: Tx,
    entries: readonly PlacedEntry[],
    now: Date,
  ): Promise<{ id: string; added: boolean }[]> {
    const rows = entries.map(({ location, hours, offerings, ...entry }) => ({
      ...entry,
      ...location,
      ...toPlane(location),
      hours: hashOf(hours),
      offerings,
      bookable: offerings.some((one) => one.bookable),
      hash: hashOf({ ...entry, location, hours, offerings }),
    }));
    return tx.sql(
      `insert into circle_place (id, name, category, top, provider, address, phone, lat, lng, location, subdistrict_id,
         community_id, hours_key, offerings, bookable, active, sports_area, hash, updated_at)
       select id, name, category, top, provider, address, phone, lat, lng, point(x, y), "subdistrictId", "communityId",
         decode(hours, 'hex'), offerings, bookable, active, "sportsArea", decode(hash, 'hex'), $2
       from jsonb_to_recordset($1::jsonb) as given(id text, name text, category smallint, top smallint, provider text,
         address text, phone text, lat float8, lng float8, x float8, y float8, "subdistrictId" text, "communityId" text,
         hours text, offerings jsonb, bookable bool, active bool, "sportsArea" real, hash text)
       on conflict (id) do update set name = excluded.name, category = excluded.category, top = excluded.top,
         provider = excluded.provider, address = excluded.address, phone = excluded.phone, lat = excluded.lat,
         lng = excluded.lng, location = excluded.location, subdistrict_id = excluded.subdistrict_id,
         community_id = excluded.community_id, hours_key = excluded.hours_key, offerings = excluded.offerings,
         bookable = excluded.bookable, active = excluded.active, sports_area = excluded.sports_area,
         hash = excluded.hash, updated_at = excluded.updated_at
       where circle_place.hash <> excluded.hash
       returning id, xmax = 0 as added`,
      [JSON.stringify(rows), now],
    );
  }

  private async saveOfferings(tx: Tx, entries: readonly PlacedEntry[]): Promise<void> {
    const rows = entries.flatMap(({ id: placeId, offerings, active, category, top, location }) =>
      offerings.map((offering) => ({ ...offering, placeId, active, category, top, ...toPlane(location) })),
    );
    await tx.sql('delete from circle_offering where place_id = any($1) and id <> all($2)', [
      entries.map((entry) => entry.id),
      rows.map((row) => row.id),
    ]);
    await tx.sql(
      `insert into circle_offering (id, place_id, service_id, name, resource, bookable, active, category, top, location)
       select id, "placeId", "serviceId", name, resource, bookable, active, category, top, point(x, y)
       from jsonb_to_recordset($1::jsonb) as given(id text, "placeId" text, "serviceId" text, name text, resource text,
         bookable bool, active bool, category smallint, top smallint, x float8, y float8)
       on conflict (id) do update set name = excluded.name, resource = excluded.resource, bookable = excluded.bookable,
         active = excluded.active, category = excluded.category, top = excluded.top, location = excluded.location`,
      [JSON.stringify(rows)],
    );
  }
}
