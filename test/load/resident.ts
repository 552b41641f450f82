import { Histogram } from './histogram';
import type { ResidentSummary, RoundResult } from './load-protocol';
import { Phone, type PhoneNetwork } from './phone';
import { personaOf, Talk } from './talk';

const examplesKept = 5;

/** What all residents of a load record; rounds are cut out of it. */
export class LoadBook {
  private latency = new Histogram();
  private messages = 0;
  private conversations = 0;
  private later = 0;
  private failures = new Map<string, number>();
  private began = performance.now();
  private total = 0;
  private readonly numbers: string[] = [];
  private gaveUp = 0;
  private unanswered = 0;
  private wrong = 0;
  private readonly wrongExamples: string[] = [];

  beginRound(): void {
    this.latency = new Histogram();
    this.messages = 0;
    this.conversations = 0;
    this.later = 0;
    this.failures = new Map();
    this.began = performance.now();
  }

  endRound(): RoundResult {
    return {
      seconds: (performance.now() - this.began) / 1000,
      messages: this.messages,
      latency: this.latency.toData(),
      failures: Object.fromEntries(this.failures),
      later: this.later,
      conversations: this.conversations,
    };
  }

  summary(): ResidentSummary {
    const { total: messages, numbers, gaveUp, unanswered, wrong, wrongExamples } = this;
    return { messages, numbers, gaveUp, unanswered, wrong, wrongExamples };
  }

  answered(micros: number | null, way: 'passive' | 'custom'): void {
    this.total += 1;
    this.messages += 1;
    if (micros !== null) this.latency.record(micros);
    if (way === 'custom') this.later += 1;
  }

  failed(why: readonly string[]): void {
    for (const one of why) this.failures.set(one, (this.failures.get(one) ?? 0) + 1);
  }

  lost(accepted: boolean): void {
    if (accepted) this.unanswered += 1;
    else this.gaveUp += 1;
  }

  finished(number: string): void {
    this.conversations += 1;
    this.numbers.push(number);
  }

  misheard(why: string): void {
    this.wrong += 1;
    if (this.wrongExamples.length < examplesKept) this.wrongExamples.push(why);
  }
}

/** Holds one conversation after another, a message as soon as the last is answered, until told to stop. */
export async function live(seat: number, network: PhoneNetwork, book: LoadBook, stopped: () => boolean): Promise<void> {
  const phone = new Phone(openidOf(seat), network, seat);
  const talk = new Talk(personaOf(seat));
  while (!stopped()) {
    const { answer, accepted, micros, failures, way } = await phone.say(talk.words);
    book.failed(failures);
    if (answer === null || way === null) {
      book.lost(accepted);
      talk.giveUp();
      continue;
    }
    book.answered(micros, way);
    const heard = talk.hear(answer);
    if (heard.kind === 'case') book.finished(heard.number);
    if (heard.kind === 'wrong') book.misheard(heard.why);
  }
  phone.close();
}

/** Sends the same pushes to the empty handler, whose answer is fixed. */
export async function knock(
  seat: number,
  network: PhoneNetwork,
  book: LoadBook,
  stopped: () => boolean,
): Promise<void> {
  const phone = new Phone(openidOf(seat), network, seat);
  const talk = new Talk(personaOf(seat));
  while (!stopped()) {
    const result = await phone.deliver(talk.words, network.nextMsgId(), Math.floor(Date.now() / 1000));
    if (typeof result === 'string') book.failed([result]);
    else book.answered(result.micros, 'passive');
  }
  phone.close();
}

/** A stable openid per seat and run. */
export function openidOf(seat: number): string {
  return `oBench${String(process.pid).padStart(7, '0')}${String(seat).padStart(8, '0')}`;
}
