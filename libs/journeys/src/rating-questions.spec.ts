import { type DynamicModule, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { EventOf, ServiceKind } from '@linli/contracts';
import { DialogueModule } from '@linli/dialogue';
import { DirectoryModule, ResidentStore } from '@linli/directory';
import { newId } from '@linli/kernel';
import { NotificationModule } from '@linli/notification';
import { CALENDAR, Clock, CONFIG, Database, FieldCipher, KEYS, loadCalendar, type Tx } from '@linli/platform';
import { RatingModule, RatingService } from '@linli/rating';
import { testDatabase, type TestDatabase } from '@linli/testing';
import { RatingQuestions } from './rating-questions';
import { schema } from './schema';

/** 21:00 in Shanghai, on Tuesday 10 March 2026. */
const evening = new Date('2026-03-10T13:00:00Z');
const morning = new Date('2026-03-11T00:00:00Z');

@Module({})
class Platform {
  static of({ database, cipher, clock, keys }: TestDatabase): DynamicModule {
    const values = [
      [Database, database],
      [FieldCipher, cipher],
      [Clock, clock],
      [KEYS, keys],
      [CALENDAR, loadCalendar()],
      [CONFIG, { seed: 'none' }],
    ] as const;
    return {
      module: Platform,
      global: true,
      providers: values.map(([provide, useValue]) => ({ provide, useValue })),
      exports: values.map(([token]) => token),
    };
  }
}

describe('the question for a rating', () => {
  let db: TestDatabase;
  let questions: RatingQuestions;
  let ratings: RatingService;
  let residents: ResidentStore;

  beforeAll(async () => {
    db = await testDatabase(schema);
    const rooms = await Test.createTestingModule({
      imports: [Platform.of(db), DirectoryModule, DialogueModule, NotificationModule, RatingModule],
      providers: [RatingQuestions],
    }).compile();
    questions = rooms.get(RatingQuestions);
    ratings = rooms.get(RatingService);
    residents = rooms.get(ResidentStore);
  }, 60_000);
  afterAll(() => db.close());

  const write = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => db.database.transact(work);
  const spoke = (subject: string, at: Date): Promise<string> =>
    write((tx) => residents.residentOf(tx, 'wechatOfficial', subject, 'message', at));
  const asked = async (residentId: string): Promise<number> =>
    (await db.database.sql('select 1 from notification_delivery where resident_id = $1', [residentId])).length;

  async function served(residentId: string, kind: ServiceKind, at: Date): Promise<string> {
    db.clock.set(at);
    const where = { department: { id: 'civil', name: '区民政局' }, subdistrictId: 's1', officerId: null };
    const about = { subject: '高龄津贴申领', caseId: newId(), caseNumber: '2600000017' };
    await write((tx) => ratings.openServiceEvent(tx, { kind, residentId, ...about, ...where, at }));
    const [event] = await db.database.sql<EventOf<'rating.requested'>>(
      `select id, type, at, payload from platform_outbox where type = 'rating.requested' order by id desc limit 1`,
    );
    if (!event) throw new Error('no rating was requested');
    await write((tx) => questions.ask(tx, event));
    await write((tx) => questions.ask(tx, event));
    return event.payload.serviceEventId;
  }

  async function roundAt(now: Date): Promise<void> {
    db.clock.set(now);
    await questions.round();
  }

  it('waits for the morning, comes once, and is repeated once while the resident can be reached', async () => {
    const residentId = await spoke('openid-a', evening);
    await served(residentId, 'caseClosed', evening);
    expect(await asked(residentId)).toBe(0);
    await roundAt(new Date('2026-03-10T23:59:59Z'));
    expect(await asked(residentId)).toBe(0);
    await roundAt(morning);
    await roundAt(morning);
    expect(await asked(residentId)).toBe(1);
    await spoke('openid-a', new Date('2026-03-13T00:00:00Z'));
    for (const day of [14, 17, 20]) await roundAt(new Date(`2026-03-${day}T01:00:00Z`));
    expect(await asked(residentId)).toBe(2);
  });

  it('is not repeated to one who has been silent for two days, nor after a rating', async () => {
    const silent = await spoke('openid-b', morning);
    await served(silent, 'caseClosed', morning);
    const rated = await spoke('openid-c', morning);
    const serviceEventId = await served(rated, 'caseClosed', morning);
    expect([await asked(silent), await asked(rated)]).toEqual([1, 1]);
    await write((tx) =>
      ratings.rate(tx, { residentId: rated }, { serviceEventId, grade: 'satisfied', channel: 'api' }, morning),
    );
    await spoke('openid-c', new Date('2026-03-14T00:00:00Z'));
    await roundAt(new Date('2026-03-14T01:00:00Z'));
    expect([await asked(silent), await asked(rated)]).toEqual([1, 1]);
  });

  it('comes an hour after a kept booking, and never for a step on the way', async () => {
    const residentId = await spoke('openid-d', morning);
    await served(residentId, 'applicationAccepted', morning);
    await served(residentId, 'correction', morning);
    await served(residentId, 'bookingKept', morning);
    await roundAt(new Date('2026-03-11T00:59:59Z'));
    expect(await asked(residentId)).toBe(0);
    await roundAt(new Date('2026-03-11T01:00:00Z'));
    expect(await asked(residentId)).toBe(1);
  });
});
