import type { TestingModule } from '@nestjs/testing';
import type { ReportDraft } from '@linli/contracts';
import type { Tx } from '@linli/platform';
import { testDatabase, type TestDatabase } from '@linli/testing';
import { CaseService } from '../case.service';
import { item, noise, report } from '../samples';
import { sampleDistrict, sampleOfficer, sampleResident } from '../samples.module';
import { sampleRoom, sampleSchema } from '../supervision/samples.module';
import { Duplicates } from './duplicates.service';
import { isNear, tracesOf } from './sameness';

const now = new Date('2026-03-10T09:00:00+08:00');
const centre = sampleOfficer('dispatcher');
const here = { lat: 30.5, lng: 120.5 };
const north = (meters: number): { lat: number; lng: number } => ({ ...here, lat: here.lat + meters / 111_320 });

describe('sameness', () => {
  it.each([
    [99, true],
    [101, false],
  ])('ends after a hundred metres: %d', (meters, near) => {
    expect(isNear(here, north(meters))).toBe(near);
  });

  it('finds what is near among the cells around, wherever in the country', () => {
    for (const lat of [18.2, 30.5, 45.8, 53.4])
      for (let turn = 0; turn < 360; turn += 15) {
        const angle = (turn * Math.PI) / 180;
        const there = {
          lat: lat + (99 * Math.sin(angle)) / 111_320,
          lng: 120.4999 + (99 * Math.cos(angle)) / (111_320 * Math.cos((lat * Math.PI) / 180)),
        };
        const { cell } = tracesOf({ place: there, text: null });
        expect(tracesOf({ place: { lat, lng: 120.4999 }, text: null }).near).toContain(cell);
      }
  });

  it('hears the same words through punctuation, but not in two words', () => {
    const words = (text: string): readonly string[] => tracesOf({ place: null, text }).words;
    expect(words('路灯，不亮了！')).toEqual(words('路灯 不亮了'));
    expect(words('路灯')).toEqual([]);
  });
});

describe('reports of one matter at one place', () => {
  let db: TestDatabase;
  let room: TestingModule;
  let residentId: string;
  const transact = <R>(work: (tx: Tx) => Promise<R>): Promise<R> => db.database.transact(work);
  const filed = async (changes: Partial<ReportDraft>): Promise<string> => {
    const draft = report({ residentId, ...changes });
    return (await transact((tx) => room.get(CaseService).submit(tx, draft, now))).number;
  };
  const found = (number: string): Promise<string[]> => transact((tx) => room.get(Duplicates).find(tx, number, now));
  const related = async (number: string): Promise<string[]> =>
    (await room.get(Duplicates).related(number, centre)).map((one) => one.number);

  beforeAll(async () => {
    db = await testDatabase(sampleSchema);
    room = await sampleRoom(db);
    await transact(sampleDistrict);
    residentId = await transact((tx) => sampleResident(tx, now));
  });
  afterAll(() => db.close());

  it('are linked both ways; others, and those closed, are not', async () => {
    const first = await filed({ text: '夜里施工吵闹', place: here });
    expect(await found(first)).toEqual([]);
    const second = await filed({ text: '打桩声音太大', place: north(60) });
    expect(await found(second)).toEqual([first]);
    expect(await found(second)).toEqual([first]);
    expect([await related(first), await related(second)]).toEqual([[second], [first]]);
    const far = await filed({ text: '装修噪声不断', place: north(400) });
    expect(await found(far)).toEqual([]);
    const other = { ...noise, id: 'lamp', name: '路灯不亮', versionId: item.versionId };
    expect(await found(await filed({ entry: other, text: '路灯不亮了', place: here }))).toEqual([]);
    await transact((tx) => room.get(CaseService).withdraw(tx, first, residentId, now));
    const third = await filed({ text: '工地又吵了', place: here });
    expect(await found(third)).toEqual([second]);
    const outside = sampleOfficer('clerk', { subdistrictId: 's2' });
    await expect(room.get(Duplicates).related(first, outside)).rejects.toMatchObject({ code: 'case.notFound' });
  });

  it('are found by the same words without a place', async () => {
    const text = '三号楼电梯间有人通宵唱歌';
    const numbers = [await filed({ text, place: {} }), await filed({ text: `${text}！`, place: {} })];
    await found(numbers[0] ?? '');
    expect(await found(numbers[1] ?? '')).toEqual([numbers[0]]);
  });

  it('are found also while the other is being looked at', async () => {
    const [one, other] = [await filed({ place: north(900) }), await filed({ text: '又吵了', place: north(910) })];
    let finish: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (finish = resolve));
    const first = transact(async (tx) => {
      await room.get(Duplicates).find(tx, one, now);
      await held;
    });
    const second = found(other);
    setTimeout(finish, 100);
    await Promise.all([first, second]);
    expect(await related(one)).toEqual([other]);
  });

  it('leave no place readable in the index', async () => {
    const rows = await db.database.sql<{ key: Buffer }>('select key from casework_sameness');
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.every((row) => row.key.length === 32)).toBe(true);
  });
});
