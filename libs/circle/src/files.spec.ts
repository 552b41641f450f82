import gcoord from 'gcoord';
import { isGeoJson, readAreas, type KnownArea } from './area-file';
import { CircleSettings } from './circle-settings.service';
import { toKept, toWgs84 } from './coordinates.service';
import { rowOf } from './file-row';
import { distance } from './geometry';
import { rowsOfJson } from './json-rows';
import { readPlaces, type PlaceGround } from './place-file';
import { areResidences, readResidences } from './residence-file';

const ground: PlaceGround = {
  bounds: { south: 30.4, west: 106.5, north: 30.55, east: 106.75 },
  convert: toKept,
  categories: new CircleSettings().categories,
  services: new Map([['svc-meal', '老年助餐']]),
};
const fine = {
  id: 'canteen',
  name: '长者食堂',
  category: '长者食堂',
  provider: '购买服务',
  lat: '30.4748',
  lng: '106.6318',
  coordinateSystem: 'GCJ-02',
  hours: '每天 11:00-13:00',
  services: 'svc-meal:餐位*',
};
const problems = (change: Record<string, string>): string[] =>
  readPlaces([rowOf('line 2', { ...fine, ...change })], ground).bad.map(({ at, problem }) => `${at}: ${problem}`);

describe('coordinates', () => {
  it('come into GCJ-02 as gcoord has it, and back within a metre', () => {
    const point = { lat: 30.4748, lng: 106.6318 };
    const kept = toKept(point, 'WGS-84');
    const [lng, lat] = gcoord.transform([point.lng, point.lat], gcoord.WGS84, gcoord.GCJ02);
    expect(kept.lat).toBeCloseTo(lat, 5);
    expect(kept.lng).toBeCloseTo(lng, 5);
    expect(distance(point, kept)).toBeGreaterThan(200);
    expect(distance(toWgs84(kept), point)).toBeLessThan(1);
    expect(toKept(point, 'GCJ-02')).toEqual(point);
    expect(distance(toKept(point, 'BD-09'), point)).toBeGreaterThan(500);
  });
});

/** Pairs that maps of China agree on, printed with every open conversion of these systems; the three lie half a kilometre apart. */
describe('a known point', () => {
  const said = { lat: 39.915, lng: 116.404 };
  it.each([
    ['WGS-84', { lat: 39.916404, lng: 116.410244 }],
    ['GCJ-02', said],
    ['BD-09', { lat: 39.908657, lng: 116.397627 }],
  ] as const)('said in %s is kept where WeChat shows it', (system, kept) => {
    expect(distance(toKept(said, system), kept)).toBeLessThan(1);
  });

  it('goes out in WGS-84 for its neighbours', () => {
    expect(distance(toWgs84(said), { lat: 39.913596, lng: 116.397756 })).toBeLessThan(2);
  });

  it('outside China has one place in both', () => {
    const paris = { lat: 48.8584, lng: 2.2945 };
    expect(toKept(paris, 'WGS-84')).toEqual(paris);
  });
});

describe('a places file', () => {
  it('reads a row, with the offering under an id of its own', () => {
    const { good, bad } = readPlaces([rowOf('line 2', fine)], ground);
    expect(bad).toEqual([]);
    expect(good[0]).toMatchObject({
      category: 303,
      provider: 'purchased',
      active: true,
      location: { lat: 30.4748, lng: 106.6318 },
      offerings: [{ id: 'canteen.svc-meal', resource: '餐位', bookable: true, name: '老年助餐' }],
    });
  });

  it('takes the system from the header, and Chinese column names', () => {
    const { lat, lng, coordinateSystem: _, ...rest } = fine;
    const { good } = readPlaces([rowOf('line 2', { ...rest, '纬度（WGS84）': lat, '经度（WGS84）': lng })], ground);
    expect(good[0]?.location).toEqual(toKept({ lat: 30.4748, lng: 106.6318 }, 'WGS-84'));
  });

  it.each<[Record<string, string>, RegExp]>([
    [
      { lat: '106.6318', lng: '30.4748' },
      /line 2 \(canteen\), lat, lng: 106.6318, 30.4748: latitude and longitude are swapped/,
    ],
    [{ lat: '39.9', lng: '116.4' }, /outside the district: check the digits/],
    [{ lat: 'NaN' }, /must be decimal degrees/],
    [{ lat: '' }, /must be decimal degrees/],
    [{ lat: '-30.4748' }, /not in China/],
    [{ coordinateSystem: '' }, /is not stated: write WGS-84, GCJ-02 or BD-09/],
    [{ coordinateSystem: 'CGCS2000' }, /"CGCS2000" is not known/],
    [{ timezone: 'Asia/Tokyo' }, /one clock/],
    [{ hours: '每天 08:00Z-17:00Z' }, /time zone/],
    [{ hours: '每天 17:00-08:00' }, /ends before it begins/],
    [{ category: '赌场' }, /categories\.json/],
    [{ provider: '送的' }, /must be one of/],
    [{ services: 'svc-x' }, /no service of the published catalogue/],
    [{ services: 'svc-meal|svc-meal*' }, /stands there twice/],
    [{ id: 'Canteen 1' }, /small letters/],
    [{ name: '' }, /name: is missing/],
    [{ name: '长'.repeat(61) }, /longer than 60/],
    [{ sportsArea: '-1' }, /number from 0/],
    [{ active: 'maybe' }, /true or false/],
    [{ colour: 'red' }, /is no column/],
    [{ closures: '五一' }, /is no closure/],
  ])('%p is refused by row and column', (change, words) => {
    expect(problems(change)).toEqual([expect.stringMatching(words)]);
  });

  it('an id that stands twice is named, and neither good row hides it', () => {
    const { good, bad } = readPlaces([rowOf('line 2', fine), rowOf('line 3', fine)], ground);
    expect(bad).toEqual([{ at: 'line 3 (canteen), id', problem: 'stands already on line 2' }]);
    expect(good).toHaveLength(1);
  });

  it('JSON holds the same columns, lists as lists, and what holds for all beside them', () => {
    const { services: _, coordinateSystem, ...rest } = fine;
    const rows = rowsOfJson({ coordinateSystem, places: [{ ...rest, lat: 30.4748, services: ['svc-meal*'] }] });
    expect(readPlaces(rows, ground).good[0]?.offerings).toHaveLength(1);
    expect(() => rowsOfJson({ nothing: true })).toThrow('circle.fileInvalid');
  });
});

