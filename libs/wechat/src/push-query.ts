import { Refusal } from '@linli/kernel';
import { sameSignature, signatureOf } from './signature';

/** The query of a request that claims to come from the platform; null where a parameter is missing. */
export interface PushQuery {
  readonly signature: string | null;
  /** Seconds since 1970, as text. */
  readonly timestamp: string;
  readonly nonce: string;
  /** The body is encrypted (安全模式, 兼容模式). */
  readonly encrypted: boolean;
  readonly msgSignature: string | null;
  readonly echostr: string | null;
}

const longest = 1_024;
const toleranceMs = 300_000;

/** Reads a query as HTTP servers hand it over; a parameter given twice, nested or endless is malformed. */
export function pushQuery(query: Readonly<Record<string, unknown>>): PushQuery {
  const signature = parameter(query, 'signature');
  const msgSignature = parameter(query, 'msg_signature');
  const [timestamp, nonce] = [parameter(query, 'timestamp'), parameter(query, 'nonce')];
  const encryptType = parameter(query, 'encrypt_type');
  const echostr = parameter(query, 'echostr');
  if (timestamp === null || nonce === null) throw new Refusal('wechat.signature');
  const encrypted = encryptType === null ? msgSignature !== null : encryptType.toLowerCase() === 'aes';
  return { signature, timestamp, nonce, encrypted, msgSignature, echostr };
}

/** Refuses a signature that is missing or was not made with the account's token over these parts. */
export function checkSignature(given: string | null, token: string | undefined, parts: readonly string[]): void {
  // An account without a token can verify nothing, so nothing is let in.
  if (given === null || token === undefined || token === '') throw new Refusal('wechat.signature');
  if (!sameSignature(signatureOf([token, ...parts]), given)) throw new Refusal('wechat.signature');
}

/** Refuses a request signed more than 300 s before or after now. */
export function checkFresh(timestamp: string, now: Date): void {
  if (!/^\d+$/.test(timestamp)) throw new Refusal('wechat.malformed');
  // The platform writes ten digits; another spelling of a time was put together by somebody else.
  const fresh = timestamp.length === 10 && Math.abs(now.getTime() - Number(timestamp) * 1_000) <= toleranceMs;
  if (!fresh) throw new Refusal('wechat.stale');
}

function parameter(query: Readonly<Record<string, unknown>>, name: string): string | null {
  const value = Object.hasOwn(query, name) ? query[name] : undefined;
  if (value === undefined || value === '') return null;
  if (typeof value !== 'string' || value.length > longest) throw new Refusal('wechat.malformed');
  return value;
}
