import type { Intent, Outcome } from '@linli/contracts';
import { isForOther, partyIn } from './booking-for';
import { newConversation } from './conversation';
import { hearOnce, performed, play } from './play';
import { sampleBooking, sampleSlots, sampleWait, sampleWorld } from './samples';

const world = sampleWorld({ isBookable: () => true });
const other = sampleSlots[2]!;
const full = { ...other, free: 0 };
const id = sampleBooking().id;
const refusing = (code: 'booking.full' | 'booking.wrongPlace') => (): Outcome => ({
  kind: 'refused',
  code,
  words: `${code} 的话。`,
  errors: [],
});
const listed = (more: Partial<Extract<Outcome, { kind: 'slots' }>>) => (intent: Intent) =>
  intent.kind === 'listSlots'
    ? ({ kind: 'slots', serviceId: intent.serviceId, items: sampleSlots, ...more } as Outcome)
    : performed(intent);
const point = { kind: 'location', lat: 30.4743, lng: 106.6327, label: '' } as const;

describe('改期 by text', () => {
  it('shows other times of a booking, a digit moves it, and the number stays', () => {
    const { script, intents, conversation } = play(['老人吃饭的食堂', '1', '改期', '3'], { world });
    expect(script).toContain('现在约的是3月10日（周二）11:00—11:30，可以改到：\n1. ');
    expect(script).toContain('4. 不改了');
    expect(script).toMatch(/改好了。[^]*预约编号：Y2600000423（没有变）/);
    expect(intents.slice(2)).toEqual([
      { kind: 'listMoves', id },
      { kind: 'moveBooking', id, slotId: other.slotId },
    ]);
    expect(conversation.mode.kind).toBe('bookingOpen');
  });

  it('takes a wished-for time, leaves all as it was, and says so when the time was lost', () => {
    const moving = play(['老人吃饭的食堂', '1', '改期'], { world }).conversation;
    expect(hearOnce(moving, '明天上午', world).asked).toEqual({
      kind: 'listMoves',
      id,
      within: { from: new Date('2026-03-10T16:00:00Z'), to: new Date('2026-03-11T04:00:00Z') },
    });
    for (const no of ['不改了', '4', '取消', '返回']) {
      const { asked, replies } = hearOnce(moving, no, world);
      expect([no, asked, replies[0]]).toEqual([no, null, expect.stringContaining('还是原来的时间')]);
    }
    const lost = hearOnce(moving, '1', world, refusing('booking.full'));
    expect(lost.replies[0]).toContain('您原来的预约还在');
    const none = hearOnce(moving, '明天上午', world, () => ({ kind: 'moves', booking: sampleBooking(), items: [] }));
    expect([none.replies[0], none.conversation.mode.kind]).toEqual([
      expect.stringContaining('没有别的空位'),
      'bookingOpen',
    ]);
  });

  it('with nothing on view begins with the list of bookings', () => {
    const perform = (intent: Intent): Outcome =>
      intent.kind === 'listCases'
        ? { kind: 'cases', items: [], more: false, bookings: [sampleBooking()] }
        : performed(intent);
    expect(play(['改期', '1', '改期'], { world, perform }).intents.map((one) => one.kind)).toEqual([
      'listCases',
      'listMoves',
    ]);
  });
});

describe('候补 by text', () => {
  it('is offered behind the free times, and by the loss of one', () => {
    const perform = listed({ missed: true, full: [full] });
    const { conversation, script } = play(['明天上午老人吃饭的食堂'], { world, perform });
    expect(script).toContain('4. 排队等3月11日（周三）11:00的空位 书院社区长者食堂\n5. 先不约');
    const queued = hearOnce(conversation, '4', world);
    expect(queued.asked).toEqual({ kind: 'joinWaitlist', slotId: full.slotId });
    expect(queued.replies[0]).toMatch(/排上队了，您前面还有2位[^]*回复「预约」确认/);
    expect(hearOnce(queued.conversation, '取消', world).asked).toEqual({ kind: 'leaveWaitlist', id: sampleWait().id });
    const lost = hearOnce(conversation, '2', world, refusing('booking.full'));
    expect(lost.replies[0]).toMatch(/刚刚被别人约走[^]*1\. 排队等/);
    expect(hearOnce(lost.conversation, '1', world).asked).toEqual({
      kind: 'joinWaitlist',
      slotId: sampleSlots[1]!.slotId,
    });
    expect(hearOnce(lost.conversation, '2', world).asked).toEqual({ kind: 'listSlots', serviceId: 'svc-meal' });
    expect(hearOnce(lost.conversation, '3', world).asked).toBeNull();
    expect(hearOnce(lost.conversation, '楼下路灯不亮', world).conversation.mode.kind).toBe('reporting');
  });

  it('is all there is when every time is full, and stands under 进度', () => {
    const only = hearOnce(newConversation(), '老人吃饭的食堂', world, listed({ items: [], full: [full] }));
    expect(only.replies[0]).toMatch(/都约满了，可以排队[^]*1\. 排队等/);
    const perform = (): Outcome => ({ kind: 'cases', items: [], more: false, bookings: [], waits: [sampleWait()] });
    expect(hearOnce(newConversation(), '进度', world, perform).replies[0]).toMatch(
      /排队等空位：\n· 老年助餐.*11:00（您前面还有2位）/,
    );
    const left = hearOnce(newConversation(), '不排了', world);
    expect([left.asked, left.replies[0]]).toEqual([{ kind: 'leaveWaitlist' }, expect.stringContaining('不等')]);
    const none = hearOnce(newConversation(), '取消候补', world, () => ({ kind: 'leftWaitlist', wait: null }));
    expect(none.replies[0]).toContain('没有在排队');
  });
});

