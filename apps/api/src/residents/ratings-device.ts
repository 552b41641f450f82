import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';

/** What tells one device from another, for looking into bursts; only a keyed digest of it is ever kept. */
export const DeviceTrace = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const { ip = '', headers } = context.switchToHttp().getRequest<Request>();
  return `${ip}\n${headers['user-agent'] ?? ''}`;
});
