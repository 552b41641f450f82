import type { InboundContent, Intent, Outcome, RatingRequest } from '@linli/contracts';
import { conclude } from './conclude';
import { newConversation, openForm, readConversation, type Conversation, type Mode } from './conversation';
import { performed, play } from './play';
import { askRating, ratingGivenElsewhere, ratingUndelivered } from './rating-question';
import { hoursLater, sampleBooking, sampleCase, sampleWait, sampleWorld } from './samples';
import { turn } from './turn';
import * as words from './words';
import type { World } from './world';

/** Numbers that come out the same for a seed (mulberry32), so that a failure can be played again. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const usual = (
  '1 2 3 4 5 0 ６ 第一个 二 ③ 1. 进度 取消 人工 帮助 签到 改期 不排了 两个人 替我妈约 代老人约 食堂 在哪吃饭 继续 稍后 上一步 跳过 完成 评价 补正 更多 返回 回到邻里 是 不是 提交 修改 都不是 谢谢 你好 好的 ' +
  '高龄津贴怎么领 老年证怎么办，还有路灯不亮 好像是高龄津贴或者老年证 路灯三天不亮了怎么没人管 身份证在哪办 低保 有食堂吗 楼道着火了 找真人 ' +
  '王秀兰 11010519380305002X 110105193803050029 13912345678 桂花路18号2单元301室 1990年3月5日 昨天 三口人 打到银行卡 梧桐街道 满意 5分 现在就申请 110 阿巴阿巴'
).split(' ');
const odd = [
  '',
  ' ',
  '\n',
  '\u0000\u0001',
  '\ud800',
  '\udfff\ud800',
  '😀👵🏻',
  '👨‍👩‍👧',
  'ا'.repeat(50),
  '\u202e反',
  '一'.repeat(2000),
  '1'.repeat(2001),
  '万亿千百十'.repeat(30),
  'a'.repeat(20_000),
  '年月日',
  '99999999天前',
  '二零零零零零零年十三月四十日',
  '零'.repeat(19),
  '-1e999',
  '1'.repeat(400),
  '__proto__',
  'constructor',
  '$&',
  '\u3000２\uFE0F\u20E3',
  '农历五月初五',
  '第十一百个',
  '😀'.repeat(999),
];
const asides: readonly InboundContent[] = [
  { kind: 'image', mediaId: 'm1' },
  { kind: 'image', mediaId: 'm2', url: 'https://example.gov.cn/a.jpg' },
  { kind: 'voice', mediaId: 'v1' },
  { kind: 'voice', mediaId: 'v2', recognition: '高龄津贴怎么领。' },
  { kind: 'video', mediaId: 'v3' },
  { kind: 'location', lat: 30, lng: 120, label: '梧桐街道梧桐路3号' },
  { kind: 'location', lat: Number.NaN, lng: 999, label: '' },
  { kind: 'link', title: '标题'.repeat(2000), url: 'https://example.gov.cn/' },
  { kind: 'follow' },
  { kind: 'scan', scene: 'hall' },
  { kind: 'scan', scene: 'arrive.hall' },
  { kind: 'menuClick', key: 'progress' },
  { kind: 'menuClick', key: '__proto__' },
  { kind: 'unfollow' },
  { kind: 'silent', type: 'x' },
  { kind: 'text', text: '', menuId: '2' },
  { kind: 'text', text: '提交', menuId: '1' },
];

const modes: ReadonlySet<Mode['kind']> = new Set<Mode['kind']>([
  'idle',
  'choosing',
  'reading',
  'filling',
  'confirming',
  'reporting',
  'correcting',
  'resting',
  'reminding',
  'browsingCases',
  'choosingSlot',
  'slotFull',
  'waitOpen',
  'bookingOpen',
  'bookingFor',
  'movingBooking',
  'arriving',
  'ratingOpen',
  'afterBadRating',
  'withHuman',
]);
const request = (n: number): RatingRequest => ({
  serviceEventId: `e${n}`,
  subject: '高龄津贴申领',
  caseNumber: `26${n}`,
});
const scale = '5 非常满意\n4 满意\n3 基本满意\n2 不满意\n1 非常不满意';
const cases = [
  sampleCase(),
  sampleCase({ number: '2', title: '低保', state: 'awaitingCorrection', missing: ['户口簿'], answerBy: '2026-03-20' }),
  sampleCase({ number: '3', title: '路灯', state: 'closed', outcome: 'resolved', publicReply: '修好了'.repeat(400) }),
];

/** Replies that leave the question before them standing. */
const asksNothing = new Set([words.courtesy, words.notHeard, words.unreadable, words.tooLong]);
/** One question away from the summary. */
const filled = play(['老年证怎么办', '3', '桂花街道', '王秀兰']).conversation;

/** What went wrong with a conversation, or nothing. */
function faults(conversation: Conversation): string[] {
  const again = readConversation(JSON.stringify(conversation));
  return [
    ...(JSON.stringify(again) === JSON.stringify(conversation) ? [] : ['is no plain JSON']),
    ...(modes.has(conversation.mode.kind) ? [] : ['has no mode']),
    ...((conversation.mode.kind === 'ratingOpen') === (conversation.askedRating !== undefined)
      ? []
      : ['half-open rating']),
    ...(conversation.wrongAnswers >= 0 && conversation.wrongAnswers < 3 ? [] : ['counts wrongly']),
    ...(conversation.parked.length <= 3 && conversation.ratingsWaiting.length <= 20 ? [] : ['grows']),
    ...(JSON.stringify(conversation).length < 80_000 ? [] : ['is too big']),
  ];
}

