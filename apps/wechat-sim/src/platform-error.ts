import { randomBytes } from 'node:crypto';

const messages: Readonly<Record<number, string>> = {
  [-1]: 'system error',
  40001: 'invalid credential, access_token is invalid or not latest',
  40002: 'invalid grant_type',
  40003: 'invalid openid',
  40004: 'invalid media type',
  40007: 'invalid media_id',
  40008: 'invalid message type',
  40013: 'invalid appid',
  40016: 'invalid button size',
  40018: 'invalid button name size',
  40023: 'invalid sub button size',
  40029: 'invalid code',
  40037: 'invalid template_id',
  40125: 'invalid appsecret',
  40129: 'invalid scene',
  40163: 'code been used',
  40169: 'invalid length for scene, or the data is not json string',
  41001: 'access_token missing',
  41005: 'media data missing',
  42001: 'access_token expired',
  43004: 'require subscribe',
  43101: 'user refuse to accept the msg',
  44991: 'reach max request limit',
  45002: 'content size out of limit',
  45008: 'article size out of limit',
  45009: 'reach max api daily quota limit',
  45011: 'api minute-quota reach limit, must slower, retry next minute',
  45015: 'response out of time limit or subscription is canceled',
  45047: 'out of response count limit',
  45072: 'invalid command',
  45080: 'can not typing, no recent message from the user',
  45081: 'already typing',
  46003: 'menu no exist',
  47001: 'data format error',
  47003: 'argument invalid!',
  48001: 'api unauthorized',
  61010: 'code is expired or user is not recently active',
  87009: 'invalid signature',
};

/** A refusal of the platform: answered with HTTP 200, `errcode` and `errmsg`. */
export class PlatformError extends Error {
  constructor(
    readonly errcode: number,
    detail = '',
  ) {
    super([messages[errcode] ?? 'error', detail].filter((part) => part !== '').join(' '));
  }
}

/** The request id every platform answer ends with when it carries an `errmsg`. */
export function withRid(message: string): string {
  const hex = randomBytes(12).toString('hex');
  return `${message} rid: ${hex.slice(0, 8)}-${hex.slice(8, 16)}-${hex.slice(16)}`;
}
