import { Test } from '@nestjs/testing';
import { newId } from '@linli/kernel';
import type { Grade } from '@linli/contracts';
import type { Tx } from '@linli/platform';
import { testDatabase, type TestDatabase } from '@linli/testing';
import { RatingAsking } from './asking/rating-asking.service';
import { RatingCallbacks } from './links/callbacks.service';
import { RatingLinks } from './links/rating-links.service';
import type { RatingDraft } from './rating';
import { OverdueAlarms1780000060320 } from './overdue-alarms.migration';
import { RatingCare1780000030000 } from './rating-care.migration';
import { Rating1780000005000 } from './rating.migration';
import { RatingModule } from './rating.module';
import { RatingService } from './rating.service';
import type { Asker } from './reach';
import { ExclusionStore } from './review/exclusion.store';
import { RatingReview } from './review/rating-review.service';
import { sampleOfficer, samplePlatform, sampleService } from './samples.module';
import type { ServiceEvent } from './service-event';

const served = new Date('2026-03-10T02:00:00Z');
const minutes = (count: number): Date => new Date(served.getTime() + count * 60_000);

let db: TestDatabase;
let ratings: RatingService;
let links: RatingLinks;
let callbacks: RatingCallbacks;
let review: RatingReview;
let exclusions: ExclusionStore;
let asking: RatingAsking;
let residentId: string;
let clerk: Asker;

beforeAll(async () => {
  db = await testDatabase({
    rows: [],
    migrations: [Rating1780000005000, RatingCare1780000030000, OverdueAlarms1780000060320],
  });
  const rooms = await Test.createTestingModule({ imports: [samplePlatform(db), RatingModule] }).compile();
  ratings = rooms.get(RatingService);
  links = rooms.get(RatingLinks);
  callbacks = rooms.get(RatingCallbacks);
  review = rooms.get(RatingReview);
  exclusions = rooms.get(ExclusionStore);
  asking = rooms.get(RatingAsking);
});
afterAll(() => db.close());
beforeEach(async () => {
  residentId = newId();
  clerk = sampleOfficer();
  await db.database.sql(
    'truncate rating_service_event, platform_outbox, platform_audit, rating_staff_resident cascade',
  );
  await db.database.sql(`update rating_head set seq = 0, mac = decode(repeat('00', 32), 'hex')`);
});

const write = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => db.database.transact(work);
const open = (more: Partial<ServiceEvent> = {}): Promise<string> =>
  write((tx) => ratings.openServiceEvent(tx, sampleService({ residentId, ...more })));
const rate = (serviceEventId: string, more: Partial<RatingDraft> = {}, now = minutes(60), who = residentId) =>
  write((tx) =>
    ratings.rate(tx, { residentId: who }, { serviceEventId, grade: 'satisfied', channel: 'api', ...more }, now),
  );
const events = (type: string): Promise<{ payload: Record<string, unknown> }[]> =>
  db.database.sql('select payload from platform_outbox where type = $1 order by id', [type]);
const examined = async (ratingId: string): Promise<void> => write((tx) => review.examine(tx, ratingId, minutes(90)));
const flagged = (): Promise<{ kind: string; count: number }[]> =>
  db.database.sql('select kind, count(*)::int as count from rating_flag group by kind order by kind');

describe('services of one case', () => {
  it('are each rated once, and told apart by kind', async () => {
    const caseId = newId();
    const accepted = await open({ kind: 'applicationAccepted', caseId });
    const closed = await open({ kind: 'caseClosed', caseId, at: minutes(1) });
    expect(await open({ kind: 'applicationAccepted', caseId })).toBe(accepted);
    expect((await events('rating.requested')).map(({ payload }) => payload['kind'])).toEqual([
      'applicationAccepted',
      'caseClosed',
    ]);
    await rate(accepted);
    await rate(closed, { grade: 'fairlySatisfied' });
    await expect(rate(accepted)).rejects.toMatchObject({ code: 'rating.alreadyGiven' });
    await expect(rate(await open(), {}, minutes(60), newId())).rejects.toMatchObject({ code: 'rating.notFound' });
  });

  it('are asked about when they end a matter, by day, once, and reminded of once', async () => {
    const night = new Date('2026-03-10T13:00:00Z');
    const morning = new Date('2026-03-11T00:00:00Z');
    const plan = (id: string, kind: ServiceEvent['kind'], now: Date): Promise<boolean> =>
      write((tx) => asking.plan(tx, id, kind, now, now));
    expect(await plan(await open({ kind: 'correction' }), 'correction', served)).toBe(false);
    const byDay = await open();
    expect([await plan(byDay, 'caseClosed', served), await plan(byDay, 'caseClosed', served)]).toEqual([true, false]);
    await rate(byDay);
    const id = await open({ at: night });
    expect(await plan(id, 'caseClosed', night)).toBe(false);
    const due = (now: Date) => write((tx) => asking.claimDue(tx, now));
    const remind = (now: Date) => write((tx) => asking.claimReminder(tx, now));
    expect(await due(night)).toBeNull();
    const both = await Promise.all([due(morning), due(morning)]);
    expect(both.filter((one) => one !== null)).toEqual([
      { serviceEventId: id, residentId, subject: '高龄津贴申领', caseNumber: '2600000017' },
    ]);
    expect(await remind(new Date('2026-03-13T23:59:59Z'))).toBeNull();
    expect(await remind(new Date('2026-03-14T00:00:00Z'))).toMatchObject({ serviceEventId: id });
    expect(await remind(new Date('2026-03-15T01:00:00Z'))).toBeNull();
  });

  it('are not reminded of once they are rated', async () => {
    const id = await open();
    await write((tx) => asking.plan(tx, id, 'caseClosed', served, served));
    await rate(id);
    expect(await write((tx) => asking.claimReminder(tx, new Date('2026-03-20T02:00:00Z')))).toBeNull();
  });
});