describe('签到 by text', () => {
  it('asks where one is, takes the place, and keeps nothing of it', () => {
    const asked = hearOnce(newConversation(), '签到', world);
    expect([asked.conversation.mode.kind, asked.replies[0]]).toEqual([
      'arriving',
      expect.stringContaining('位置发给我'),
    ]);
    const here = hearOnce(asked.conversation, point, world);
    expect(here.asked).toEqual({ kind: 'arrive', spot: { lat: 30.4743, lng: 106.6327 } });
    expect(here.replies[0]).toMatch(/签到好了[^]*书院社区长者食堂/);
    expect(JSON.stringify(here.conversation)).not.toContain('30.4743');
    const nowhere = hearOnce(asked.conversation, { ...point, lat: Number.NaN }, world);
    expect([nowhere.asked, nowhere.conversation.mode.kind]).toEqual([null, 'arriving']);
    const far = hearOnce(asked.conversation, point, world, refusing('booking.wrongPlace'));
    expect([far.conversation.mode.kind, far.replies[0]]).toEqual(['idle', expect.stringContaining('的话')]);
  });

  it('takes the place sent a moment ago, and the code at the place, also from who follows by it', () => {
    const sent = hearOnce(newConversation(), point, world).conversation;
    expect(hearOnce(sent, '签到', world).asked).toEqual({ kind: 'arrive', spot: { lat: 30.4743, lng: 106.6327 } });
    for (const kind of ['scan', 'follow'] as const) {
      const scanned = hearOnce(newConversation(), { kind, scene: 'arrive.guihua-hall' }, world);
      expect(scanned.asked).toEqual({ kind: 'arrive', placeId: 'guihua-hall' });
      expect(hearOnce(newConversation(), { kind, scene: 'arrive.<x>' }, world).asked).toBeNull();
    }
  });

  it('is offered on the day of the booking alone', () => {
    const perform = (start: string) => (intent: Intent) =>
      intent.kind === 'listCases'
        ? ({
            ...{ kind: 'cases', items: [], more: false },
            bookings: [sampleBooking({ start: new Date(start), end: new Date(Date.parse(start) + 1_800_000) })],
          } as Outcome)
        : performed(intent);
    const today = play(['进度', '1', '1'], { world, perform: perform('2026-03-10T08:00:00Z') });
    expect([today.script, today.conversation.mode.kind]).toEqual([expect.stringContaining('1. 签到'), 'arriving']);
    const later = play(['进度', '1'], { world, perform: perform('2026-03-11T03:00:00Z') }).script;
    expect(later).not.toContain('1. 签到');
    expect(later).toContain('1. 改期\n2. 取消这个预约\n3. 返回');
  });
});

describe('for several, and for somebody else', () => {
  const list = (): ReturnType<typeof play>['conversation'] => play(['老人吃饭的食堂'], { world }).conversation;

  it.each<[string, number | null]>([
    ['两个人', 2],
    ['我们3个人去', 3],
    ['一共十人', 10],
    ['2', null],
    ['第2个', null],
    ['三口人都是低保', null],
  ])('%s: %s come', (text, party) => expect(partyIn(text)).toBe(party));

  it.each<[string, boolean]>([
    ['替我妈约', true],
    ['帮老人预约', true],
    ['给我爸约吧', true],
    ['替别人约的', true],
    ['给我换个时间', false],
    ['帮我约', false],
    ['我妈八十多了，高龄津贴怎么领', false],
  ])('%s: for somebody else %s', (text, isIt) => expect(isForOther(text)).toBe(isIt));

  it('as many as come find a seat, also at other times', () => {
    const two = hearOnce(list(), '两个人', world);
    expect(two.asked).toEqual({ kind: 'listSlots', serviceId: 'svc-meal', party: 2 });
    expect(hearOnce(two.conversation, '明天上午', world).asked).toMatchObject({ party: 2 });
    expect(hearOnce(two.conversation, '1', world).asked).toEqual({
      kind: 'bookSlot',
      slotId: sampleSlots[0]!.slotId,
      party: 2,
    });
    const lost = hearOnce(two.conversation, '1', world, refusing('booking.full')).conversation;
    expect(hearOnce(lost, '1', world).asked).toMatchObject({ kind: 'joinWaitlist', party: 2 });
  });

  it('in the name of whoever comes and agrees; not without', () => {
    const named = play(['替我妈约', '王桂芳'], { world, from: list() });
    expect(named.script).toMatch(/请写来的人的姓名[^]*王桂芳本人同意由您来约吗/);
    const agreed = hearOnce(named.conversation, '1', world);
    expect(agreed.replies[0]).toMatch(/替王桂芳约[^]*1\. 3月10日/);
    expect(hearOnce(agreed.conversation, '2', world).asked).toEqual({
      kind: 'bookSlot',
      slotId: sampleSlots[1]!.slotId,
      onBehalfOf: '王桂芳',
    });
    for (const no of ['2', '没有', '返回']) {
      const not = hearOnce(named.conversation, no, world);
      expect([no, not.replies[0]]).toEqual([no, expect.stringContaining('先不替别人约')]);
      expect(hearOnce(not.conversation, '1', world).asked).toEqual({
        kind: 'bookSlot',
        slotId: sampleSlots[0]!.slotId,
      });
    }
    const asked = play(['替我妈约'], { world, from: list() }).conversation;
    expect(hearOnce(asked, '她八十岁了，腿不好', world).replies[0]).toContain('请只写来的人的姓名');
  });
});
