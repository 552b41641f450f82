import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Directory1780000001000, directoryRows } from '@linli/directory';
import { testDatabase, type TestDatabase } from '@linli/testing';
import type { CircleImport, CircleImportReport } from './circle-import.service';
import { CircleSettings } from './circle-settings.service';
import { Circle1780000015000 } from './circle.migration';
import { CircleService, type NearbyQuery } from './circle.service';
import { demoCircle, demoFile, type DemoCircle } from './samples.service';
import { distance } from './geometry';
import { GroundService } from './ground.service';
import { GroundStore } from './ground.store';
import { NearStore } from './near.store';
import { PlaceStore } from './place.store';
import { walkingRouter, type RouterSettings } from './routers.service';
import { UnmetStore } from './unmet.store';
import { reachOf } from './walking';

const settings = new CircleSettings();
const centre = { lat: 30.474, lng: 106.633 };

let demo: DemoCircle;
let db: TestDatabase;
let imports: CircleImport;

function serviceWith(router: RouterSettings | null): CircleService {
  const ground = new GroundService(new GroundStore(db.database), demo.directory);
  return new CircleService(
    new NearStore(db.database),
    new PlaceStore(db.database),
    ground,
    new UnmetStore(db.database),
    settings,
    db.clock,
    router && walkingRouter(router),
  );
}

const take = (bytes: Buffer, flags: { dryRun?: boolean; skipBad?: boolean } = {}): Promise<CircleImportReport> =>
  imports.import(bytes, { dryRun: false, skipBad: false, services: demo.services, ...flags });
const query = (change: Partial<NearbyQuery> = {}): NearbyQuery => ({ ...centre, minutes: 15, limit: 20, ...change });

beforeAll(async () => {
  db = await testDatabase({ rows: directoryRows, migrations: [Directory1780000001000, Circle1780000015000] });
  demo = await demoCircle(db.database, db.clock);
  ({ imports } = demo);
});

afterAll(() => db.close());

describe('importing', () => {
  it('the same files twice change nothing', async () => {
    expect(await take(demoFile('places.csv'))).toMatchObject({
      what: 'places',
      total: 157,
      added: 0,
      changed: 0,
      unchanged: 157,
    });
    expect(await take(demoFile('residential-points.csv'))).toMatchObject({ what: 'residences', unchanged: 96 });
    expect(await take(demoFile('areas.geojson'))).toMatchObject({ what: 'areas', unchanged: 10 });
  });

  const [head, first, second] = demoFile('places.csv').toString('utf8').split('\n');
  const renamed = String(first).replace('转角便利店', '拐角便利店');

  it('one bad row and nothing is taken, unless bad rows may be skipped', async () => {
    const swapped = String(second).replace(/,(30\.\d+),(106\.\d+),/, ',$2,$1,');
    const file = Buffer.from([head, renamed, swapped].join('\n'));
    const report = await take(file);
    expect(report).toMatchObject({ total: 2, changed: 0, skipped: 0 });
    expect(report.bad[0]?.at).toMatch(/^line 3 \(guixiang-shop-2\), lat, lng$/);
    expect((await serviceWith(null).place('guixiang-shop-1')).name).toBe('转角便利店');
    expect(await take(file, { skipBad: true })).toMatchObject({ changed: 1, skipped: 1 });
    expect((await serviceWith(null).place('guixiang-shop-1')).name).toBe('拐角便利店');
  });

  it('a dry run tells what it would do and leaves all as it was', async () => {
    const file = Buffer.from([head, first].join('\n'));
    expect(await take(file, { dryRun: true })).toMatchObject({ changed: 1 });
    expect((await serviceWith(null).place('guixiang-shop-1')).name).toBe('拐角便利店');
    expect(await take(file)).toMatchObject({ changed: 1 });
  });

  it('two imports at once both end, and all is there once', async () => {
    const file = Buffer.from([head, renamed, second].join('\n'));
    const back = Buffer.from([head, first, second].join('\n'));
    const reports = await Promise.all([take(file), take(file), take(back)]);
    expect(reports.every((report) => report.bad.length === 0)).toBe(true);
    await take(back);
    const [row] = await db.database.sql<{ places: number; offerings: number }>(
      `select count(*)::int as places, (select count(*)::int from circle_offering where place_id = 'guixiang-shop-1') as offerings
       from circle_place`,
    );
    expect(row).toEqual({ places: 157, offerings: 2 });
  });

  it('an offering keeps its id, and goes when the place no longer gives it', async () => {
    const circle = serviceWith(null);
    expect((await circle.offerings(['guixiang-shop-1.svc-express']))[0]?.place.name).toBe('转角便利店');
    await take(Buffer.from([head, String(first).replace('svc-pay|svc-express', 'svc-pay')].join('\n')));
    expect(await circle.offerings(['guixiang-shop-1.svc-express'])).toEqual([]);
    expect(await circle.offerings(['guixiang-shop-1.svc-pay'])).toHaveLength(1);
    await take(Buffer.from([head, first].join('\n')));
  });

  it.each([
    ['torn JSON', '{"places": [', /not JSON/],
    ['another JSON', '{"a": 1}', /array of places/],
    ['nothing', '', /no rows/],
  ])('%s is refused whole', async (_, text, words) => {
    await expect(take(Buffer.from(text))).rejects.toMatchObject({
      code: 'circle.fileInvalid',
      errors: [{ at: 'file', problem: expect.stringMatching(words) as string }],
    });
  });
});

