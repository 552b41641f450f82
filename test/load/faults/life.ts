import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { HttpLine, type LineAnswer } from '../http-line';

/** The bearers that act on a case. */
export interface Crew {
  readonly resident: string;
  readonly dispatcher: string;
  /** An officer who wants the same thing at the same moment. */
  readonly rival: string;
  readonly department: string;
}

/** One step of a life: who does what, and what the timeline must say of it once. */
interface Act {
  readonly by: keyof Crew;
  /** The last part of the path; the first act of a life submits. */
  readonly path: string;
  readonly body: object;
  readonly what: string;
  /** Somebody else asks for the same with a key of their own; one of the two is refused. */
  readonly contested?: true;
}

/** One request, which may be sent again. */
interface Asked {
  readonly act: Act;
  readonly path: string;
  readonly key: string;
  readonly body: string;
}

/** An act the product said it had done. */
export interface Acknowledged {
  readonly accepted: boolean;
  readonly totalMs: number;
}

const unit = 'social-affairs';
const giveUpMs = 600_000;
/** A thousand at once may wait long for their turn; a request given up too early is work done for nobody. */
const requestMs = 120_000;
const pauseMs = 400;
const json = { 'Content-Type': 'application/json' };

const reply = { publicReply: '已办好', evidence: ['发放记录'] };
const accept: Act = { by: 'dispatcher', path: 'acceptance', body: {}, what: 'accepted', contested: true };
const begin: Act = { by: 'dispatcher', path: 'handling', body: {}, what: 'begun' };
const close: Act = { by: 'dispatcher', path: 'closure', body: { outcome: 'granted', ...reply }, what: 'closed' };
const dispatched: readonly Act[] = [
  accept,
  { by: 'dispatcher', path: 'dispatches', body: { departmentId: unit, role: 'lead' }, what: 'dispatched' },
  { by: 'department', path: 'sign-for', body: {}, what: 'signedFor' },
  { ...close, by: 'department' },
];

/** Lives a case may lead; together they take every step an officer can make. */
const lives: readonly (readonly Act[])[] = [
  dispatched,
  dispatched,
  dispatched,
  [
    {
      by: 'dispatcher',
      path: 'correction-notice',
      body: { missing: ['户口簿'], reason: '看不清' },
      what: 'correctionRequested',
    },
    { by: 'dispatcher', path: 'corrections', body: { text: '窗口收到' }, what: 'corrected' },
    accept,
    begin,
    close,
  ],
  [
    accept,
    begin,
    { by: 'dispatcher', path: 'suspension', body: { reason: '等鉴定' }, what: 'suspended' },
    { by: 'dispatcher', path: 'resumption', body: {}, what: 'resumed' },
    { by: 'dispatcher', path: 'decision', body: { outcome: 'granted' }, what: 'decided' },
    { by: 'dispatcher', path: 'delivery', body: { way: 'window' }, what: 'delivered' },
    close,
  ],
  [accept, close, { by: 'dispatcher', path: 'reopening', body: { reason: '没有办好' }, what: 'reopened' }, close],
  [accept, { by: 'resident', path: 'withdrawal', body: {}, what: 'withdrawn' }],
  [{ by: 'dispatcher', path: 'decline', body: { reason: '不属于本街道' }, what: 'declined', contested: true }],
];

/** One case carried through its life over the API by people who ask again, with the same key, until they are answered. */
export class Life {
  readonly acknowledged: Acknowledged[] = [];
  readonly violations: string[] = [];
  number = '';
  isOver = false;
  private readonly acts: readonly Act[];
  private last: (Asked & { readonly said: string }) | null = null;

  constructor(
    seat: number,
    private readonly port: number,
    private readonly crew: Crew,
    private readonly application: object,
  ) {
    this.acts = lives[seat % lives.length] ?? [];
  }

  /** What its timeline must say, and no more. */
  get steps(): readonly string[] {
    return ['submitted', ...this.acts.map(({ what }) => what)];
  }

  async carry(): Promise<void> {
    const line = new HttpLine(this.port);
    try {
      const submit: Act = { by: 'resident', path: '', body: this.application, what: 'submitted' };
      for (const [at, act] of [submit, ...this.acts].entries()) {
        if (!(await this.take(line, act, at + 1))) return;
      }
      await this.askLastAgain(line);
    } finally {
      this.isOver = true;
      line.close();
    }
  }

  private async take(line: HttpLine, act: Act, steps: number): Promise<boolean> {
    const began = performance.now();
    const [answer, others] = await Promise.all([
      this.ask(line, act, this.crew[act.by], randomUUID(), true),
      act.contested ? this.contest(act) : null,
    ]);
    const won = answer !== null && answer.status < 300;
    const accepted = won || (others !== null && others.status < 300);
    this.acknowledged.push({ accepted, totalMs: performance.now() - began });
    if (!accepted) {
      this.violations.push(
        `${this.number}: ${act.what} was answered ${answer?.status ?? 'never'} ${answer?.body.slice(0, 120) ?? ''}`,
      );
      return false;
    }
    if (won && others !== null && others.status < 300)
      this.violations.push(`${this.number}: ${act.what} was done twice`);
    const told = JSON.parse((won ? answer : others)?.body ?? '{}') as { number: string; timeline: readonly unknown[] };
    this.number = told.number;
    if (told.timeline.length !== steps)
      this.violations.push(`${this.number}: ${act.what} was answered with ${told.timeline.length} steps, not ${steps}`);
    return true;
  }

  private async contest(act: Act): Promise<LineAnswer | null> {
    const line = new HttpLine(this.port);
    try {
      return await this.ask(line, act, this.crew.rival, randomUUID(), false);
    } finally {
      line.close();
    }
  }

  private async ask(line: HttpLine, act: Act, token: string, key: string, kept: boolean): Promise<LineAnswer | null> {
    const asked = { act, path: this.pathOf(act), key, body: JSON.stringify(act.body) };
    const answer = await this.untilAnswered(line, asked, token);
    if (kept && answer) this.last = { ...asked, said: saidIn(answer) };
    return answer;
  }

  /** Asks until there is an answer that is not the server's own trouble; null when there never is. */
  private async untilAnswered(line: HttpLine, { path, key, body }: Asked, token: string): Promise<LineAnswer | null> {
    const headers = { ...json, Authorization: `Bearer ${token}`, 'Idempotency-Key': key };
    for (const until = Date.now() + giveUpMs; Date.now() < until;) {
      const answer = await line.request('POST', path, body, headers, requestMs).catch(() => null);
      if (answer && answer.status < 500 && answer.status !== 429) return answer;
      await sleep(pauseMs);
    }
    return null;
  }

  private pathOf({ by, path }: Act): string {
    if (path === '') return '/api/v1/cases';
    return by === 'resident' ? `/api/v1/cases/${this.number}/${path}` : `/api/v1/staff/cases/${this.number}/${path}`;
  }

  /** What was said once is said again, word for word, and nothing happens; a refusal stays a refusal. */
  private async askLastAgain(line: HttpLine): Promise<void> {
    if (!this.last) return;
    const again = await this.untilAnswered(line, this.last, this.crew[this.last.act.by]);
    if (!again || saidIn(again) !== this.last.said)
      this.violations.push(`${this.number}: ${this.last.act.what} asked for again was answered otherwise`);
  }
}

function saidIn({ status, body }: LineAnswer): string {
  return `${status} ${status < 300 ? body : ''}`;
}
