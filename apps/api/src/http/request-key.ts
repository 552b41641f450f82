import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { Refusal } from '@linli/kernel';
import { bodyHash, type RequestKey } from '@linli/platform';
import type { KnownRequest } from '../access/access';

/** The request's `Idempotency-Key` within its caller and path, or null when it carries none. */
export const OnceKey = createParamDecorator((_: unknown, context: ExecutionContext): RequestKey | null =>
  requestKeyOf(context.switchToHttp().getRequest<Request & KnownRequest>()),
);

/** See `OnceKey`; `body` replaces the parsed body where that is not what was sent (uploads). */
export function requestKeyOf(request: Request & KnownRequest, body: unknown = request.body): RequestKey | null {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return null;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,128}$/.test(key)) throw new Refusal('idempotency.keyInvalid');
  const caller = request.caller ? `${request.caller.kind}:${request.caller.id}` : `ip:${request.ip ?? ''}`;
  return { scope: `${caller} ${request.method} ${request.path}`, key, bodyHash: bodyHash(body) };
}
