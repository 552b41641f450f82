import { newId } from '@linli/kernel';
import { Directory1780000001000, directoryRows } from '@linli/directory';
import { testDatabase, type TestDatabase } from '@linli/testing';
import type { CorrectionDraft } from './correction';
import { CorrectionStore } from './correction.store';
import { Guidance1780000018000 } from './guidance.migration';
import { GuidanceService } from './guidance.service';

describe('corrections', () => {
  let db: TestDatabase;
  let guidance: GuidanceService;
  const [author, other, third] = [newId(), newId(), newId()];
  const everywhere = { subdistrictId: null };

  beforeAll(async () => {
    db = await testDatabase({ rows: directoryRows, migrations: [Directory1780000001000, Guidance1780000018000] });
    guidance = new GuidanceService(new CorrectionStore(db.database, db.cipher));
    await db.database.sql(
      `insert into directory_subdistrict (id, code, name, lat, lng) values ('east', '1', '东街道', 30, 106), ('west', '2', '西街道', 30, 106)`,
    );
  });
  beforeEach(() => db.database.sql('delete from guidance_correction'));
  afterAll(() => db.close());

  const draft = (more: Partial<CorrectionDraft> = {}): CorrectionDraft => ({
    about: { kind: 'case', caseId: newId(), caseNumber: '2026031000001' },
    subdistrictId: 'east',
    inChat: true,
    routedAt: db.clock.now(),
    routedEntryId: 'dibao',
    correctEntryId: 'elder-card',
    words: '我叫王桂芳，办老年证',
    ...more,
  });
  const record = (more: Partial<CorrectionDraft> = {}, by = author): Promise<{ id: string }> =>
    db.database.transact((tx) => guidance.record(tx, draft(more), by, db.clock.now()));
  const review = (
    id: string,
    verdict: 'approved' | 'rejected' = 'approved',
    by = other,
    scope: { subdistrictId: string | null } = everywhere,
  ): Promise<unknown> => db.database.transact((tx) => guidance.review(tx, id, scope, verdict, by, db.clock.now()));

  it('keep the words sealed, and show them masked', async () => {
    await record();
    const [row] = await db.database.sql<{ words: Buffer }>('select words from guidance_correction');
    expect(row?.words.toString('utf8')).not.toContain('老年证');
    const { items } = await guidance.list(everywhere, 'pending', 10, null);
    expect(items).toMatchObject([
      { words: '我叫某人，办老年证', routedEntryId: 'dibao', correctEntryId: 'elder-card', state: 'pending' },
    ]);
  });

  it('are reviewed once, by somebody else, within reach', async () => {
    const { id } = await record();
    await expect(review(id, 'approved', author)).rejects.toMatchObject({ code: 'guidance.ownCorrection' });
    await expect(review(id, 'approved', other, { subdistrictId: 'west' })).rejects.toMatchObject({
      code: 'guidance.notFound',
    });
    await expect(review('nonsense')).rejects.toMatchObject({ code: 'guidance.notFound' });
    await expect(review(id)).resolves.toEqual({ id, state: 'approved' });
    await expect(review(id, 'rejected', third)).rejects.toMatchObject({ code: 'guidance.alreadyReviewed' });
  });

  it('cannot be approved by their author behind the service either', async () => {
    const { id } = await record();
    await expect(
      db.database.sql(
        `update guidance_correction set state = 'approved', reviewer_id = author_id, reviewed_at = now() where id = $1`,
        [id],
      ),
    ).rejects.toMatchObject({ constraint: 'guidance_correction_two_people' });
  });

  it('of two officers at once one counts, for a case and for a verdict', async () => {
    const about = draft().about;
    const both = await Promise.allSettled([record({ about }), record({ about }, other)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find((one) => one.status === 'rejected')).toMatchObject({
      reason: { code: 'guidance.alreadyCorrected' },
    });
    const [{ id }] = (await db.database.sql<{ id: string }>('select id from guidance_correction')) as [{ id: string }];
    const verdicts = await Promise.allSettled([review(id, 'approved', third), review(id, 'rejected', newId())]);
    expect(verdicts.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('may be written again once rejected', async () => {
    const about = draft().about;
    const { id } = await record({ about });
    await review(id, 'rejected');
    await expect(record({ about }, other)).resolves.toBeDefined();
  });

  it('must differ from what was routed; a conversation may have been routed nowhere', async () => {
    await expect(record({ correctEntryId: 'dibao' })).rejects.toMatchObject({ code: 'guidance.sameEntry' });
    const about = { kind: 'conversation', handOverId: newId() } as const;
    await expect(record({ about, routedEntryId: null, correctEntryId: null })).rejects.toMatchObject({
      code: 'guidance.sameEntry',
    });
    await expect(record({ about, routedEntryId: null })).resolves.toBeDefined();
  });

  it('are listed page by page within a subdistrict', async () => {
    for (let n = 0; n < 5; n += 1) await record();
    await record({ subdistrictId: 'west' });
    const seen: string[] = [];
    for (let cursor: string | null = null; ;) {
      const page: { items: { id: string }[]; nextCursor: string | null } = await guidance.list(
        { subdistrictId: 'east' },
        'pending',
        2,
        cursor,
      );
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
      if (cursor === null) break;
    }
    expect(seen).toHaveLength(5);
    expect(new Set(seen).size).toBe(5);
    await expect(guidance.list(everywhere, 'pending', 2, 'x')).rejects.toMatchObject({ code: 'request.cursorInvalid' });
  });

  it('count against an entry when approved, in chat, of a case, within the span', async () => {
    const at = db.clock.now();
    const [from, to] = [new Date(at.getTime() - 1000), new Date(at.getTime() + 1000)];
    const approved = async (more: Partial<CorrectionDraft>): Promise<void> => review((await record(more)).id).then();
    await approved({});
    await approved({ inChat: false });
    await approved({ routedAt: to });
    await approved({ about: { kind: 'conversation', handOverId: newId() } });
    await approved({ subdistrictId: 'west' });
    await record();
    const rejected = await record();
    await review(rejected.id, 'rejected');
    const routed = [{ entryId: 'dibao', count: 10 }];
    const { total } = await guidance.accuracy({ subdistrictId: 'east' }, from, to, routed);
    expect(total).toMatchObject({ routed: 10, corrected: 1, pending: 1, accuracy: 0.9 });
    expect((await guidance.accuracy(everywhere, from, to, routed)).total.corrected).toBe(2);
  });

  it('approved become phrasings, masked, without those that mean no entry', async () => {
    await review((await record()).id);
    await review((await record({ correctEntryId: null, words: '今天天气好' })).id);
    await record({ words: '还没有人看过' });
    await expect(guidance.phrasings(everywhere, null)).resolves.toEqual({
      items: [{ id: 'elder-card', phrasings: ['我叫某人，办老年证'] }],
      nextCursor: null,
    });
  });
});
