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
      const response = await fetch(this.addressOf(call), requestOf(call));
      if (response.status !== 200) throw statusFailure(call.path, response.status);
      return await answerOf(call, response);
    } catch (error) {
      if (error instanceof WechatFailure) throw error;
      // What fetch throws may hold the address, and the address holds token or secret.
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

function requestOf(call: ApiCall): RequestInit {
  const signal = AbortSignal.timeout(call.file?.timeoutMs ?? timeoutMs);
  const common = { redirect: 'manual', signal } as const;
  if (call.body === undefined) return common;
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  return { ...common, method: 'POST', headers, body: JSON.stringify(call.body) };
}

async function answerOf(call: ApiCall, response: Response): Promise<Answer> {
  const content = await bodyOf(call, response);
  const type = response.headers.get('content-type') ?? '';
  const disposition = response.headers.get('content-disposition') ?? '';
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

/** Stops reading at the limit, whatever length the answer claims. */
async function bodyOf({ path, file }: ApiCall, response: Response): Promise<Buffer> {
  const most = file?.limitBytes ?? limitBytes;
  const chunks: Uint8Array[] = [];
  let length = 0;
  const stream: unknown = response.body ?? [];
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > most) throw new WechatFailure('content', null, `WeChat ${path} answered over ${most} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
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
  const code = (error.cause as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : error.name;
}