describe('searching', () => {
  it('finds what a look at every place finds, in its order', async () => {
    const all = await db.database.sql<{ id: string; lat: number; lng: number }>(
      'select id, lat, lng from circle_place',
    );
    const reach = reachOf(15, settings.walking);
    const circle = serviceWith(null);
    for (const point of [centre, { lat: 30.466, lng: 106.645 }, { lat: 30.482, lng: 106.627 }]) {
      const expected = all
        .map((one) => ({ id: one.id, away: distance(point, one) }))
        .filter((one) => one.away <= reach)
        .sort((a, b) => a.away - b.away)
        .slice(0, 20);
      const found = await circle.nearby(query(point));
      expect(found.map((one) => one.id)).toEqual(expected.map((one) => one.id));
      expect(found.map((one) => one.distanceMeters)).toEqual(expected.map((one) => Math.round(one.away)));
      expect(found.every((one) => one.walkMinutes <= 15)).toBe(true);
    }
  });

  it('many searches of one moment, each with its own answer', async () => {
    const circle = serviceWith(null);
    const points = [...Array(60).keys()].map((n) => ({ lat: 30.466 + n * 0.0002, lng: 106.628 + n * 0.0003 }));
    const together = await Promise.all(points.map((point) => circle.nearby(query(point))));
    for (const [at, point] of points.entries()) expect(together[at]).toEqual(await circle.nearby(query(point)));
  });

  it('by category of either level, service, and whether it can be booked', async () => {
    const circle = serviceWith(null);
    const fitness = await circle.nearby(query({ category: '健身', minutes: 30 }));
    expect(new Set(fitness.map((one) => one.category))).toEqual(new Set(['exerciseSpot', 'gym', 'sportsGround']));
    const spots = await circle.nearby(query({ category: 'exerciseSpot', minutes: 30 }));
    expect(new Set(spots.map((one) => one.category))).toEqual(new Set(['exerciseSpot']));
    const meals = await circle.nearby(query({ service: 'svc-meal', minutes: 30 }));
    expect(meals.length).toBeGreaterThan(2);
    expect(meals.flatMap((one) => one.services.map((service) => service.serviceId))).toEqual(
      meals.map(() => 'svc-meal'),
    );
    const bookable = await circle.nearby(query({ bookable: true, limit: 50, minutes: 30 }));
    expect(bookable.every((one) => one.services.length > 0 && one.services.every((service) => service.bookable))).toBe(
      true,
    );
    const booked = await circle.nearby(query({ service: 'svc-pay', bookable: true }));
    expect(booked).toEqual([]);
    expect(await circle.nearby(query({ service: 'svc-meal', category: 'dining', minutes: 30 }))).toHaveLength(2);
  });

  it.each([
    [{ lat: 106.633, lng: 30.474 }, 'circle.pointSwapped'],
    [{ lat: 39.9, lng: 116.4 }, 'circle.pointOutside'],
    [{ category: '赌场' }, 'circle.categoryUnknown'],
  ])('%p is refused: %s', async (change, code) => {
    await expect(serviceWith(null).nearby(query(change))).rejects.toMatchObject({ code });
  });

  it('says in which community a point lies', async () => {
    const circle = serviceWith(null);
    expect(await circle.where(centre)).toEqual({
      subdistrict: { id: 'guihua', name: '桂花街道' },
      community: { id: expect.any(String) as string, name: expect.stringMatching(/社区$/) as string },
    });
    // Within the margin, outside every boundary.
    expect(await circle.where({ lat: 30.49, lng: 106.62 })).toEqual({ subdistrict: null, community: null });
  });

  it('counts a search that finds nothing for its community and day, and keeps no position', async () => {
    const circle = serviceWith(null);
    const far = query({ category: '托育', minutes: 1, lat: 30.468, lng: 106.646 });
    await Promise.all([circle.nearby(far), circle.nearby(far), circle.nearby(far)]);
    const rows = await db.database.sql<object>(`select * from circle_unmet where sought = 'childCare'`);
    expect(rows).toEqual([
      { day: '2026-03-10', community_id: 'matou', subdistrict_id: 'wutong', sought: 'childCare', count: 3 },
    ]);
  });
});