describe('a link', () => {
  const issue = (number = '2600000017', by = clerk, now = minutes(5)) =>
    write((tx) => links.issue(tx, number, by, { via: 'windowQr', device: 'desk' }, now));
  const byLink = (token: string, now = minutes(10), grade: Grade = 'satisfied', device = 'phone') =>
    write((tx) => links.rate(tx, token, { grade, options: ['kind'], anonymous: false, device }, now));

  it('shows what is rated, masked, and rates it once', async () => {
    const id = await open();
    const { token, expiresAt } = await issue();
    expect(token).toMatch(/^[\w-]{71}$/);
    expect(expiresAt).toEqual(minutes(125));
    const shown = await links.open(token, minutes(10));
    expect(shown).toMatchObject({ subject: '高龄津贴申领', caseNumber: '…0017', department: '区民政局' });
    expect(JSON.stringify(shown)).not.toContain(residentId);
    const given = await byLink(token);
    expect(await ratings.ofServiceEvent(id, residentId)).toMatchObject({ id: given.id, grade: 'satisfied' });
    const [kept] = await db.database.sql('select via, source, resident_id from rating_given');
    expect(kept).toEqual({ via: 'windowQr', source: 'resident', resident_id: residentId });
    await expect(byLink(token)).rejects.toMatchObject({ code: 'rating.linkUsed' });
    await expect(links.open(token, minutes(10))).rejects.toMatchObject({ code: 'rating.linkUsed' });
  });

  it('used twice at the same moment rates once', async () => {
    await open();
    const { token } = await issue();
    const both = await Promise.allSettled([byLink(token), byLink(token, minutes(10), 'verySatisfied')]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'rating.linkUsed' } });
  });

  it('stays whole when its rating is refused', async () => {
    await open();
    const { token } = await issue();
    const wrong = write((tx) =>
      links.rate(tx, token, { grade: 'satisfied', options: ['no'], anonymous: false }, minutes(9)),
    );
    await expect(wrong).rejects.toMatchObject({ code: 'request.invalid' });
    await byLink(token);
  });

  it('is refused when expired, forged, altered, or signed elsewhere', async () => {
    await open();
    const { token } = await issue();
    await expect(byLink(token, minutes(125))).rejects.toMatchObject({ code: 'rating.linkExpired' });
    const bytes = Buffer.from(token, 'base64url');
    for (const at of [0, 5, 20, 34, bytes.length - 1]) {
      const altered = Buffer.from(bytes);
      altered[at] = (altered[at] ?? 0) ^ 1;
      await expect(byLink(altered.toString('base64url'))).rejects.toMatchObject({ code: 'rating.linkInvalid' });
    }
    for (const none of ['', 'x', 'A'.repeat(71), `${token}A`, token.slice(0, -1)])
      await expect(links.open(none, minutes(10))).rejects.toMatchObject({ code: 'rating.linkInvalid' });
    expect(await db.database.sql('select 1 from rating_given')).toEqual([]);
  });

  it('is issued only for a service within reach that awaits its rating', async () => {
    const id = await open();
    const elsewhere = sampleOfficer('clerk', { subdistrictId: 's2' });
    await expect(issue('2600000017', elsewhere)).rejects.toMatchObject({ code: 'rating.notFound' });
    await expect(issue('2699999999')).rejects.toMatchObject({ code: 'rating.notFound' });
    await rate(id);
    await expect(issue()).rejects.toMatchObject({ code: 'rating.alreadyGiven' });
  });

  it('used on the desk that issued it is looked at as self-dealing', async () => {
    await open();
    const { token } = await issue();
    const { id } = await byLink(token, minutes(6), 'verySatisfied', 'desk');
    await examined(id);
    expect(await flagged()).toEqual([{ kind: 'selfDealing', count: 1 }]);
  });
});

