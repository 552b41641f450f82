import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DirectoryService } from '@linli/directory';
import type { Clock, Database } from '@linli/platform';
import { CircleImport } from './circle-import.service';
import type { Hours } from './hours';

interface DemoDirectory {
  readonly subdistricts: readonly object[];
}

interface KeptPlace {
  readonly id: string;
  readonly lat: number;
  readonly lng: number;
  readonly top: number;
  readonly hours: Hours;
}

/** The demo district's circle, for specs. */
export interface DemoCircle {
  readonly directory: DirectoryService;
  readonly imports: CircleImport;
  readonly services: ReadonlyMap<string, string>;
  places(): Promise<KeptPlace[]>;
}

export function demoFile(name: string): Buffer {
  return readFileSync(join(__dirname, '../../../config/demo', name));
}

/** Lays the demo district into a migrated database. */
export async function demoCircle(database: Database, clock: Clock): Promise<DemoCircle> {
  await fillDirectory(database);
  const directory = new DirectoryService(database);
  const imports = CircleImport.over(database, directory, clock);
  const ids = [
    ...new Set(
      demoFile('places.csv')
        .toString('utf8')
        .match(/svc-[a-z]+/g),
    ),
  ];
  const services = new Map(ids.map((id) => [id, id]));
  for (const name of ['areas.geojson', 'residential-points.csv', 'places.csv']) {
    const { bad } = await imports.import(demoFile(name), { dryRun: false, skipBad: false, services });
    if (bad.length > 0) throw new Error(JSON.stringify(bad));
  }
  const places = (): Promise<KeptPlace[]> =>
    database.sql('select id, lat, lng, top, hours from circle_place join circle_hours on key = hours_key');
  return { directory, imports, services, places };
}

async function fillDirectory(database: Database): Promise<void> {
  const { subdistricts } = JSON.parse(demoFile('directory.json').toString('utf8')) as DemoDirectory;
  await database.sql(
    `insert into directory_subdistrict (id, code, name, lat, lng)
     select id, code, name, (center->>'lat')::float8, (center->>'lng')::float8
     from jsonb_to_recordset($1::jsonb) as given(id text, code text, name text, center jsonb)`,
    [JSON.stringify(subdistricts)],
  );
  await database.sql(
    `insert into directory_community (id, subdistrict_id, code, name)
     select c->>'id', given.id, c->>'code', c->>'name'
     from jsonb_to_recordset($1::jsonb) as given(id text, communities jsonb), jsonb_array_elements(communities) c`,
    [JSON.stringify(subdistricts)],
  );
}
