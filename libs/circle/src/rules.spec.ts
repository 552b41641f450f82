import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workCalendar, type CalendarYear, type LocalDate } from '@linli/kernel';
import { CircleSettings } from './circle-settings.service';
import { crossingOf } from './crossing';
import { distance, isInside, toPlane, groundScale, type Ring } from './geometry';
import { isOpenAt, opensOn, openSpansOn, type Hours } from './hours';
import { readClosures, readWeekly } from './hours-text';
import { hoursInWords } from './hours-words';
import { pointProblem } from './point-check';
import { reachOf, toldMinutes, walkingMinutes } from './walking';

const calendar = workCalendar([
  JSON.parse(readFileSync(join(__dirname, '../../../config/calendar/2026.json'), 'utf8')) as CalendarYear,
]);
const district = { south: 30.4, west: 106.5, north: 30.55, east: 106.75 };

function hours(weekly: string, holidays: Hours['holidays'] = 'closed', closures = ''): Hours {
  const [rules, closed] = [readWeekly(weekly), readClosures(closures)];
  if ('problem' in rules || 'problem' in closed) throw new Error(JSON.stringify([rules, closed]));
  return { weekly: rules.value, holidays, closures: closed.value };
}

describe('geometry', () => {
  it('measures a degree of latitude, and keeps the plane true near a place', () => {
    expect(distance({ lat: 30, lng: 106 }, { lat: 31, lng: 106 })).toBeCloseTo(111_195, -1);
    const [a, b] = [
      { lat: 30.4748, lng: 106.6318 },
      { lat: 30.4712, lng: 106.6412 },
    ];
    const [p, q] = [toPlane(a), toPlane(b)];
    const flat = Math.hypot(p.x - q.x, p.y - q.y) * groundScale(a.lat);
    expect(Math.abs(flat - distance(a, b))).toBeLessThan(0.1);
  });

  const square: Ring = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]; // prettier-ignore
  const hole: Ring = [[1, 1], [3, 1], [3, 3], [1, 3], [1, 1]]; // prettier-ignore
  it.each([
    ['in the ring', 0.5, 0.5, true],
    ['in the hole', 2, 2, false],
    ['beside', 5, 2, false],
    ['level with a corner', 4.000001, 2, false],
  ])('a point %s', (_, lat, lng, inside) => {
    expect(isInside({ lat, lng }, [[square, hole]])).toBe(inside);
  });

  it.each<[string, Ring, boolean]>([
    ['a square', square, false],
    ['a bow tie', [[0, 0], [4, 4], [4, 0], [0, 4], [0, 0]], true],
    ['a spike that runs back', [[0, 0], [4, 0], [8, 0], [4, 0], [4, 4], [0, 0]], true],
    ['a corner on another edge', [[0, 0], [4, 0], [4, 4], [2, 0], [0, 4], [0, 0]], true],
    ['an L', [[0, 0], [4, 0], [4, 1], [1, 1], [1, 4], [0, 4], [0, 0]], false],
    ['a repeated corner', [[0, 0], [4, 0], [4, 0], [4, 4], [0, 0]], false],
  ])('%s crosses itself: %#', (_, ring, crosses) => {
    expect(crossingOf(ring) !== null).toBe(crosses);
  }); // prettier-ignore

  it('names where a bow tie crosses', () => {
    expect(crossingOf([[0, 0], [4, 4], [4, 0], [0, 4], [0, 0]])).toEqual({ lat: 2, lng: 2 }); // prettier-ignore
  });
});

describe('a point in the district', () => {
  it.each([
    [30.47, 106.63, null],
    [106.63, 30.47, 'swapped'],
    [39.9, 116.4, 'outsideDistrict'],
    [116.4, 39.9, 'swapped'],
    [51.5, -0.1, 'outsideChina'],
    [NaN, 106.63, 'notANumber'],
    [30.47, Infinity, 'notANumber'],
    [0, 0, 'outsideChina'],
  ])('%p, %p: %p', (lat, lng, problem) => {
    expect(pointProblem({ lat, lng }, district)).toBe(problem);
  });
});

describe('walking', () => {
  const walking = new CircleSettings().walking;
  it('fifteen minutes are a thousand metres of streets', () => {
    expect(reachOf(15, walking) * walking.detourFactor).toBeCloseTo(1000.5, 0);
    expect(walkingMinutes(reachOf(15, walking), walking)).toBeCloseTo(15);
  });

  it.each([
    [0, 1],
    [0.2, 1],
    [5, 5],
    [5.01, 6],
    [15.0000000001, 15],
  ])('%p minutes are told as %p', (minutes, told) => expect(toldMinutes(minutes)).toBe(told));
});