function replyFaults(replies: readonly string[]): string[] {
  return replies.flatMap((reply) => [
    ...(reply.length > 0 && reply.length <= 600 ? [] : [`is ${reply.length} characters long`]),
    ...(Buffer.byteLength(reply, 'utf8') <= 2000 ? [] : ['is too many bytes']),
    ...(/\p{Cs}/u.test(reply) ? ['has half a character'] : []),
    ...(/undefined|null|NaN|\[object/.test(reply) ? [`shows its insides: ${reply}`] : []),
  ]);
}

function outcomeOf(intent: Intent, next: () => number): Outcome {
  if (next() < 0.15)
    return {
      kind: 'refused',
      code: 'case.invalid',
      words: '申请信息有误。',
      errors: [{ at: 'applicant.phone', problem: '电话不对' }],
    };
  if (intent.kind === 'bookSlot' && next() < 0.4)
    return { kind: 'refused', code: 'booking.full', words: '约满了。', errors: [] };
  return withFull(performed(intent, next() < 0.7 ? cases : []));
}

/** A list of times has a full one as well, a list of cases a booking and a wait. */
function withFull(outcome: Outcome): Outcome {
  if (outcome.kind === 'cases') return { ...outcome, bookings: [sampleBooking()], waits: [sampleWait()] };
  return outcome.kind === 'slots' ? { ...outcome, full: outcome.items.slice(0, 1) } : outcome;
}

/** Says `length` random things and returns everything found wrong. */
function wander(seed: number, length: number): string[] {
  const next = numbers(seed);
  const oneOf = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  let world: World = sampleWorld({
    ...(next() < 0.3 ? { knownSubdistrictId: 's1' } : {}),
    isBookable: () => seed % 2 === 0,
  });
  let conversation = next() < 0.3 ? filled : newConversation();
  /** Whether the last thing that was asked is a rating. */
  let ratingAsked = false;
  const wrong: string[] = [];
  const note = (where: string, found: readonly string[]): void => {
    wrong.push(...found.map((fault) => `seed ${seed}, ${where}: ${fault}`));
  };
  for (let at = 0; at < length; at += 1) {
    const roll = next();
    if (roll < 0.05) {
      const asked = askRating(conversation, request(at));
      conversation = asked.conversation;
      if (asked.text !== null) ratingAsked = true;
      note('askRating', [...faults(conversation), ...replyFaults(asked.text === null ? [] : [asked.text])]);
      continue;
    }
    if (roll < 0.08) {
      const id = conversation.askedRating?.serviceEventId ?? 'e1';
      conversation = next() < 0.5 ? ratingUndelivered(conversation, id) : ratingGivenElsewhere(conversation, id);
      ratingAsked = false;
      note('rating elsewhere', faults(conversation));
      continue;
    }
    if (roll < 0.11) world = hoursLater(world, next() < 0.1 ? 24 * 40 : 13);
    const content: InboundContent =
      roll > 0.9 ? oneOf(asides) : { kind: 'text', text: roll > 0.8 ? oneOf(odd) : oneOf(usual) };
    const where = `${at} ${conversation.mode.kind} ← ${JSON.stringify(content).slice(0, 60)}`;
    const first = turn(conversation, content, world);
    if (first.intent?.kind === 'rate' && !ratingAsked) note(where, ['rated without being asked']);
    const second = first.intent ? conclude(first.conversation, outcomeOf(first.intent, next), world) : first;
    const replies = first.intent ? [...first.replies, ...second.replies] : first.replies;
    note(where, [...faults(first.conversation), ...faults(second.conversation), ...replyFaults(replies)]);
    if (content.kind === 'text' && content.text.length > 2000 && first.intent) note(where, ['took a text too long']);
    if (replies.some((reply) => !asksNothing.has(reply))) ratingAsked = replies.at(-1)?.includes(scale) ?? false;
    conversation = second.conversation;
  }
  return wrong;
}

describe('whatever a resident says', () => {
  it.each([1, 2, 3, 4])('nothing is thrown, too long, invalid or rated unasked (run %s)', (run) => {
    const wrong = Array.from({ length: 100 }, (_, index) => wander(run * 1000 + index, 120)).flat();
    expect(wrong.slice(0, 5)).toEqual([]);
  });

  it('the wandering gets everywhere', () => {
    const seen = new Set<string>();
    for (let seed = 1; seed <= 300; seed += 1) {
      const next = numbers(seed);
      let conversation = seed % 3 === 0 ? filled : newConversation();
      const bookable = sampleWorld({ isBookable: () => seed % 2 === 0 });
      for (let at = 0; at < 120; at += 1) {
        const text = usual[Math.floor(next() * usual.length)] ?? '';
        const first = turn(conversation, { kind: 'text', text }, hoursLater(bookable, next() < 0.05 ? 13 : 0));
        conversation = first.intent
          ? conclude(first.conversation, outcomeOf(first.intent, next), bookable).conversation
          : first.conversation;
        if (at % 30 === 0) conversation = askRating(conversation, request(at)).conversation;
        seen.add(conversation.mode.kind);
        const form = openForm(conversation.mode);
        if (form) seen.add(form.kind);
      }
    }
    expect([...modes].filter((mode) => !seen.has(mode))).toEqual([]);
  });
});
