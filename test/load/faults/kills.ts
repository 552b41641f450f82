import { setTimeout as sleep } from 'node:timers/promises';
import { Phone } from '../phone';
import { openidOf } from '../resident';
import { personaOf, Talk } from '../talk';
import { check } from './checks';
import { Crowd, type Spoken } from './crowd';
import { someMs, underLoad, type Fault } from './fault';
import { killApi, type Ground } from './ground';

const prepare: Fault['prepare'] = () => Promise.resolve({ apis: 1, workers: 1 });
const longest = 20;

/** The api dies the moment its answer is out; the same message comes again: the same case, the same words. */
export const killAfterAnswer: Fault = {
  name: 'kill -9 after the 200',
  quick: 3,
  full: 50,
  prepare,
  attempt: async (ground) => {
    const crowd = new Crowd(ground, 0);
    const found = await killOnAnswer(ground, crowd.spoken);
    return { spoken: crowd.spoken, violations: [...found, ...(await check(ground, crowd))] };
  },
};

/** The api dies at any moment while residents talk; the platform delivers again what was not answered. */
export const killUnderLoad: Fault = {
  name: 'kill -9 under load',
  quick: 3,
  full: 50,
  prepare,
  attempt: (ground) =>
    underLoad(ground, 20, async () => {
      await sleep(someMs(500, 3_000));
      await killApi(ground);
      // Long enough for the platform to deliver again what was lost, and for residents to go on.
      await sleep(5_000);
    }),
};

async function killOnAnswer(ground: Ground, spoken: Spoken[]): Promise<string[]> {
  const seat = ground.nextSeat++;
  const phone = new Phone(openidOf(seat), ground.network, 0);
  const talk = new Talk(personaOf(seat));
  try {
    for (let turn = 0; turn < longest && !talk.isSubmitting; turn += 1) {
      const { msgId, accepted, answer, totalMs } = await phone.say(talk.words);
      const heard = answer === null ? null : talk.hear(answer);
      const wrong = heard?.kind === 'wrong' ? heard.why : null;
      spoken.push({
        msgId,
        openid: phone.openid,
        accepted,
        answered: answer !== null,
        number: null,
        submitting: false,
        totalMs,
        wrong,
      });
      if (heard?.kind !== 'on') return ['the conversation did not reach its end'];
    }
    return await submitAndKill(ground, phone, talk, spoken);
  } finally {
    phone.close();
  }
}

async function submitAndKill(ground: Ground, phone: Phone, talk: Talk, spoken: Spoken[]): Promise<string[]> {
  const [msgId, createdAt, began] = [ground.network.nextMsgId(), Math.floor(Date.now() / 1000), performance.now()];
  const words = talk.words;
  const first = await phone.deliver(words, msgId, createdAt);
  const totalMs = performance.now() - began;
  await killApi(ground);
  if (typeof first === 'string' || first.text === null)
    return [`the submission was not answered: ${JSON.stringify(first)}`];
  const heard = talk.hear(first.text);
  const number = heard.kind === 'case' ? heard.number : null;
  const wrong = heard.kind === 'wrong' ? heard.why : null;
  spoken.push({
    msgId,
    openid: phone.openid,
    accepted: true,
    answered: true,
    number,
    submitting: true,
    totalMs,
    wrong,
  });
  const again = await phone.deliver(words, msgId, createdAt);
  if (typeof again === 'string') return [`the message delivered again was refused: ${again}`];
  return again.text === first.text
    ? []
    : [`the message delivered again got another answer: ${String(again.text).slice(0, 80)}`];
}