describe('opening hours', () => {
  const clinic = hours('周一至周五 08:30-12:00,14:00-17:30; 周六 09:00-12:00', 'closed', '2026-04-20~2026-04-21 装修');
  it.each([
    ['a Tuesday morning', '2026-03-10T00:30:00Z', true],
    ['the minute it closes for lunch', '2026-03-10T04:00:00Z', false],
    ['lunch', '2026-03-10T05:00:00Z', false],
    ['after lunch', '2026-03-10T06:00:00Z', true],
    ['a Saturday morning', '2026-03-14T02:00:00Z', true],
    ['a Sunday', '2026-03-15T02:00:00Z', false],
    ['National Day', '2026-10-01T02:00:00Z', false],
    ['the Saturday within the May holiday', '2026-05-02T02:00:00Z', false],
    ['a Saturday on which people work, in the afternoon as on a weekday', '2026-05-09T07:00:00Z', true],
    ['a closure', '2026-04-20T02:00:00Z', false],
    ['the day after a closure', '2026-04-22T02:00:00Z', true],
  ])('%s', (_, at, open) => expect(isOpenAt(clinic, new Date(at), calendar)).toBe(open));

  it.each([
    ['周一', false],
    ['周二', false],
    ['周三', true],
    ['周五', false],
    ['周六', false],
  ])('hours of %s alone on a make-up Saturday: open is %p', (day, open) => {
    expect(opensOn(hours(`${day} 09:00-12:00`), '2026-05-09' as LocalDate, calendar)).toBe(open);
    expect(opensOn(hours(`${day} 09:00-12:00`, 'open'), '2026-05-09' as LocalDate, calendar)).toBe(day === '周六');
  });

  it('a shop that keeps no holidays is open on National Day, also at the last minute of the day', () => {
    const shop = hours('每天 20:00-24:00', 'open');
    expect(isOpenAt(shop, new Date('2026-10-01T15:59:00Z'), calendar)).toBe(true);
    expect(openSpansOn(shop, '2026-10-01' as LocalDate, calendar)[0]?.to).toEqual(new Date('2026-10-01T16:00:00Z'));
    expect(opensOn(clinic, '2026-10-01' as LocalDate, calendar)).toBe(false);
  });

  it.each([
    [
      '周一至周五 08:30-12:00,14:00-17:30; 周六 09:00-12:00',
      '周一至周五 08:30-12:00、14:00-17:30；周六 09:00-12:00，节假日休息',
    ],
    ['周二至周日 9：00～12:00', '周二至周日 09:00-12:00，节假日休息'],
    ['全天', '每天 全天，节假日休息'],
    ['周六、周日 08:00-12:00', '周六、周日 08:00-12:00，节假日休息'],
    ['06:00-22:00', '每天 06:00-22:00，节假日休息'],
  ])('%s reads as %s', (text, words) => expect(hoursInWords(hours(text))).toBe(words));

  it.each([
    ['', /no opening hours/],
    ['周八 08:00-12:00', /names no weekdays/],
    ['每天 08:00', /no stretch of time/],
    ['每天 25:00-26:00', /no stretch of time/],
    ['每天 22:00-02:00', /two stretches/],
    ['每天 08:00-12:00,11:00-13:00', /overlaps/],
    ['每天 08:00+09:00-17:00+09:00', /time zone/],
    ['每天 08:00Z-17:00Z', /time zone/],
    ['周一至周五 08:00-12:00; 周三 10:00-11:00', /overlaps/],
  ])('"%s" is refused in words', (text, words) => {
    expect(readWeekly(text)).toEqual({ problem: expect.stringMatching(words) as string });
  });

  it.each(['2026-02-30', '2026-05-03~2026-05-01', '五一'])('no closure: %s', (text) => {
    expect('problem' in readClosures(text)).toBe(true);
  });
});

describe('categories', () => {
  const { categories } = new CircleSettings();
  it('has the fourteen, each with a place in the tree by id and by name', () => {
    expect(categories.tops.map((top) => top.name).join()).toBe(
      '购物,家政,餐饮,快递,维修,供电,供水,通讯,养老,托育,健身,文化,医疗,政务',
    );
    expect(categories.find('药店')?.top.id).toBe('health');
    expect(categories.find('pharmacy')?.leaf.code).toBe(1303);
    expect(categories.find('赌场')).toBeNull();
  });
});
