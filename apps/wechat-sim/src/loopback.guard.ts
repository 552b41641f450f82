import { type CanActivate, type ExecutionContext, ForbiddenException, Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { simOptions, type SimOptions } from './sim-options';

/** Lets only this machine in when so configured. It asks the socket, since a forwarded address can be written by anyone. */
@Injectable()
export class LoopbackGuard implements CanActivate {
  constructor(@Inject(simOptions) private readonly options: SimOptions) {}

  canActivate(context: ExecutionContext): boolean {
    if (!this.options.loopbackOnly) return true;
    const request = context.switchToHttp().getRequest<Request>();
    if (isLoopback(request.socket.remoteAddress ?? '')) return true;
    throw new ForbiddenException('The simulator answers only this machine.');
  }
}

/** Whether a socket address is this machine's own: 127.0.0.0/8, ::1, or the former mapped into IPv6. */
export function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/i.test(address);
}
