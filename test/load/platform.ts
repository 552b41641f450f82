import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** What goes wrong at the platform from now on. */
export type PlatformTrouble =
  | { readonly kind: 'none' }
  /** Every call is answered this late, but within the product's patience. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** Every call is refused with this code; nothing reaches a phone. */
  | { readonly kind: 'errcode'; readonly errcode: number }
  | { readonly kind: 'status'; readonly status: number }
  /** Never an answer; nothing reaches a phone. */
  | { readonly kind: 'hang' };

/**
 * The platform's side, as lean as can be: tokens, login codes (`code-<openid>`) and custom messages, which it keeps per
 * phone. It stands in the generator's process, so that the product's processes are measured without a simulator in them.
 */
export class Platform {
  private readonly phones = new Map<string, string[]>();
  private readonly waiting = new Map<string, () => void>();
  private trouble: PlatformTrouble = { kind: 'none' };
  private received = 0;

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async open(): Promise<Platform> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    const address = server.address();
    const platform = new Platform(server, typeof address === 'object' && address ? address.port : 0);
    server.on('request', (request, response) => void platform.take(request, response));
    return platform;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Custom messages that reached a phone since the start. */
  get customMessages(): number {
    return this.received;
  }

  suffer(trouble: PlatformTrouble): void {
    this.trouble = trouble;
  }

  /** The next custom message of a phone, or null when none comes in time. One caller per phone. */
  async next(openid: string, withinMs: number): Promise<string | null> {
    const come = this.phones.get(openid)?.shift();
    if (come !== undefined) return come;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, withinMs);
      this.waiting.set(openid, () => {
        clearTimeout(timer);
        resolve();
      });
    });
    this.waiting.delete(openid);
    return this.phones.get(openid)?.shift() ?? null;
  }

  /** Custom messages nobody waited for. */
  unread(openid: string): string[] {
    const found = this.phones.get(openid) ?? [];
    this.phones.delete(openid);
    return found;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const { trouble } = this;
    switch (trouble.kind) {
      case 'hang':
        return;
      case 'status':
        response.statusCode = trouble.status;
        response.end();
        return;
      case 'errcode': {
        say(response, { errcode: trouble.errcode, errmsg: 'planned rid: 00000000-00000000-00000000' });
        return;
      }
      case 'slow':
        setTimeout(() => say(response, this.answer(request, body)), trouble.ms);
        return;
      case 'none': {
        say(response, this.answer(request, body));
        return;
      }
    }
  }

  private answer(request: IncomingMessage, body: string): object {
    const url = new URL(request.url ?? '/', this.url);
    switch (url.pathname) {
      case '/cgi-bin/stable_token':
        return { access_token: 'bench-token', expires_in: 7200 };
      case '/sns/jscode2session':
        return {
          openid: (url.searchParams.get('js_code') ?? '').replace(/^code-/, ''),
          session_key: 'AAAAAAAAAAAAAAAAAAAAAA==',
        };
      case '/cgi-bin/message/custom/send':
        this.deliver(JSON.parse(body) as { touser: string; text: { content: string } });
        return { errcode: 0, errmsg: 'ok' };
      default:
        return { errcode: 0, errmsg: 'ok' };
    }
  }

  private deliver({ touser, text }: { touser: string; text: { content: string } }): void {
    this.received += 1;
    const phone = this.phones.get(touser) ?? [];
    phone.push(text.content);
    this.phones.set(touser, phone);
    this.waiting.get(touser)?.();
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function say(response: ServerResponse, answer: object): void {
  if (response.destroyed) return;
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.end(JSON.stringify(answer));
}