describe('a file of residential points', () => {
  const row = {
    id: 'r1',
    name: '桂香花园',
    lat: '30.4748',
    lng: '106.6318',
    coordinateSystem: 'GCJ-02',
    households: '100',
  };
  it('is known by its households; people are reckoned where they are not told', () => {
    expect(areResidences(Object.keys(row))).toBe(true);
    expect(areResidences(Object.keys(fine))).toBe(false);
    expect(readResidences([rowOf('line 2', row)], ground).good[0]).toMatchObject({ households: 100, population: 260 });
  });

  it.each([
    [{ households: '' }, /households: is missing/],
    [{ households: '-3' }, /number from 0/],
    [{ lat: '106.6318', lng: '30.4748' }, /swapped/],
  ])('%p is refused', (change, words) => {
    const { bad } = readResidences([rowOf('line 2', { ...row, ...change })], ground);
    expect(bad.map(({ at, problem }) => `${at}: ${problem}`)).toEqual([expect.stringMatching(words)]);
  });
});

describe('a boundary file', () => {
  const known: KnownArea[] = [
    { id: 'a', code: '990102001001', name: '桂香社区', level: 'community', subdistrictId: 's' },
  ];
  const file = (
    coordinates: unknown,
    properties: object = { id: 'a' },
    coordinateSystem: unknown = 'GCJ-02',
  ): unknown => ({
    type: 'FeatureCollection',
    coordinateSystem,
    features: [{ type: 'Feature', properties, geometry: { type: 'Polygon', coordinates } }],
  });
  const read = (json: unknown): ReturnType<typeof readAreas> => readAreas(json, { known, convert: toKept });
  const square = [[[106.6, 30.4], [106.7, 30.4], [106.7, 30.5], [106.6, 30.5], [106.6, 30.4]]]; // prettier-ignore

  it('reads a polygon by id or code', () => {
    expect(isGeoJson(file(square))).toBe(true);
    expect(read(file(square)).good[0]).toMatchObject({ id: 'a', level: 'community', polygons: [square] });
    expect(read(file(square, { code: '990102001001' })).bad).toEqual([]);
  });

  it.each<[string, unknown, RegExp]>([
    ['a bow tie', file([[[106.6, 30.4], [106.7, 30.5], [106.7, 30.4], [106.6, 30.5], [106.6, 30.4]]]), /桂香社区.*crosses itself near 30\.45000, 106\.65000/],
    ['latitude first', file([[[30.4, 106.6], [30.5, 106.7], [30.4, 106.7], [30.4, 106.6]]]), /swapped.*longitude first/],
    ['an open ring', file([[[106.6, 30.4], [106.7, 30.4], [106.7, 30.5], [106.6, 30.5]]]), /not closed/],
    ['a line', file([[[106.6, 30.4], [106.7, 30.4], [106.6, 30.4], [106.6, 30.4]]]), /encloses nothing/],
    ['two corners', file([[[106.6, 30.4], [106.7, 30.4], [106.6, 30.4]]]), /three corners/],
    ['NaN', file([[[106.6, null], [106.7, 30.4], [106.6, 30.4]]]), /must be a Polygon/],
    ['a stranger', file(square, { id: 'zz' }), /no subdistrict or community/],
    ['no system', file(square, { id: 'a' }, null), /coordinateSystem: is not stated/],
    ['no feature', { type: 'FeatureCollection', coordinateSystem: 'GCJ-02', features: [] }, /there are none/],
  ])('refuses %s in words', (_, json, words) => {
    expect(read(json).bad.map(({ at, problem }) => `${at}: ${problem}`)).toEqual([expect.stringMatching(words)]);
  }); // prettier-ignore
});
