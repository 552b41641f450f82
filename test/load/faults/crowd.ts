import { Phone } from '../phone';
import { openidOf } from '../resident';
import { personaOf, Talk } from '../talk';
import type { Ground } from './ground';

/** One message as the checks need it. */
export interface Spoken {
  readonly msgId: string;
  readonly openid: string;
  readonly accepted: boolean;
  readonly answered: boolean;
  /** The case its answer named. */
  readonly number: string | null;
  /** It asked for a case to be opened. */
  readonly submitting: boolean;
  readonly totalMs: number;
  /** The answer was not the one that had to come. */
  readonly wrong: string | null;
}

/** Residents who talk on while something breaks, in the bench's own process, and everything they said and read. */
export class Crowd {
  readonly spoken: Spoken[] = [];
  /** Messages that reached a phone when it had no answer to wait for. */
  readonly strays: { readonly openid: string; readonly text: string }[] = [];
  private readonly openids: string[];
  private stopping = false;
  private readonly living: Promise<void>[];

  constructor(
    private readonly ground: Ground,
    size: number,
  ) {
    const seats = [...Array(size).keys()].map(() => ground.nextSeat++);
    this.openids = seats.map(openidOf);
    this.living = seats.map((seat) => this.live(seat));
  }

  /** Lets every resident finish the message under way, later answers included. */
  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.living);
  }

  /** Collects what reached the phones since they fell silent. */
  collect(): void {
    for (const openid of this.openids)
      for (const text of this.ground.platform.unread(openid)) this.strays.push({ openid, text });
  }

  private async live(seat: number): Promise<void> {
    const openid = openidOf(seat);
    const phone = new Phone(openid, this.ground.network, seat);
    const talk = new Talk(personaOf(seat));
    while (!this.stopping) {
      for (const text of this.ground.platform.unread(openid)) this.strays.push({ openid, text });
      await this.exchange(phone, talk);
    }
    phone.close();
  }

  private async exchange(phone: Phone, talk: Talk): Promise<void> {
    const submitting = talk.isSubmitting;
    const { msgId, accepted, answer, totalMs } = await phone.say(talk.words);
    const base = { msgId, openid: phone.openid, accepted, submitting, totalMs };
    if (answer === null) {
      talk.giveUp();
      this.spoken.push({ ...base, answered: false, number: null, wrong: null });
      return;
    }
    const heard = talk.hear(answer);
    const number = heard.kind === 'case' ? heard.number : null;
    this.spoken.push({ ...base, answered: true, number, wrong: heard.kind === 'wrong' ? heard.why : null });
  }
}
