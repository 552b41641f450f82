import { connect, type Socket } from 'node:net';

/** A whole answer. */
export interface LineAnswer {
  readonly status: number;
  readonly body: string;
}

interface Waiting {
  readonly resolve: (answer: LineAnswer) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

const hungUp = new Set(['ECONNRESET', 'EPIPE', 'closed']);
const headEnd = Buffer.from('\r\n\r\n');

/**
 * One kept-alive HTTP/1.1 connection that carries one request at a time. It costs the generator about a quarter of the
 * processor time of `node:http` with an agent, and a fortieth of `fetch` (README).
 */
export class HttpLine {
  private socket: Socket | null = null;
  private received: Buffer = Buffer.alloc(0);
  private waiting: Waiting | null = null;

  constructor(
    private readonly port: number,
    private readonly host = '127.0.0.1',
  ) {}

  /** Sends one request; rejects when the connection breaks or the answer is not whole within `timeoutMs`. */
  async request(
    method: 'GET' | 'POST',
    path: string,
    body: string,
    headers: Readonly<Record<string, string>>,
    timeoutMs: number,
  ): Promise<LineAnswer> {
    const kept = this.socket !== null;
    try {
      return await this.attempt(method, path, body, headers, timeoutMs);
    } catch (error) {
      // The server may give up an idle connection in the very moment it is used again; every client tries a new one.
      if (!kept || !hungUp.has((error as Error).message)) throw error;
      return this.attempt(method, path, body, headers, timeoutMs);
    }
  }

  private attempt(
    method: 'GET' | 'POST',
    path: string,
    body: string,
    headers: Readonly<Record<string, string>>,
    timeoutMs: number,
  ): Promise<LineAnswer> {
    const socket = this.socket ?? this.open();
    const extra = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const head =
      `${method} ${path} HTTP/1.1\r\nHost: ${this.host}:${this.port}\r\n${extra.join('')}` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.fail(socket, new Error('timeout')), timeoutMs);
      this.waiting = { resolve, reject, timer };
      socket.write(head + body);
    });
  }

  close(): void {
    this.socket?.destroy();
    this.socket = null;
  }

  private open(): Socket {
    const socket = connect(this.port, this.host);
    socket.setNoDelay(true);
    socket.on('data', (chunk) => {
      if (socket !== this.socket) return;
      this.received = this.received.length === 0 ? chunk : Buffer.concat([this.received, chunk]);
      this.read();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => this.fail(socket, new Error(error.code ?? error.message)));
    socket.on('close', () => this.fail(socket, new Error('closed')));
    this.received = Buffer.alloc(0);
    this.socket = socket;
    return socket;
  }

  private fail(socket: Socket, error: Error): void {
    if (socket !== this.socket) return;
    socket.destroy();
    this.socket = null;
    const { waiting } = this;
    this.waiting = null;
    if (!waiting) return;
    clearTimeout(waiting.timer);
    waiting.reject(error);
  }

  private read(): void {
    const at = this.received.indexOf(headEnd);
    if (at < 0 || !this.waiting) return;
    const head = this.received.toString('latin1', 0, at);
    const body = bodyOf(head, this.received.subarray(at + headEnd.length));
    if (body === null) return;
    const { resolve, timer } = this.waiting;
    this.waiting = null;
    this.received = Buffer.alloc(0);
    clearTimeout(timer);
    if (/^connection: close/im.test(head)) this.close();
    resolve({ status: Number(head.slice(9, 12)), body: body.toString('utf8') });
  }
}

/** The body when all of it has come, else null. */
function bodyOf(head: string, rest: Buffer): Buffer | null {
  const length = /^content-length: *(\d+)/im.exec(head)?.[1];
  if (length !== undefined) return rest.length >= Number(length) ? rest.subarray(0, Number(length)) : null;
  if (!/^transfer-encoding: *chunked/im.test(head)) return rest;
  const parts: Buffer[] = [];
  for (let at = 0; ;) {
    const lineEnd = rest.indexOf('\r\n', at);
    if (lineEnd < 0) return null;
    const size = Number.parseInt(rest.toString('latin1', at, lineEnd), 16);
    if (rest.length < lineEnd + 4 + size) return null;
    if (size === 0) return Buffer.concat(parts);
    parts.push(rest.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 4 + size;
  }
}
