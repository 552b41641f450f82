import { randomInt } from 'node:crypto';
import { parseXml, readPassiveReply } from './passive-reply';
import type { PhoneContent } from './phone-message';
import { xmlElement } from './push-content';
import type { PushAddress } from './sim-options';
import { decryptWire, encryptWire, wireSignature } from './wire';

/** Plaintext, or AES as in 安全模式. */
export type PushMode = 'plain' | 'aes';

/** One signed request to the webhook. */
export interface PushRequest {
  readonly url: string;
  readonly body: string;
}

/** How the platform takes an answer: something to show, nothing to show, or a fault. */
export type PushAnswer =
  | { readonly kind: 'content'; readonly content: PhoneContent }
  | { readonly kind: 'silent' }
  | { readonly kind: 'malformed'; readonly problem: string };

/** Signs, and in AES mode encrypts, one push as the platform does. `at` in seconds. */
export function pushRequest(
  address: PushAddress,
  appId: string,
  openid: string,
  xml: string,
  mode: PushMode,
  at: number,
): PushRequest {
  const timestamp = String(at);
  const nonce = String(randomInt(100_000_000, 2_000_000_000));
  const query = new URLSearchParams({
    signature: wireSignature(address.token, timestamp, nonce),
    timestamp,
    nonce,
    openid,
  });
  let body = xml;
  if (mode === 'aes') {
    const encrypted = encryptWire(address.aesKey ?? '', appId, xml);
    query.set('encrypt_type', 'aes');
    query.set('msg_signature', wireSignature(address.token, timestamp, nonce, encrypted));
    body = xmlElement([
      ['ToUserName', address.originalId],
      ['Encrypt', encrypted],
    ]);
  }
  const url = new URL(typeof address.url === 'string' ? address.url : address.url());
  for (const [name, value] of query) url.searchParams.set(name, value);
  return { url: url.toString(), body };
}

/** Reads a 200 answer to a push; empty and `success` mean nothing to show. */
export function readAnswer(
  address: PushAddress,
  appId: string,
  openid: string,
  body: string,
  mode: PushMode,
): PushAnswer {
  if (body === '' || body === 'success') return { kind: 'silent' };
  const outer = parseXml(body);
  if (outer === null) return { kind: 'malformed', problem: 'the answer is no XML' };
  if (mode === 'plain') return shown(outer, openid, address.originalId);
  const opened = openReply(address, appId, outer);
  return 'problem' in opened
    ? { kind: 'malformed', problem: opened.problem }
    : shown(opened.fields, openid, address.originalId);
}

function shown(fields: Record<string, unknown>, openid: string, originalId: string): PushAnswer {
  const read = readPassiveReply(fields, openid, originalId);
  return 'problem' in read ? { kind: 'malformed', problem: read.problem } : { kind: 'content', content: read.content };
}

function openReply(
  address: PushAddress,
  appId: string,
  outer: Record<string, unknown>,
): { readonly fields: Record<string, unknown> } | { readonly problem: string } {
  const [encrypted, given, timestamp, nonce] = ['Encrypt', 'MsgSignature', 'TimeStamp', 'Nonce'].map(
    (name) => outer[name],
  );
  if (typeof encrypted !== 'string' || typeof given !== 'string') return { problem: 'the answer is not encrypted' };
  if (given !== wireSignature(address.token, String(timestamp), String(nonce), encrypted)) {
    return { problem: 'MsgSignature is wrong' };
  }
  try {
    const fields = parseXml(decryptWire(address.aesKey ?? '', appId, encrypted));
    return fields === null ? { problem: 'the decrypted answer is no XML' } : { fields };
  } catch (error) {
    return { problem: `the answer cannot be decrypted: ${error instanceof Error ? error.message : String(error)}` };
  }
}
