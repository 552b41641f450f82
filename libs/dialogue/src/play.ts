import type { CaseSummary, InboundContent, Intent, Outcome } from '@linli/contracts';
import { conclude } from './conclude';
import { newConversation, type Conversation } from './conversation';
import { sampleBooking, sampleCase, sampleSlots, sampleWait, sampleWorld } from './samples';
import { turn } from './turn';
import type { Turn, World } from './world';

/** What the house would answer an intent with, all going well. */
export function performed(intent: Intent, cases: readonly CaseSummary[] = []): Outcome {
  switch (intent.kind) {
    case 'openCase':
      return { kind: 'caseOpened', summary: sampleCase(), toBring: ['老人居民身份证', '本人银行卡'] };
    case 'openReport':
      return {
        kind: 'caseOpened',
        summary: sampleCase({ kind: 'report', title: '路灯不亮与损坏', department: '区城管局', number: '2600000027' }),
        toBring: [],
      };
    case 'correctCase':
      return { kind: 'corrected', number: intent.number };
    case 'withdrawCase':
      return { kind: 'withdrawn', number: intent.number };
    case 'remindCase':
      return { kind: 'reminded', number: intent.number };
    case 'reopenCase':
      return { kind: 'reopened', number: intent.number, dueOn: '2026-03-17' };
    case 'listCases':
      return { kind: 'cases', items: cases, more: false };
    case 'whoHandles':
      return { kind: 'handler', entryId: intent.entryId, sentence: null, phone: null, passedOver: [] };
    case 'rate':
      return { kind: 'rated', serviceEventId: intent.serviceEventId, grade: intent.grade };
    case 'addToRating':
      return { kind: 'addedToRating' };
    case 'handOver':
      return { kind: 'handedOver', phone: '0990-5550000', staffedNow: true, hours: '' };
    case 'passOn':
      return { kind: 'passedOn' };
    case 'takeBack':
      return { kind: 'tookBack' };
    default:
      return performedBooking(intent);
  }
}

type BookingIntent = Extract<
  Intent,
  {
    kind:
      | 'listSlots'
      | 'bookSlot'
      | 'cancelBooking'
      | 'acceptOffer'
      | 'listMoves'
      | 'moveBooking'
      | 'joinWaitlist'
      | 'leaveWaitlist'
      | 'arrive';
  }
>;

function performedBooking(intent: BookingIntent): Outcome {
  switch (intent.kind) {
    case 'listSlots':
      return { kind: 'slots', serviceId: intent.serviceId, items: sampleSlots };
    case 'bookSlot':
      return { kind: 'booked', booking: sampleBooking() };
    case 'cancelBooking':
      return { kind: 'bookingCancelled', number: sampleBooking().number };
    case 'acceptOffer':
      return { kind: 'noOffer' };
    case 'listMoves':
      return { kind: 'moves', booking: sampleBooking(), items: sampleSlots };
    case 'moveBooking':
      return { kind: 'bookingMoved', booking: sampleBooking() };
    case 'joinWaitlist':
      return { kind: 'waiting', wait: sampleWait() };
    case 'leaveWaitlist':
      return { kind: 'leftWaitlist', wait: sampleWait() };
    case 'arrive':
      return { kind: 'arrived', booking: sampleBooking() };
  }
}

/** One message heard and what it asks for performed. */
export interface Heard extends Turn {
  readonly asked: Intent | null;
}

/** Hears a message as the journey does: turn, perform, conclude. */
export function hearOnce(
  before: Conversation,
  said: string | InboundContent,
  world: World,
  perform: (intent: Intent) => Outcome = performed,
): Heard {
  const content: InboundContent = typeof said === 'string' ? { kind: 'text', text: said } : said;
  const first = turn(before, content, world);
  if (!first.intent) return { ...first, asked: null };
  const second = conclude(first.conversation, perform(first.intent), world);
  return { ...second, replies: [...first.replies, ...second.replies], asked: first.intent };
}

/** Plays a whole conversation and writes it down: 居民 says, 邻里 answers, 【】 is what the house was asked to do. */
export function play(
  lines: readonly (string | InboundContent)[],
  options: { world?: World; from?: Conversation; perform?: (intent: Intent) => Outcome } = {},
): { readonly script: string; readonly conversation: Conversation; readonly intents: Intent[] } {
  const { world = sampleWorld(), perform = performed } = options;
  let conversation = options.from ?? newConversation();
  const script: string[] = [];
  const intents: Intent[] = [];
  for (const line of lines) {
    const heard = hearOnce(conversation, line, world, perform);
    conversation = heard.conversation;
    script.push(`居民：${typeof line === 'string' ? line : `［${line.kind}］`}`);
    if (heard.asked) {
      intents.push(heard.asked);
      script.push(`【${heard.asked.kind}】`);
    }
    script.push(...heard.replies.map((reply) => `邻里：${reply}`));
  }
  return { script: script.join('\n'), conversation, intents };
}