describe('an officer', () => {
  const bind = (departmentId: string | null, subdistrictId: string | null, officerId = newId()): Promise<void> =>
    write((tx) => review.bindStaff(tx, { residentId, officerId, departmentId, subdistrictId }, newId(), minutes(1)));

  it.each([
    ['their department', 'civil', null],
    ['their subdistrict', null, 's1'],
  ])('does not rate a service of %s as a resident', async (_, departmentId, subdistrictId) => {
    await bind(departmentId, subdistrictId);
    await expect(rate(await open())).rejects.toMatchObject({ code: 'rating.ownService' });
    expect(await db.database.sql('select 1 from rating_given')).toEqual([]);
  });

  it('rates the services of others like anybody', async () => {
    await bind('urban', 's2');
    await rate(await open());
  });

  it('does not rate what they did themselves, whatever their unit', async () => {
    const officerId = newId();
    await bind(null, null, officerId);
    await expect(rate(await open({ officerId }))).rejects.toMatchObject({ code: 'rating.ownService' });
  });

  it('who rated their unit before it was known is looked at', async () => {
    await rate(await open(), { grade: 'verySatisfied' });
    await bind('civil', null);
    expect(await flagged()).toEqual([{ kind: 'selfDealing', count: 1 }]);
  });
});

describe('suspicious ratings', () => {
  const many = async (count: number, of: (index: number) => Partial<RatingDraft>, gap = 1): Promise<string[]> => {
    const ids: string[] = [];
    for (let index = 0; index < count; index += 1) {
      const who = newId();
      const event = await open({ residentId: who, caseNumber: `26000001${index}` });
      ids.push((await rate(event, of(index), minutes(60 + index * gap), who)).id);
    }
    return ids;
  };

  it('from one device in a burst are all flagged, and still count', async () => {
    const ids = await many(6, () => ({ device: '10.0.0.1\nphone' }));
    await examined(ids.at(-2) ?? '');
    expect(await flagged()).toEqual([]);
    await examined(ids.at(-1) ?? '');
    await examined(ids.at(-1) ?? '');
    expect(await flagged()).toEqual([{ kind: 'burst', count: 6 }]);
    expect(await events('rating.excluded')).toEqual([]);
    const [row] = await db.database.sql<{ device: Buffer }>('select device from rating_given limit 1');
    expect(row?.device.toString('utf8')).not.toContain('10.0.0.1');
  });

  it('from the tablet of a hall, or spread over the day, are not a burst', async () => {
    const tablet = await many(7, () => ({ device: 'tablet', via: 'hallTablet' }));
    const spread = await many(7, () => ({ device: 'phone' }), 11);
    await examined(tablet.at(-1) ?? '');
    await examined(spread.at(-1) ?? '');
    expect(await flagged()).toEqual([]);
  });

  it('in the same words are copies', async () => {
    const words = ['服务特别好，点赞！', '服务特别好 点赞', '服务特别好点赞'];
    const ids = await many(3, (index) => ({ text: words[index] ?? '' }));
    await examined(ids.at(-1) ?? '');
    expect(await flagged()).toEqual([{ kind: 'copy', count: 3 }]);
  });

  it('are left out only when somebody decides so, with a reason, once, and can be restored by another', async () => {
    const ids = await many(3, () => ({ text: '服务特别好，点赞！' }));
    await examined(ids.at(-1) ?? '');
    const supervisor = sampleOfficer('supervisor', { subdistrictId: null });
    const page = await review.list(supervisor, true, 2, null);
    expect([page.items.length, page.items[0]?.text]).toEqual([2, '服务特别好，点赞！']);
    expect((await review.list(supervisor, true, 2, page.nextCursor)).items).toHaveLength(1);
    expect((await review.list(sampleOfficer('supervisor', { subdistrictId: 's2' }), true, 9, null)).items).toEqual([]);
    const flag = page.items[0]?.id ?? '';
    const decide = (by: Asker, reason = '同一句话') =>
      write((tx) => review.decide(tx, flag, by, 'exclude', reason, minutes(100)));
    await expect(decide(supervisor, ' ')).rejects.toMatchObject({ code: 'rating.invalid' });
    await decide(supervisor);
    await expect(decide(supervisor)).rejects.toMatchObject({ code: 'rating.flagDecided' });
    expect((await events('rating.excluded')).map(({ payload }) => payload['reasonCode'])).toEqual(['copy']);
    const [listed] = (await exclusions.list(5, null)).items;
    expect(listed).toMatchObject({ reasonCode: 'copy', department: '区民政局', restoredAt: null });
    const restore = (by: Asker) => write((tx) => review.restore(tx, listed?.id ?? '', by, '查明不是', minutes(200)));
    await expect(restore(supervisor)).rejects.toMatchObject({ code: 'rating.samePerson' });
    await restore(sampleOfficer('admin', { subdistrictId: null }));
    expect(await events('rating.restored')).toHaveLength(1);
    expect((await exclusions.list(5, null)).items[0]?.restoredAt).toEqual(minutes(200));
  });
});

