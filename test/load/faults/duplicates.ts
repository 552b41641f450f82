import { Phone } from '../phone';
import { openidOf } from '../resident';
import { personaOf, Talk } from '../talk';
import { check } from './checks';
import { Crowd, type Spoken } from './crowd';
import type { Fault, Trial } from './fault';
import type { Ground } from './ground';

const copies = 3;
const longest = 20;
const verifyEvery = 20;

/** Every message of a conversation is delivered three times at once, over two api processes: one case, one answer. */
export const duplicates: Fault = {
  name: 'duplicates',
  quick: 5,
  full: 200,
  prepare: () => Promise.resolve({ apis: 2, workers: 1 }),
  attempt: async (ground, trial) => {
    const crowd = new Crowd(ground, 0);
    const found = await tripled(ground, crowd.spoken);
    const violations = [...found, ...(await check(ground, crowd, trial % verifyEvery === 0))];
    return { spoken: crowd.spoken, violations } satisfies Trial;
  },
};

async function tripled(ground: Ground, spoken: Spoken[]): Promise<string[]> {
  const seat = ground.nextSeat++;
  const openid = openidOf(seat);
  const phones = [...Array(copies).keys()].map((n) => new Phone(openid, ground.network, n));
  const talk = new Talk(personaOf(seat));
  const violations: string[] = [];
  try {
    for (let turn = 0; turn < longest; turn += 1) {
      const done = await sayTripled(ground, phones, talk, spoken, violations);
      if (done) return violations;
    }
    return [...violations, `a conversation did not end in a case after ${longest} messages`];
  } finally {
    for (const phone of phones) phone.close();
    for (const text of ground.platform.unread(openid))
      violations.push(`a phone was answered once more: ${text.slice(0, 60)}`);
  }
}

/** True when the conversation has ended. */
async function sayTripled(
  ground: Ground,
  phones: readonly Phone[],
  talk: Talk,
  spoken: Spoken[],
  violations: string[],
): Promise<boolean> {
  const msgId = ground.network.nextMsgId();
  const createdAt = Math.floor(Date.now() / 1000);
  const submitting = talk.isSubmitting;
  const began = performance.now();
  const results = await Promise.all(phones.map((phone) => phone.deliver(talk.words, msgId, createdAt)));
  const failures = results.filter((result) => typeof result === 'string');
  const texts = results.flatMap((result) => (typeof result === 'string' || result.text === null ? [] : [result.text]));
  const openid = phones[0]?.openid ?? '';
  violations.push(...failures.map((why) => `one of ${copies} copies failed: ${why}`));
  if (new Set(texts).size > 1) violations.push(`copies of message ${msgId} got different answers`);
  const answer = texts[0] ?? (await ground.platform.next(openid, 30_000));
  const base = { msgId, openid, submitting, totalMs: performance.now() - began };
  if (answer === null) {
    spoken.push({ ...base, accepted: failures.length < copies, answered: false, number: null, wrong: null });
    return true;
  }
  const heard = talk.hear(answer);
  const number = heard.kind === 'case' ? heard.number : null;
  spoken.push({ ...base, accepted: true, answered: true, number, wrong: heard.kind === 'wrong' ? heard.why : null });
  return heard.kind !== 'on';
}
