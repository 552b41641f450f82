import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Pool } from 'pg';
import type { Cluster } from './cluster';
import { settle, withoutIndexes } from './filling';

const execute = promisify(execFile);

/** The generated places lie around the demo district, within the margin its boundaries have. */
const box = { south: 30.437, north: 30.508, west: 106.597, east: 106.676 };
/** Where people ask from. */
const district = { south: 30.462, north: 30.484, west: 106.625, east: 106.649 };
const radius = 6_371_008.8;

/** Adds places until there are `count`: every fourteenth of a category, every fifth with a service, every tenth bookable. */
export async function fillPlaces(db: Pool, count: number): Promise<void> {
  const { rows } = await db.query<{ count: number }>('select count(*)::int as count from circle_place');
  const there = rows[0]?.count ?? 0;
  const tables = ['circle_place', 'circle_offering'];
  await withoutIndexes(db, tables, () => addPlaces(db, there, count));
  await settle(db, tables);
}

async function addPlaces(db: Pool, there: number, count: number): Promise<void> {
  const hours = '(select key from circle_hours limit 1)';
  await db.query(
    `insert into circle_place (id, name, category, top, provider, address, phone, lat, lng, location, hours_key,
       offerings, bookable, active, hash, updated_at)
     select 'gen-' || n, '便民服务点' || n, top + 1 + n % 3, top, 'market', '邻安区桂花路' || n || '号', '0990-6629999', lat, lng,
       point(${radius} * radians(lng), ${radius} * ln(tan(pi() / 4 + radians(lat) / 2))), ${hours},
       case when n % 5 = 0 then jsonb_build_array(jsonb_build_object('id', 'gen-' || n || '.svc-meal', 'serviceId',
         'svc-meal', 'name', '老年助餐（长者食堂）', 'resource', '餐位', 'bookable', n % 10 = 0)) else '[]'::jsonb end,
       n % 10 = 0, true, '', now()
     from (select n, (100 * (1 + n % 14))::int as top, ${box.south} + random() * ${box.north - box.south} as lat,
       ${box.west} + random() * ${box.east - box.west} as lng
       from generate_series(${there + 1}, ${count}) n) given`,
  );
  await db.query(
    `insert into circle_offering (id, place_id, service_id, name, resource, bookable, active, category, top, location)
     select p.id || '.svc-meal', p.id, 'svc-meal', '老年助餐（长者食堂）', '餐位', p.bookable, true, p.category, p.top, p.location
     from circle_place p where p.id like 'gen-%' and p.offerings <> '[]' on conflict do nothing`,
  );
}

/** Paths of searches from anywhere in the district: the nearest twenty, or with the filters people use. */
export function searchPaths(kind: 'plain' | 'filtered'): string[] {
  const filters = [
    '&category=dining',
    '&category=pharmacy',
    '&service=svc-meal',
    '&category=repair',
    '&category=shopping',
  ];
  return Array.from({ length: 5_000 }, (_, at) => {
    const lat = district.south + Math.random() * (district.north - district.south);
    const lng = district.west + Math.random() * (district.east - district.west);
    const filter = kind === 'plain' ? '' : (filters[at % filters.length] ?? '');
    return `/api/v1/circle/places?lat=${lat.toFixed(6)}&lng=${lng.toFixed(6)}&minutes=15&limit=20${filter}`;
  });
}

/** Searches a second that pgbench gets out of the same server with the same look-up, one to a statement; null without pgbench. */
export async function rawSearches(cluster: Cluster, clients: number, seconds: number): Promise<number | null> {
  const folder = mkdtempSync(join(tmpdir(), 'linli-pgbench-'));
  const here = `point(${radius} * radians(:a * 0.000001), ${radius} * ln(tan(pi() / 4 + radians(:b * 0.000001) / 2)))`;
  const script = [
    `\\set a random(${district.west * 1e6}, ${district.east * 1e6})`,
    `\\set b random(${district.south * 1e6}, ${district.north * 1e6})`,
    `select id, name, category, lat, lng, offerings from circle_place p where p.active order by p.location <-> ${here} limit 20;`,
  ];
  try {
    writeFileSync(join(folder, 'nearby.sql'), `${script.join('\n')}\n`);
    const flags = ['-n', '-M', 'prepared', '-c', `${clients}`, '-j', '1', '-T', `${seconds}`];
    const { stdout } = await execute('pgbench', [...flags, '-f', join(folder, 'nearby.sql'), cluster.url('postgres')], {
      env: { ...process.env, LC_ALL: 'C' },
    });
    return Number(/tps = ([\d.]+)/.exec(stdout)?.[1] ?? 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
