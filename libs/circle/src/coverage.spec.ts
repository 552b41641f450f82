import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workCalendar, type CalendarYear, type LocalDate } from '@linli/kernel';
import { Directory1780000001000, directoryRows } from '@linli/directory';
import { testDatabase, type TestDatabase } from '@linli/testing';
import { Circle1780000015000 } from './circle.migration';
import { coverageOf } from './coverage';
import { CircleSettings } from './circle-settings.service';
import { coverageCsv } from './coverage-csv';
import { named } from './unmet';
import type { CoverageFacts, ReachedPoint } from './coverage-facts';
import { CoverageService } from './coverage.service';
import { CoverageStore } from './coverage.store';
import { demoCircle, type DemoCircle } from './samples.service';
import { distance } from './geometry';
import { GroundService } from './ground.service';
import { GroundStore } from './ground.store';
import { opensOn } from './hours';
import { UnmetStore } from './unmet.store';
import { walkingMinutes } from './walking';

const settings = new CircleSettings();
const calendar = workCalendar([
  JSON.parse(readFileSync(join(__dirname, '../../../config/calendar/2026.json'), 'utf8')) as CalendarYear,
]);

const point = (
  id: string,
  households: number,
  walk: number | null,
  communityId: string | null = 'c1',
): ReachedPoint => ({
  id,
  name: `=${id}`,
  location: { lat: 30.47, lng: 106.63 },
  households,
  population: households * 2,
  subdistrictId: communityId === null ? null : 's1',
  communityId,
  walks: { shopping: walk },
});
const facts = (points: readonly ReachedPoint[]): CoverageFacts => ({
  on: '2026-03-10' as LocalDate,
  categories: settings.categories.tops.slice(0, 1),
  points,
  subdistricts: [{ id: 's1', name: '桂花街道', subdistrictId: 's1' }],
  communities: ['c1', 'c2'].map((id) => ({ id, name: id, subdistrictId: 's1' })),
  facilities: [
    { communityId: 'c1', subdistrictId: 's1', exerciseSpots: 5, sportsArea: 700 },
    { communityId: null, subdistrictId: null, exerciseSpots: 9, sportsArea: 9_000 },
  ],
});

describe('the report', () => {
  const report = coverageOf(
    facts([point('a', 100, 5), point('b', 200, 5.1), point('c', 50, null), point('d', 50, 16, null)]),
  );

  it('counts points and households within each walk, the limit itself included', () => {
    expect(report.district[0]?.within).toEqual([
      { minutes: 5, points: 0.25, households: 0.25 },
      { minutes: 10, points: 0.5, households: 0.75 },
      { minutes: 15, points: 0.5, households: 0.75 },
    ]);
    expect(report.communities.map((one) => one.points)).toEqual([3, 0]);
    expect(report.communities[1]?.categories[0]?.within[0]).toEqual({ minutes: 5, points: 0, households: 0 });
  });

  it('lists points without, most households first', () => {
    expect(report.gaps.map(({ pointId, walkMinutes }) => [pointId, walkMinutes])).toEqual([
      ['c', null],
      ['d', 16],
    ]);
  });

  it("judges document 004's figures: five spots are enough, half the communities are not, 1 m² is too little", () => {
    expect(report.indicators.map(({ id, value, isMet }) => [id, value, isMet])).toEqual([
      ['exerciseSpots', 5, true],
      ['exerciseCommunities', 0.5, false],
      ['sportsAreaPerPerson', 1, false],
    ]);
  });

  it('as CSV: marked as UTF-8, formulas disarmed', () => {
    const csv = coverageCsv(report);
    expect(csv.startsWith('\uFEFF层级,')).toBe(true);
    expect(csv).toContain("区,,全区,购物,4,400,25.0%,50.0%,50.0%,'=c、=d");
    expect(csv).toContain('有晨晚练点的社区占比');
  });

  it('as CSV: a gap outside every community stands with its subdistrict, and what nobody found comes last', () => {
    const lost = { ...point('e', 50, 16, null), subdistrictId: 's1' };
    expect(coverageCsv(coverageOf(facts([lost])))).toMatch(/街道,s1,[^\n]*=e/);
    const searches = { communityId: report.communities[0]?.id ?? '', subdistrictId: 's', count: 7 };
    const rows = ['childCare', 'any, bookable, free', 'svc-meal, bookable'].map((sought) =>
      named({ ...searches, sought }, new CircleSettings().categories),
    );
    expect(rows.map((one) => one.soughtName)).toEqual(['托育', '任何地方（能预约、当时有空位）', 'svc-meal（能预约）']);
    const lines = coverageCsv(report, rows).trim().split('\r\n').slice(-3);
    expect(lines[0]).toMatch(/^没找到的搜索,.*,托育,,,,,,近30天 7 次$/);
  });
});

describe('over the demo district', () => {
  let demo: DemoCircle;
  let db: TestDatabase;
  let service: CoverageService;

  beforeAll(async () => {
    db = await testDatabase({ rows: directoryRows, migrations: [Directory1780000001000, Circle1780000015000] });
    const { database, clock } = db;
    demo = await demoCircle(database, clock);
    const ground = new GroundService(new GroundStore(database), demo.directory);
    const [store, unmet] = [new CoverageStore(database), new UnmetStore(database)];
    service = new CoverageService(store, ground, unmet, settings, clock, calendar);
  });
  afterAll(() => db.close());

  it('agrees with a look at every pair of point and place', async () => {
    const on = '2026-03-08' as LocalDate; // a Sunday
    const places = await demo.places();
    const points = await db.database.sql<{ id: string; lat: number; lng: number }>('select * from circle_residence');
    const coverage = await service.coverage(on);
    for (const category of settings.categories.tops) {
      const open = places.filter((one) => one.top === category.code && opensOn(one.hours, on, calendar));
      const near = points.filter((home) =>
        open.some((one) => walkingMinutes(distance(home, one), settings.walking) <= 10),
      );
      const told = coverage.district.find((one) => one.id === category.id)?.within[1]?.points;
      expect(told).toBeCloseTo(near.length / points.length, 4);
    }
  });

  it('a holiday closes what keeps holidays', async () => {
    const [plain, holiday] = await Promise.all([service.coverage('2026-03-10'), service.coverage('2026-10-01')]);
    const nurseries = (report: typeof plain): number =>
      report.district.find((one) => one.id === 'childCare')?.within[2]?.points ?? -1;
    expect(nurseries(plain)).toBeGreaterThan(0.5);
    expect(nurseries(holiday)).toBe(0);
  });

  it('finds the gaps the demo was given, and its sports ground', async () => {
    const { gaps, indicators } = await service.coverage(undefined);
    expect(gaps.length).toBeGreaterThan(0);
    expect(indicators.filter((one) => one.isMet).map((one) => `${one.subdistrictId} ${one.id}`)).toEqual([
      'guihua exerciseSpots',
      'guihua exerciseCommunities',
      'guihua sportsAreaPerPerson',
    ]);
  });

  it('draws communities, places and gaps, with a legend', async () => {
    const svg = await service.map(undefined, '托育', 10);
    for (const words of ['码头社区', '走不到的居民点', '图上的记号', 'url(#cross)']) expect(svg).toContain(words);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    await expect(service.map(undefined, '赌场', 10)).rejects.toMatchObject({ code: 'circle.categoryUnknown' });
  });

  it.each(['2026-02-30', '2020-01-01', '明天'])('no day: %s', async (on) => {
    await expect(service.coverage(on)).rejects.toMatchObject({ code: 'circle.dateInvalid' });
  });
});