describe('with a router', () => {
  let server: Server;
  let answer: (url: URL) => object | null;
  let asked: URL[];
  const url = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const given = new URL(request.url ?? '', 'http://x');
      asked.push(given);
      const body = answer(given);
      if (body) response.end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  beforeEach(() => (asked = []));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const osrm =
    (seconds: (at: number) => number | null): typeof answer =>
    (given) => {
      const count = given.pathname.split(';').length;
      return { code: 'Ok', durations: [[...Array(count).keys()].map((at) => (at === 0 ? 0 : seconds(at - 1)))] };
    };

  it('OSRM ranks by the streets, in WGS-84; what cannot be reached is left out', async () => {
    answer = osrm((at) => (at === 0 ? 890 : at === 1 ? null : at === 2 ? 1000 : 300 + at));
    const plain = await serviceWith(null).nearby(query({ limit: 10 }));
    const found = await serviceWith({ url: url(), tencentKey: null }).nearby(query({ limit: 10 }));
    expect(found[0]?.id).toBe(plain[3]?.id);
    expect(found[0]?.walkMinutes).toBe(6);
    expect(found.map((one) => one.id)).not.toContain(plain[0]?.id);
    expect(found.map((one) => one.id)).not.toContain(plain[1]?.id);
    expect(asked[0]?.pathname).toMatch(/^\/table\/v1\/foot\/106\.62\d+,30\.47\d+;/);
  });

  it('Tencent ranks by the streets, in GCJ-02, 25 destinations at a time', async () => {
    answer = (given) => ({
      status: 0,
      result: {
        rows: [{ elements: (given.searchParams.get('to') ?? '').split(';').map((_, at) => ({ duration: 600 - at })) }],
      },
    });
    const settings = { url: null, tencentKey: 'KEY', tencentHost: url() };
    const found = await serviceWith(settings).nearby(query({ limit: 20 }));
    expect(found).toHaveLength(20);
    expect(asked.map((one) => one.searchParams.get('to')?.split(';').length)).toEqual([25, 15]);
    expect(asked[0]?.searchParams.get('from')).toBe('30.474,106.633');
  });

  it.each<[string, () => object | null]>([
    ['says nothing', () => null],
    ['answers an error', () => ({ code: 'InvalidQuery' })],
    ['answers something else', () => ({ code: 'Ok', durations: 'many' })],
    ['leaves some out', () => ({ code: 'Ok', durations: [[0, 5]] })],
  ])('a router that %s: the estimate answers within a second', async (_, body) => {
    answer = body;
    const began = performance.now();
    const found = await serviceWith({ url: url(), tencentKey: null }).nearby(query({ limit: 5 }));
    expect(performance.now() - began).toBeLessThan(1_500);
    expect(found.map((one) => one.id)).toEqual(
      (await serviceWith(null).nearby(query({ limit: 5 }))).map((one) => one.id),
    );
  });

  it('a router that is not there: the estimate answers', async () => {
    const found = await serviceWith({ url: 'http://127.0.0.1:9', tencentKey: null }).nearby(query({ limit: 5 }));
    expect(found).toHaveLength(5);
  });
});
