import { Test } from '@nestjs/testing';
import type { ApplicationDraft, CatalogueEntry } from '@linli/contracts';
import { newId } from '@linli/kernel';
import type { Tx } from '@linli/platform';
import { testDatabase, type TestDatabase } from '@linli/testing';
import { CaseService } from '../case.service';
import { CaseworkModule } from '../casework.module';
import { application, guide, item } from '../samples';
import { sampleDistrict, sampleOfficer, samplePlatform, sampleResident } from '../samples.module';
import { sampleSchema } from '../supervision/samples.module';
import { shareOf, type BundleDetail } from './bundle';
import { Bundles } from './bundles.service';

const at = (text: string): Date => new Date(`${text}+08:00`);
const now = at('2026-03-10T10:00');
const clerk = sampleOfficer('clerk', { subdistrictId: 's1' });
const birth = { id: 'birth', name: '新生儿出生一件事' };

let db: TestDatabase;
let bundles: Bundles;
let cases: CaseService;
let resident: string;

const transact = <R>(work: (tx: Tx) => Promise<R>): Promise<R> => db.database.transact(work);
function entry(id: string, days: number): CatalogueEntry {
  const limit = { days, unit: 'workingDay' } as const;
  return { ...item, id, versionId: newId(), guide: { ...guide, committedLimit: limit } };
}
const [register, insure, vaccinate] = [entry('register', 2), entry('insure', 3), entry('vaccinate', 1)];
const draft = (of: CatalogueEntry, changes: Partial<ApplicationDraft> = {}): ApplicationDraft =>
  application({ residentId: resident, entry: of, ...changes });
const open = (changes: Partial<ApplicationDraft> = {}): Promise<BundleDetail> =>
  transact((tx) =>
    bundles.open(
      tx,
      birth,
      resident,
      [
        { draft: draft(register), after: [] },
        { draft: draft(insure, changes), after: ['register'] },
        { draft: draft(vaccinate), after: [] },
      ],
      now,
    ),
  );

beforeAll(async () => {
  db = await testDatabase(sampleSchema);
  const module = await Test.createTestingModule({ imports: [samplePlatform(db), CaseworkModule] }).compile();
  bundles = module.get(Bundles);
  cases = module.get(CaseService);
  await transact(sampleDistrict);
  resident = await transact((tx) => sampleResident(tx, now));
});
afterAll(() => db.close());

describe('a bundle', () => {
  it('opens every case at once under one date, that of the longest path', async () => {
    const opened = await open();
    // Accepted by 17 March at the latest; then 2 and 3 working days one after the other.
    expect(opened).toMatchObject({ name: birth.name, promisedOn: '2026-03-24', isFinished: false });
    expect(opened.cases.map(({ entryId, dueOn }) => [entryId, dueOn])).toEqual([
      ['register', '2026-03-19'],
      ['insure', '2026-03-20'],
      ['vaccinate', '2026-03-18'],
    ]);
    expect(await bundles.ofResident(opened.id, resident)).toEqual(opened);
  });

  it('keeps its promise while the cases move, and is finished with the last of them', async () => {
    const opened = await open();
    const closing = { outcome: 'granted', publicReply: '办好了', evidence: ['记录'] } as const;
    for (const { number } of opened.cases) await transact((tx) => cases.accept(tx, number, clerk, now));
    const [first, ...others] = opened.cases;
    await transact((tx) => cases.close(tx, first?.number ?? '', clerk, closing, now));
    const underway = await bundles.ofResident(opened.id, resident);
    expect(underway).toMatchObject({ promisedOn: '2026-03-24', expectedOn: '2026-03-13', isFinished: false });
    for (const { number } of others) await transact((tx) => cases.close(tx, number, clerk, closing, now));
    expect((await bundles.ofResident(opened.id, resident)).isFinished).toBe(true);
  });

  it('is opened whole or not at all, and names what is wrong under its item', async () => {
    const count = async (): Promise<unknown> => db.database.sql('select count(*)::int from casework_case');
    const before = await count();
    await expect(open({ answers: { bankName: '一' } })).rejects.toMatchObject({
      code: 'case.invalid',
      errors: [{ at: 'insure.answers.bankName' }],
    });
    await expect(open({ fileIds: [newId()] })).rejects.toMatchObject({ code: 'file.notFound' });
    expect(await count()).toEqual(before);
  });

  it('is its resident’s alone, and moves with them', async () => {
    const { id } = await open();
    const other = await transact((tx) => sampleResident(tx, now));
    await expect(bundles.ofResident(id, other)).rejects.toMatchObject({ code: 'bundle.notFound' });
    await expect(bundles.ofResident('x', resident)).rejects.toMatchObject({ code: 'bundle.notFound' });
    await transact((tx) => cases.moveResident(tx, resident, other));
    expect(await bundles.ofResident(id, other)).toMatchObject({ id });
    await transact((tx) => cases.moveResident(tx, other, resident));
  });
});

describe('an item’s share', () => {
  it('is what its own questions and materials mean', () => {
    const meanings = {
      fields: new Map([
        ['babyName', 'childName'],
        ['birthDate', 'childBirth'],
      ]),
      materials: new Map([['certificate', 'birth-cert']]),
    };
    const given = {
      answers: { childName: '小宝', other: 'x' },
      materials: [
        { materialId: 'birth-cert', fileId: 'f1' },
        { materialId: 'else', fileId: 'f2' },
      ],
    };
    expect(shareOf(meanings, given)).toEqual({
      answers: { babyName: '小宝' },
      materials: [{ materialId: 'certificate', fileId: 'f1' }],
    });
  });
});