describe('a call back', () => {
  const note = (grade: Grade = 'satisfied', by = clerk) =>
    write((tx) =>
      callbacks.record(tx, '2600000017', by, { grade, calledAt: minutes(30), seconds: 90, said: '还行' }, minutes(60)),
    );

  it('is a figure of its own, and never stands in the way of the resident', async () => {
    const id = await open();
    await note();
    await expect(note()).rejects.toMatchObject({ code: 'rating.proxyGiven' });
    expect(await ratings.ofServiceEvent(id, residentId)).toBeNull();
    await rate(id, { grade: 'veryDissatisfied' });
    const everywhere = sampleOfficer('admin', { subdistrictId: null });
    const counted = await callbacks.figures(everywhere, '2026-03');
    expect(counted.map(({ source, grade, count }) => [source, grade, count])).toEqual([
      ['callbackProxy', 'satisfied', 1],
      ['resident', 'veryDissatisfied', 1],
    ]);
    expect(await events('rating.given')).toHaveLength(1);
    expect(await events('rating.proxied')).toHaveLength(1);
  });

  it('is refused where the resident has rated, and out of reach', async () => {
    await rate(await open());
    await expect(note()).rejects.toMatchObject({ code: 'rating.alreadyGiven' });
    const other = sampleOfficer('clerk', { subdistrictId: 's2' });
    await expect(note('satisfied', other)).rejects.toMatchObject({ code: 'rating.notFound' });
  });
});

describe('the chain', () => {
  const damage = (sql: string): Promise<void> =>
    write(async (tx) => {
      await tx.sql('set local session_replication_role = replica');
      await tx.sql(sql);
    });
  const broken = expect.stringContaining('the chain of ratings is broken');

  beforeEach(async () => {
    for (const grade of ['satisfied', 'veryDissatisfied', 'verySatisfied'] as const)
      await rate(await open(), { grade });
    expect(await ratings.seal()).toBe(3);
    expect(await ratings.seal()).toBe(0);
  });

  it('holds when nothing was touched, when more is rated, and when one person is joined with another', async () => {
    await rate(await open());
    expect(await ratings.checkIntegrity()).toEqual([]);
    await write((tx) => ratings.moveResident(tx, residentId, newId()));
    expect(await ratings.seal()).toBe(1);
    expect(await ratings.checkIntegrity()).toEqual([]);
  });

  it.each([
    [`delete from rating_given where grade = 'veryDissatisfied'`],
    [`update rating_given set grade = 'verySatisfied' where grade = 'veryDissatisfied'`],
    [`delete from rating_given where seq = (select max(seq) from rating_given)`],
    [`update rating_given set at = at + interval '1 day' where seq = 2`],
    [`delete from rating_given`],
    [`update rating_given set seq = null, mac = null where seq = 3`],
  ])('finds "%s"', async (sql) => {
    await damage(sql);
    expect(await ratings.checkIntegrity()).toContainEqual(broken);
  });

  it('finds a bad rating that was deleted with every trace of it', async () => {
    await damage(`delete from rating_rectification`);
    await damage(`delete from rating_service_event where id in
      (select service_event_id from rating_given where grade = 'veryDissatisfied')`);
    await damage(`delete from rating_given where grade = 'veryDissatisfied'`);
    expect(await ratings.checkIntegrity()).toEqual([broken]);
  });

  it('is sealed by one of two who try at once', async () => {
    await rate(await open());
    const sealed = await Promise.all([ratings.seal(), ratings.seal()]);
    expect(sealed.sort()).toEqual([0, 1]);
    expect(await ratings.checkIntegrity()).toEqual([]);
  });
});
