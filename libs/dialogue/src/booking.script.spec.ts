import { newConversation } from './conversation';
import { hearOnce, performed, play } from './play';
import { sampleBooking, sampleCase, sampleWorld } from './samples';

const world = sampleWorld({ isBookable: () => true });
const refusing =
  (code: 'booking.full' | 'booking.banned' | 'booking.wrongPlace') => (): ReturnType<typeof performed> => ({
    ...{ kind: 'refused', code, words: `${code} 的话。`, errors: [] },
  });
const bookings = (): ReturnType<typeof performed> => ({
  kind: 'cases',
  items: [sampleCase()],
  more: false,
  bookings: [sampleBooking()],
});

describe('booking by text', () => {
  it('a need leads to the next free times, a digit books one, 取消 gives it back', () => {
    const { script, intents } = play(['老人吃饭的食堂', '2', '取消', '1'], { world });
    expect(script).toContain('1. 3月10日（周二）11:00—11:30 书院社区长者食堂（余3）\n2. 3月10日（周二）12:00—12:30');
    expect(script).toContain('预约编号：Y2600000423');
    expect(intents).toEqual([
      { kind: 'listSlots', serviceId: 'svc-meal' },
      { kind: 'bookSlot', slotId: 'canteen.svc-meal~1' },
      { kind: 'cancelBooking', id: sampleBooking().id },
    ]);
  });

  it('shows the service alone where there is no time, and where the resident only reads', () => {
    const none = hearOnce(newConversation(), '老人吃饭的食堂', world, () => ({
      kind: 'slots',
      serviceId: 'svc-meal',
      items: [],
    }));
    expect([none.conversation.mode.kind, none.replies[0]]).toEqual([
      'reading',
      expect.stringContaining('「老年助餐（长者食堂）」'),
    ]);
    const { conversation, intents } = play(['老人吃饭的食堂', '4'], { world });
    expect([conversation.mode.kind, intents]).toEqual(['reading', [{ kind: 'listSlots', serviceId: 'svc-meal' }]]);
    expect(play(['老人吃饭的食堂'], {}).intents).toEqual([]);
  });

  it('says what was refused, and nothing stays open', () => {
    const listed = hearOnce(newConversation(), '老人吃饭的食堂', world).conversation;
    const banned = hearOnce(listed, '1', world, refusing('booking.banned'));
    expect([banned.replies[0], banned.conversation.mode.kind]).toEqual([
      expect.stringContaining('booking.banned 的话'),
      'idle',
    ]);
  });

  it('lists bookings before cases under one row of numbers', () => {
    const perform = (intent: Parameters<typeof performed>[0]) =>
      intent.kind === 'listCases' ? bookings() : performed(intent);
    const { script, intents } = play(['进度', '1', '取消', '2', '进度', '2'], { world, perform });
    expect(script).toMatch(/您的预约：\n1\. 老年助餐.*3月10日（周二）11:00[^]*您的办件：\n2\. 高龄津贴申领/);
    expect(script).toContain('好的，没有取消');
    expect(script).toContain('编号 2600000019');
    expect(intents.map((one) => one.kind)).toEqual(['listCases', 'listCases']);
  });

  it('wrong digits, other words and emergencies lead out of the list', () => {
    const listed = hearOnce(newConversation(), '老人吃饭的食堂', world).conversation;
    expect(hearOnce(listed, '9', world).conversation.mode.kind).toBe('choosingSlot');
    expect(hearOnce(listed, '楼下路灯不亮', world).conversation.mode.kind).toBe('reporting');
    expect(hearOnce(listed, '取消', world).conversation.mode.kind).toBe('idle');
    expect(hearOnce(listed, '着火了', world).replies[0]).toContain('119');
  });

  it('「预约」 takes what is offered, or says that nothing is', () => {
    expect(play(['预约'], { world }).script).toContain('没有等您确认的空位');
    const taken = hearOnce(newConversation(), '确认预约', world, () => ({ kind: 'booked', booking: sampleBooking() }));
    expect([taken.asked, taken.conversation.mode.kind]).toEqual([{ kind: 'acceptOffer' }, 'bookingOpen']);
  });

  it('looks at the time that was wished for, and near a place that was sent', () => {
    const { conversation, asked } = hearOnce(newConversation(), '明天上午老人吃饭的食堂', world);
    const morning = { from: new Date('2026-03-10T16:00:00Z'), to: new Date('2026-03-11T04:00:00Z') };
    expect(asked).toEqual({ kind: 'listSlots', serviceId: 'svc-meal', within: morning });
    const sent = hearOnce(conversation, { kind: 'location', lat: 30.4743, lng: 106.6327, label: '' }, world);
    const near = { lat: 30.4743, lng: 106.6327 };
    expect(sent.asked).toEqual({ kind: 'listSlots', serviceId: 'svc-meal', near });
    expect(hearOnce(sent.conversation, '明天上午有吗', world).asked).toEqual({
      kind: 'listSlots',
      serviceId: 'svc-meal',
      near,
      within: morning,
    });
    expect(hearOnce(sent.conversation, '明天上午楼下路灯不亮', world).conversation.mode.kind).toBe('reporting');
  });

  it('says when the wished-for time has none', () => {
    const missed = hearOnce(newConversation(), '明天上午老人吃饭的食堂', world, (intent) => ({
      ...(performed(intent) as Extract<ReturnType<typeof performed>, { kind: 'slots' }>),
      missed: true,
    }));
    expect(missed.replies[0]).toMatch(/^您要的时间没有空位了[^]*1\. 3月10日/);
    expect(Buffer.byteLength(missed.replies[0] ?? '')).toBeLessThan(2_000);
  });
});
