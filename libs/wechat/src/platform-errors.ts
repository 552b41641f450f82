/** What a failed call to the platform asks of the caller. */
export type FailureKind =
  /** Busy or out of reach: try again, later each time. */
  | 'retry'
  /** Too fast: wait a minute. */
  | 'slow'
  /** The resident cannot be reached this way any more: close the channel, do not retry. */
  | 'unreachable'
  /** No custom message is allowed now: use a template or subscribe message. */
  | 'window'
  /** The message itself is refused: put it aside for an operator. */
  | 'content'
  /** The day's or minute's allowance is used up: pause this API. */
  | 'quota'
  /** Appid, secret, address list or account state: alarm, stop. */
  | 'config'
  /** The account may not use this API: alarm. */
  | 'permission';

const kinds: ReadonlyMap<number, FailureKind> = new Map([
  ...each('retry', [-1, 43108]),
  ...each('slow', [45011]),
  ...each('unreachable', [40003, 43004, 43019, 48002, 43101]),
  ...each('window', [45015, 45047]),
  ...each('content', [40007, 40033, 47001, 47003, 40037, 45002, 45168]),
  ...each('quota', [45009, 44990, 44991, 44992, 44993]),
  ...each('config', [40013, 40125, 41002, 41004, 40164, 40243]),
  ...each('permission', [48001, 48004, 50002, 43107]),
]);

const tokenCodes: ReadonlySet<number> = new Set([40001, 40014, 42001]);
const codeCodes: ReadonlySet<number> = new Set([40029, 40163]);

/** A call to the platform that failed. Its message names API, code and request id, never a token or a person. */
export class WechatFailure extends Error {
  constructor(
    readonly kind: FailureKind,
    readonly errcode: number | null,
    message: string,
  ) {
    super(message);
    this.name = 'WechatFailure';
  }
}

/** What an error code asks for. A code not known is the message's fault: trying it for ever would help nobody. */
export function failureKind(errcode: number): FailureKind {
  // A token refused twice in a row was replaced meanwhile; a later attempt finds the new one.
  if (isTokenError(errcode) || errcode < 0) return 'retry';
  return kinds.get(errcode) ?? 'content';
}

/** The access token is wrong or has ended: get another. */
export function isTokenError(errcode: number): boolean {
  return tokenCodes.has(errcode);
}

/** The login code was made up, is too old, or was used before. */
export function isCodeError(errcode: number): boolean {
  return codeCodes.has(errcode);
}

/** The resident refuses messages or left. */
export function isUnreachable(errcode: number): boolean {
  return kinds.get(errcode) === 'unreachable';
}

/** The failure an answer with an error code stands for. */
export function failureOf(path: string, errcode: number, errmsg: string): WechatFailure {
  const requestId = /rid: ([0-9a-f-]{1,64})/.exec(errmsg)?.[1];
  const named = requestId === undefined ? '' : ` (rid ${requestId})`;
  return new WechatFailure(failureKind(errcode), errcode, `WeChat ${path} answered ${errcode}${named}`);
}

/** The failure an HTTP status other than 200 stands for: the platform itself always answers 200. */
export function statusFailure(path: string, status: number): WechatFailure {
  const kind = status >= 500 || status === 408 ? 'retry' : status === 429 ? 'slow' : 'config';
  return new WechatFailure(kind, null, `WeChat ${path} answered HTTP ${status}`);
}

function each(kind: FailureKind, codes: readonly number[]): [number, FailureKind][] {
  return codes.map((code) => [code, kind]);
}
