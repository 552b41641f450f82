import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from '../support/front-door';
import { Phone } from '../support/phone';
import { openProduct, type Product } from '../support/product';
import { newResident, type SignedIn } from '../support/residents';

interface Slot {
  readonly id: string;
  readonly start: string;
  readonly end: string;
  readonly capacity: number;
  readonly free: number;
}

let product: Product;
beforeAll(async () => (product = await openProduct(['api', 'worker'])), 90_000);
afterAll(() => product.close(), 30_000);

async function slotsOf(service: string): Promise<Slot[]> {
  const { status, body, text } = await ask(product.url, 'GET', `/api/v1/services/${service}/slots`);
  expect([status, text.slice(0, 100)]).toEqual([200, expect.any(String)]);
  return body['items'] as Slot[];
}
/** The civil date of a moment in Shanghai. */
const chinaDay = (instant: string): string =>
  new Date(new Date(instant).getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
const call = (who: SignedIn, method: string, path: string, body?: unknown, more: Record<string, string> = {}) =>
  ask(product.url, method, `/api/v1${path}`, { ...who.headers, ...more }, body);

describe('a booking over HTTP', () => {
  it('is made, listed, put into a calendar, checked in, and seen by the clerk', async () => {
    const [me, other] = [await newResident(product), await newResident(product)];
    const slots = await slotsOf('guihua-hall.general');
    expect(slots.length).toBeGreaterThan(100);
    const [slot] = slots;
    expect(slot).toEqual({
      id: expect.stringMatching(/^guihua-hall\.general~\d{12}$/),
      start: expect.stringMatching(/Z$/),
      end: expect.any(String),
      capacity: 6,
      free: 6,
    });
    const made = await call(me, 'POST', '/bookings', { slotId: slot?.id, note: '要轮椅，电话 13812345678' });
    expect([made.status, made.body]).toEqual([
      201,
      expect.objectContaining({
        state: 'booked',
        number: expect.stringMatching(/^Y\d{10}$/),
        party: 1,
        slot: { id: slot?.id, start: slot?.start, end: slot?.end },
      }),
    ]);
    const id = made.body['id'] as string;
    expect((await slotsOf('guihua-hall.social'))[0]).toMatchObject({ start: slot?.start, free: 5 });
    for (const [method, path] of [
      ['GET', `/bookings/${id}`],
      ['DELETE', `/bookings/${id}`],
      ['POST', `/bookings/${id}/check-in`],
      ['GET', `/bookings/${id}/calendar.ics`],
      ['POST', `/bookings/${id}/reschedule`],
    ] as const) {
      const foreign = await call(
        other,
        method,
        path,
        path.endsWith('reschedule') ? { slotId: slots[3]?.id } : undefined,
      );
      expect([path, foreign.status, foreign.body['code']]).toEqual([path, 404, 'booking.notFound']);
    }
    const mine = await call(me, 'GET', '/me/bookings');
    expect(mine.body).toMatchObject({ items: [{ id, note: '要轮椅，电话 13812345678' }], nextCursor: null });
    const calendar = await call(me, 'GET', `/bookings/${id}/calendar.ics`);
    expect([calendar.status, calendar.type]).toEqual([200, 'text/calendar; charset=utf-8']);
    expect(calendar.text).toMatch(/^BEGIN:VCALENDAR\r\n[^]*END:VCALENDAR\r\n$/);
    const clerk = await product.officer('clerk.guihua');
    const today = new Date(new Date(slot?.start ?? '').getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
    const list = await ask(product.url, 'GET', `/api/v1/staff/bookings?place=guihua-hall&on=${today}`, clerk);
    expect(list.body['items']).toEqual([expect.objectContaining({ id, note: '要轮椅，电话 ****' })]);
    const elsewhere = await ask(
      product.url,
      'GET',
      `/api/v1/staff/bookings?place=guihua-hall`,
      await product.officer('clerk.wutong'),
    );
    expect(elsewhere.status).toBe(404);
    const wrong = await call(me, 'POST', `/bookings/${id}/check-in`, { placeId: 'wutong-hall' });
    expect([wrong.status, wrong.body['code']]).toEqual([409, 'booking.wrongPlace']);
    const far = await call(me, 'POST', `/bookings/${id}/check-in`, { spot: { lat: 30.4775, lng: 106.6327 } });
    expect([far.status, far.body['code']]).toEqual([409, 'booking.wrongPlace']);
    const nowhere = await call(me, 'POST', `/bookings/${id}/check-in`, { spot: { lat: 130, lng: 106.6327 } });
    expect([nowhere.status, nowhere.body['code']]).toEqual([400, 'request.invalid']);
    const arrived = await call(me, 'POST', `/bookings/${id}/check-in`, { spot: { lat: 30.4748, lng: 106.633 } });
    expect([arrived.status, arrived.body['state']]).toEqual([200, 'checkedIn']);
    expect((await call(me, 'POST', `/bookings/${id}/check-in`, {})).status).toBe(200);
    const late = await call(me, 'DELETE', `/bookings/${id}`);
    expect([late.status, late.body['code']]).toEqual([409, 'booking.wrongState']);
  });

  it('is one booking for a double click, and for a retry with its key', async () => {
    const me = await newResident(product);
    const slot = (await slotsOf('wutong-hall.general'))[20];
    const clicks = await Promise.all([1, 2].map(() => call(me, 'POST', '/bookings', { slotId: slot?.id })));
    expect(clicks.map((one) => one.status).sort()).toEqual([201, 409]);
    expect(clicks.find((one) => one.status === 409)?.body['code']).toBe('booking.elsewhere');
    const again = await newResident(product);
    const key = { 'idempotency-key': 'lost-answer' };
    const tries = await Promise.all([1, 2, 3].map(() => call(again, 'POST', '/bookings', { slotId: slot?.id }, key)));
    const later = await call(again, 'POST', '/bookings', { slotId: slot?.id }, key);
    expect(new Set([...tries, later].map((one) => `${one.status} ${one.text}`)).size).toBe(1);
    expect((await call(again, 'GET', '/me/bookings')).body['items']).toHaveLength(1);
    const changed = await call(again, 'POST', '/bookings', { slotId: slot?.id, party: 2 }, key);
    expect([changed.status, changed.body['code']]).toEqual([422, 'idempotency.mismatch']);
  });

  it('is refused in the past, on a day that is not open yet, at times nobody serves, and for too many', async () => {
    const me = await newResident(product);
    const cases = [
      ['guihua-hall.general~202001010900', 409, 'booking.slotPassed'],
      ['guihua-hall.general~203001010900', 409, 'booking.beyondHorizon'],
      ['guihua-hall.general~203001010907', 404, 'booking.slotNotFound'],
      ['guihua-hall.svc-psy~203001011230', 404, 'booking.slotNotFound'],
      ['guihua-hall.general~202613010900', 404, 'booking.slotNotFound'],
      ['nowhere.general~203001010900', 404, 'booking.offeringNotFound'],
    ] as const;
    for (const [slotId, status, code] of cases) {
      const refused = await call(me, 'POST', '/bookings', { slotId });
      expect([slotId, refused.status, refused.body['code']]).toEqual([slotId, status, code]);
    }
    const slot = (await slotsOf('guihua-hall.general'))[30];
    const crowd = await call(me, 'POST', '/bookings', { slotId: slot?.id, party: 4 });
    expect([crowd.status, crowd.body['code']]).toEqual([400, 'booking.partyTooLarge']);
    const elder = await call(me, 'POST', '/bookings', {
      slotId: slot?.id,
      onBehalfOf: { name: '李奶奶', consent: false },
    });
    expect(elder.status).toBe(400);
    const agreed = await call(me, 'POST', '/bookings', {
      slotId: slot?.id,
      onBehalfOf: { name: '李奶奶', consent: true },
    });
    expect([agreed.status, agreed.body['onBehalfOf']]).toEqual([201, { name: '李奶奶' }]);
    expect((await call(me, 'POST', '/bookings', { slotId: slot?.id })).status).toBe(201);
    const unknown = await ask(product.url, 'GET', '/api/v1/services/nowhere.general/slots');
    expect([unknown.status, unknown.body['code']]).toEqual([404, 'booking.offeringNotFound']);
  });

  it('is moved in one step, cancelled, and its seat goes to who waited', async () => {
    const slots = await slotsOf('guihua-hall.veterans');
    const [full, free] = [slots[40], slots[41]];
    const [first, second, third, fourth] = await Promise.all([1, 2, 3, 4].map(() => newResident(product)));
    if (!first || !second || !third || !fourth) throw new Error('four residents');
    const booked = await Promise.all(
      [first, second].map((who) => call(who, 'POST', '/bookings', { slotId: full?.id })),
    );
    expect(booked.map((one) => one.status)).toEqual([201, 201]);
    const early = await call(third, 'POST', `/slots/${free?.id ?? ''}/waitlist`);
    expect([early.status, early.body['code']]).toEqual([409, 'booking.notFull']);
    const waits = [
      await call(third, 'POST', `/slots/${full?.id ?? ''}/waitlist`),
      await call(fourth, 'POST', `/slots/${full?.id ?? ''}/waitlist`),
    ];
    expect(waits.map((one) => [one.status, one.body['state'], one.body['ahead']])).toEqual([
      [201, 'waiting', 0],
      [201, 'waiting', 1],
    ]);
    const moved = await call(first, 'POST', `/bookings/${String(booked[0]?.body['id'])}/reschedule`, {
      slotId: free?.id,
    });
    expect([moved.status, moved.body['slot']]).toEqual([200, { id: free?.id, start: free?.start, end: free?.end }]);
    expect((await call(third, 'GET', '/me/waitlist')).body['items']).toEqual([
      expect.objectContaining({ state: 'offered', bookingId: expect.any(String) }),
    ]);
    const taken = await call(third, 'POST', `/waitlist/${String(waits[0]?.body['id'])}/accept`);
    expect([taken.status, taken.body['state']]).toEqual([200, 'booked']);
    const back = await call(first, 'POST', `/bookings/${String(booked[0]?.body['id'])}/reschedule`, {
      slotId: full?.id,
    });
    expect([back.status, back.body['code']]).toEqual([409, 'booking.full']);
    const cancelled = await call(second, 'DELETE', `/bookings/${String(booked[1]?.body['id'])}`);
    expect([cancelled.status, cancelled.body['state']]).toEqual([200, 'cancelled']);
    expect((await call(second, 'DELETE', `/bookings/${String(booked[1]?.body['id'])}`)).status).toBe(200);
    const left = await call(fourth, 'DELETE', `/waitlist/${String(waits[1]?.body['id'])}`);
    expect([left.status, left.body['state']]).toEqual([200, 'left']);
    expect((await slotsOf('guihua-hall.veterans')).find((one) => one.id === full?.id)?.free).toBe(1);
  });

  it('is held while a form is filled in, and confirmed by booking the same time', async () => {
    const [me, other] = [await newResident(product), await newResident(product)];
    const slot = (await slotsOf('wutong-hall.veterans'))[50];
    const held = await call(me, 'POST', '/holds', { slotId: slot?.id, party: 2 });
    expect([held.status, held.body['state'], held.body['heldUntil']]).toEqual([201, 'held', expect.any(String)]);
    expect((await call(other, 'POST', '/bookings', { slotId: slot?.id })).body['code']).toBe('booking.full');
    const done = await call(
      me,
      'POST',
      '/bookings',
      { slotId: slot?.id, party: 2, note: '带孩子' },
      { 'idempotency-key': 'h1' },
    );
    expect([done.status, done.body['id'], done.body['state'], done.body['note']]).toEqual([
      201,
      held.body['id'],
      'booked',
      '带孩子',
    ]);
    expect(
      (await call(me, 'POST', '/bookings', { slotId: slot?.id, party: 2, note: '带孩子' }, { 'idempotency-key': 'h1' }))
        .text,
    ).toBe(done.text);
  });

  it('can be made at a place of the circle', async () => {
    const near = await ask(product.url, 'GET', '/api/v1/circle/places?lat=30.4743&lng=106.6327&bookable=true&limit=5');
    expect(near.status).toBe(200);
    const [service] = (near.body['items'] as { services: { id: string }[] }[])[0]?.services ?? [];
    const slot = (await slotsOf(service?.id ?? ''))[0];
    const made = await call(await newResident(product), 'POST', '/bookings', { slotId: slot?.id });
    expect(made.status).toBe(201);
  });

  it('is looked for near a point and at a wanted time', async () => {
    interface Found {
      readonly id: string;
      readonly services: readonly { readonly id: string; readonly nextFree?: string }[];
    }
    const near = async (more: string): Promise<{ status: number; items: readonly Found[] }> => {
      const path = '/api/v1/circle/places?lat=30.4743&lng=106.6327&service=svc-haircut';
      const { status, body } = await ask(product.url, 'GET', `${path}${more}`);
      return { status, items: (body['items'] ?? []) as Found[] };
    };
    const [first] = (await near('&bookable=true')).items;
    const slots = await slotsOf(first?.services[0]?.id ?? '');
    const slot = slots[30];
    const span = `&freeFrom=${encodeURIComponent(slot?.start ?? '')}&freeTo=${encodeURIComponent(slots[31]?.start ?? '')}`;
    const free = await near(span);
    expect(free.items[0]).toMatchObject({ id: first?.id, services: [{ nextFree: slot?.start }] });
    for (let left = slot?.free ?? 0; left > 0; left -= 1)
      expect((await call(await newResident(product), 'POST', '/bookings', { slotId: slot?.id })).status).toBe(201);
    const others = (await near(span)).items;
    expect(others.map((one) => one.id)).not.toContain(first?.id);
    expect(others.every((one) => one.services.every((each) => each.nextFree === slot?.start))).toBe(true);
    expect((await near('&freeFrom=2020-01-01T09:00:00%2B08:00')).items).toEqual([]);
    const report = await ask(product.url, 'GET', '/api/v1/circle/coverage');
    expect(report.body['unmetSearches']).toContainEqual(
      expect.objectContaining({ sought: 'svc-haircut, bookable, free', count: expect.any(Number) }),
    );
    const file = await ask(product.url, 'GET', '/api/v1/circle/coverage', { accept: 'text/csv' });
    expect(file.text).toMatch(/没找到的搜索,.*svc-haircut（能预约、当时有空位）/);
    for (const wrong of [
      '&freeFrom=2026-03-11T14:00:00',
      '&freeTo=2026-03-11T14:00:00Z',
      `${span}&freeTo=x`,
      '&freeFrom=',
    ])
      expect((await near(wrong)).status).toBe(400);
  });
});

describe('a booking in chat', () => {
  it('begins with a need, is made by a digit, shows under 进度 and is given back', async () => {
    const phone = await Phone.create(product.url);
    await phone.follow();
    const times = await phone.say('想预约党群服务中心的活动室');
    expect(times).toMatch(/最近有空的时间：\n1\. .*\d\d:\d\d—\d\d:\d\d .*（余\d+）/);
    const booked = await phone.say('1');
    const number = /预约编号：(Y\d+)/.exec(booked)?.[1];
    expect(number).toBeDefined();
    const progress = await phone.say('进度');
    expect(progress).toMatch(/您的预约：\n1\. /);
    expect(await phone.say('1')).toContain(`预约编号：${number ?? ''}`);
    expect(await phone.say('取消')).toContain('真的要取消');
    expect(await phone.say('1')).toContain(`预约 ${number ?? ''} 已经取消`);
    expect(await phone.say('进度')).not.toContain('您的预约');
  });

  it('is made near a place that was sent, at the time that was wished for', async () => {
    const phone = await Phone.create(product.url);
    await phone.follow();
    expect(await phone.say('附近哪里能理发')).toContain('发个位置');
    const sent = await phone.push({ type: 'location', lat: 30.4788, lng: 106.6264, label: '丹桂街' });
    const near = sent.reply?.content.text ?? '';
    const places = [...near.matchAll(/\d\d:\d\d—\d\d:\d\d (\S+)（余/g)].map((one) => one[1]);
    expect(new Set(places).size).toBeGreaterThan(1);
    expect(places[0]).toBe('老张理发店');
    const wished = await phone.say('后天下午有吗');
    expect(wished).toMatch(/\d\d:\d\d—\d\d:\d\d 老张理发店/);
    for (const [, hour] of wished.matchAll(/ (\d\d):\d\d—/g)) expect(Number(hour)).toBeGreaterThanOrEqual(12);
    expect(await phone.say('1')).toMatch(/预约好了[^]*老张理发店/);
  });

  it('tells who waited of a seat, who takes it by 「预约」', async () => {
    const [holder, waiting] = [await newResident(product), await newResident(product)];
    await waiting.phone.follow();
    await waiting.phone.say('你好');
    const slots = await slotsOf('guihua-hall.svc-psy');
    const slot = slots.at(-1);
    const made = await call(holder, 'POST', '/bookings', { slotId: slot?.id, party: 2 });
    expect(made.status).toBe(201);
    expect((await call(waiting, 'POST', `/slots/${slot?.id ?? ''}/waitlist`)).status).toBe(201);
    await call(holder, 'DELETE', `/bookings/${String(made.body['id'])}`);
    expect((await call(waiting, 'GET', '/me/waitlist')).body['items']).toEqual([
      expect.objectContaining({ state: 'offered' }),
    ]);
    await waiting.phone.waitFor(/有空位了/);
    expect(await waiting.phone.say('预约')).toMatch(/预约好了[^]*预约编号：Y\d+/);
  });

  it('is moved in one step, and checked in where the resident is', async () => {
    await product.db.database.sql(
      `update booking_desk set policy = policy || '{"checkInMinutesBefore": 20160}', revision = revision + 1`,
    );
    // Desks are remembered for five seconds.
    await sleep(5_100);
    const phone = await Phone.create(product.url);
    await phone.follow();
    await phone.say('想预约党群服务中心的活动室');
    const number = /预约编号：(Y\d+)/.exec(await phone.say('1'))?.[1] ?? '';
    const times = await phone.say('改期');
    const second = /\n2\. .*?）(\d\d:\d\d—\d\d:\d\d)/.exec(times)?.[1];
    const moved = await phone.say('2');
    expect(moved).toContain(`预约编号：${number}（没有变）`);
    expect(moved).toContain(second);
    const { phone: stranger } = await newResident(product);
    await stranger.follow();
    expect(await stranger.say('签到')).toContain('位置发给我');
    const nobody = await stranger.push({ type: 'location', lat: 30.4748, lng: 106.633, label: '' });
    expect(nobody.reply?.content.text).toContain('没有找到这个预约');
    expect(await phone.say('签到')).toContain('位置发给我');
    const far = await phone.push({ type: 'location', lat: 30.4948, lng: 106.653, label: '' });
    expect(far.reply?.content.text).toContain('不在这里办理');
    const [place] = await product.db.database.sql<{ lat: number; lng: number }>(
      `select coalesce(h.lat, c.lat) as lat, coalesce(h.lng, c.lng) as lng from booking_booking b
         join booking_desk d on d.id = b.desk_id left join directory_hall h on h.id = d.place_id
         left join circle_place c on c.id = d.place_id where b.number = $1`,
      [number],
    );
    await phone.say('签到');
    const here = await phone.push({ type: 'location', lat: place!.lat, lng: place!.lng + 0.001, label: '' });
    expect(here.reply?.content.text).toContain('签到好了');
    const [kept] = await product.db.database.sql<{ state: string; events: number }>(
      `select b.state, (select count(*)::int from platform_outbox o where o.type = 'booking.checkedIn'
         and o.payload ->> 'bookingId' = b.id::text) as events from booking_booking b where b.number = $1`,
      [number],
    );
    expect(kept).toEqual({ state: 'checkedIn', events: 1 });
  }, 60_000);

  it('is made for two, and for a mother who agreed, in her name', async () => {
    const phone = await Phone.create(product.url);
    await phone.follow();
    await phone.say('想预约党群服务中心的活动室');
    expect(await phone.say('100个人')).toContain('人数超出');
    await phone.say('想预约党群服务中心的活动室');
    expect(await phone.say('两个人')).toContain('最近有空的时间');
    expect(await phone.say('替我妈约')).toContain('姓名');
    expect(await phone.say('王桂芳')).toContain('王桂芳本人同意');
    expect(await phone.say('1')).toContain('替王桂芳约');
    const number = /预约编号：(Y\d+)/.exec(await phone.say('3'))?.[1];
    const [kept] = await product.db.database.sql(
      `select party, on_behalf, person <> resident_id as another, position('王桂芳' in encode(words, 'escape')) as plain
       from booking_booking where number = $1`,
      [number],
    );
    expect(kept).toEqual({ party: 2, on_behalf: true, another: true, plain: 0 });
  }, 30_000);

  it('is waited for where all is full, or given up', async () => {
    const phone = await Phone.create(product.url);
    await phone.follow();
    expect(await phone.say('想预约心理咨询')).toContain('最近有空的时间');
    const day = chinaDay(new Date(Date.now() + 26 * 3_600_000).toISOString());
    const offered = await product.db.database.sql<{ id: string; desk_id: string }>(
      `select id, desk_id from booking_offering where service_id = 'svc-psy' and active`,
    );
    for (const { id, desk_id } of offered) {
      const slots = (await slotsOf(id)).filter((one) => chinaDay(one.start) === day);
      await product.db.database.sql(
        `insert into booking_slot (desk_id, starts_at, ends_at, capacity, taken)
         select $1, *, 1, 1 from unnest($2::timestamptz[], $3::timestamptz[])
         on conflict (desk_id, starts_at) do update set taken = booking_slot.capacity`,
        [desk_id, slots.map((one) => one.start), slots.map((one) => one.end)],
      );
    }
    const times = await phone.say(`${Number(day.slice(5, 7))}月${Number(day.slice(8))}日有吗`);
    const line = /\n(\d+)\. 排队等/.exec(times)?.[1];
    expect([times, line]).toEqual([expect.stringContaining('您要的时间没有空位了'), expect.any(String)]);
    expect(await phone.say(line ?? '')).toMatch(/排上队了，您排在第一位/);
    expect(await phone.say('进度')).toMatch(/排队等空位：\n· 心理咨询/);
    expect(await phone.say('不排了')).toContain('不等「心理咨询');
    expect(await phone.say('不排了')).toContain('没有在排队');
    const waits = await product.db.database.sql<{ state: string }>(
      `select state from booking_wait where starts_at::date >= $1::date - 1 and offering_id like '%svc-psy'
       order by joined_at desc limit 1`,
      [day],
    );
    expect(waits).toEqual([{ state: 'left' }]);
  }, 60_000);
});
