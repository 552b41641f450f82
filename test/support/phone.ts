import { setTimeout as sleep } from 'node:timers/promises';

interface Bubble {
  readonly seq: number;
  readonly way: 'push' | 'passive' | 'custom' | 'template' | 'subscribe' | 'failure';
  readonly content: { readonly type: string; readonly text?: string };
}

/** What became of one push. */
export interface Pushed {
  readonly msgId: string;
  readonly failed: boolean;
  readonly reply: Bubble | null;
  readonly tries: readonly object[];
}

/** A resident's phone at the stand-in platform: says things over the real wire, and reads what came back. */
export class Phone {
  private constructor(
    readonly base: string,
    readonly openid: string,
    readonly miniOpenid: string,
  ) {}

  /** Makes a person who has not followed yet. */
  static async create(productUrl: string): Promise<Phone> {
    const base = `${productUrl}/simulator/control`;
    const person = await call<{ openid: string; miniOpenid: string }>(base, 'POST', '/users', {});
    return new Phone(base, person.openid, person.miniOpenid);
  }

  follow(): Promise<Pushed> {
    return call(this.base, 'POST', `/users/${this.openid}/follow`, {});
  }

  /** Pushes any message; `copies` delivers the same one several times at once. */
  push(message: object): Promise<Pushed> {
    return call(this.base, 'POST', `/users/${this.openid}/messages`, message);
  }

  /** Says something and returns the words that came back at once; empty when they come later. */
  async say(text: string): Promise<string> {
    const { reply, failed } = await this.push({ type: 'text', text });
    if (failed) throw new Error(`the platform got no proper answer to 「${text}」`);
    return reply?.content.text ?? '';
  }

  /** Everything the account has said, oldest first. */
  async heard(): Promise<string[]> {
    const bubbles = await this.bubbles();
    return bubbles.filter((one) => one.way === 'passive' || one.way === 'custom').map((one) => one.content.text ?? '');
  }

  async bubbles(): Promise<Bubble[]> {
    return (await call<{ items: Bubble[] }>(this.base, 'GET', `/users/${this.openid}/messages`)).items;
  }

  /** Waits until something said matches, and returns it. */
  async waitFor(pattern: RegExp, withinMs = 15_000): Promise<string> {
    for (const until = Date.now() + withinMs; ;) {
      const found = (await this.heard()).findLast((text) => pattern.test(text));
      if (found !== undefined) return found;
      if (Date.now() > until)
        throw new Error(`nothing like ${String(pattern)} in:\n${(await this.heard()).join('\n---\n')}`);
      await sleep(50);
    }
  }

  /** A login code of the mini-program, as `wx.login` gives it. */
  async loginCode(): Promise<string> {
    return (await call<{ code: string }>(this.base, 'POST', '/login-codes', { openid: this.openid })).code;
  }
}

async function call<T>(base: string, method: string, path: string, body?: object): Promise<T> {
  const response = await fetch(base + path, {
    method,
    ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
  });
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}
