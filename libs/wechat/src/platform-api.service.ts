import { Agent as PlainAgent, request as plainRequest, type IncomingMessage } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import { Inject, Injectable } from '@nestjs/common';
import { failureOf, statusFailure, WechatFailure } from './platform-errors';
import { wechatOptions, type WechatOptions } from './wechat-options';

/** One call to the platform. */
export interface ApiCall {
  /** Such as `/cgi-bin/stable_token`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON by POST; without it the call is a GET. */
  readonly body?: object;
  /** Success is a file: how long it may take and how many bytes it may have. */
  readonly file?: { readonly timeoutMs: number; readonly limitBytes: number };
}

/** A file in place of JSON. */
export interface AnsweredFile {
  readonly content: Buffer;
  readonly type: string;
  readonly disposition: string;
}

/** An answer; `errcode` is 0 when there is none, as in successes that carry none. */
export interface Answer {
  readonly errcode: number;
  readonly errmsg: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly file: AnsweredFile | null;
}

const timeoutMs = 5_000;
const limitBytes = 1_048_576;

/** HTTP to the platform: whatever goes wrong becomes a `WechatFailure`, and none of these holds an address. */
@Injectable()
export class PlatformApi {
  constructor(@Inject(wechatOptions) private readonly options: WechatOptions) {}

  /** The answer, whatever its `errcode`. */
  async call(call: ApiCall): Promise<Answer> {
    try {
      const response = await exchange(new URL(this.addressOf(call)), call);
      if (response.statusCode !== 200) throw statusFailure(call.path, response.statusCode ?? 0);
      return answerOf(call, response);
    } catch (error) {
      if (error instanceof WechatFailure) throw error;
      // What the request throws may hold the address, and the address holds token or secret.
      throw new WechatFailure('retry', null, `WeChat ${call.path} was not reached: ${reasonOf(error)}`);
    }
  }

  private addressOf({ path, query = {} }: ApiCall): string {
    const base = this.options.apiBaseUrl().replace(/\/+$/, '');
    return `${base}${path}?${new URLSearchParams(query).toString()}`;
  }
}

/** Throws what the answer's error code stands for; an answer without one passes. */
export function expectOk(path: string, answer: Answer): Answer {
  if (answer.errcode !== 0) throw failureOf(path, answer.errcode, answer.errmsg);
  return answer;
}

/** Idle connections are given up before the other side does. */
const agents = { keepAlive: true, timeout: 4_000 };
const plain = { agent: new PlainAgent(agents), request: plainRequest };
const secure = { agent: new SecureAgent(agents), request: secureRequest };

/** What came back, its content read. */
interface Received extends Pick<IncomingMessage, 'statusCode' | 'headers'> {
  readonly content: Buffer;
}

/** One request and its answer, in one write each; no redirect is followed. Of an answer that is not 200 nothing is read. */
function exchange(address: URL, call: ApiCall): Promise<Received> {
  const { agent, request } = address.protocol === 'https:' ? secure : plain;
  const body = call.body === undefined ? null : Buffer.from(JSON.stringify(call.body));
  const headers = body && { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length };
  return new Promise((resolve, reject) => {
    const outgoing = request(address, { agent, method: body ? 'POST' : 'GET', headers: headers ?? {} }, (incoming) => {
      const { statusCode, headers: answered } = incoming;
      contentOf(call, incoming)
        .then((content) => resolve({ statusCode, headers: answered, content }), reject)
        .finally(() => clearTimeout(timer));
    });
    const limit = call.file?.timeoutMs ?? timeoutMs;
    const timer = setTimeout(() => outgoing.destroy(new Error('TimeoutError')), limit);
    outgoing.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    outgoing.end(body ?? undefined);
  });
}

/** Stops reading at the limit, whatever length the answer claims. */
async function contentOf({ path, file }: ApiCall, incoming: IncomingMessage): Promise<Buffer> {
  if (incoming.statusCode !== 200) {
    incoming.resume();
    return Buffer.alloc(0);
  }
  const most = file?.limitBytes ?? limitBytes;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > most) throw new WechatFailure('content', null, `WeChat ${path} answered over ${most} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function answerOf(call: ApiCall, { headers, content }: Received): Answer {
  const type = headers['content-type'] ?? '';
  const disposition = headers['content-disposition'] ?? '';
  // Errors come as JSON under several types, so the absence of text is what tells a file.
  if (call.file !== undefined && (disposition !== '' || !/^(text\/|application\/json)/i.test(type))) {
    return { errcode: 0, errmsg: '', fields: {}, file: { content, type, disposition } };
  }
  const fields = parsed(content.toString('utf8'));
  const errcode = Number(fields?.['errcode'] ?? 0);
  if (fields === null || !Number.isInteger(errcode)) {
    throw new WechatFailure('retry', null, `WeChat ${call.path} answered nothing that can be read`);
  }
  const errmsg = typeof fields['errmsg'] === 'string' ? fields['errmsg'] : '';
  return { errcode, errmsg, fields, file: null };
}

function parsed(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : error.name;
}
