import { ForbiddenException, type ExecutionContext } from '@nestjs/common';
import { isLoopback, LoopbackGuard } from './loopback.guard';
import type { SimOptions } from './sim-options';

function callFrom(remoteAddress: string, headers: Record<string, string> = {}): ExecutionContext {
  const request = { socket: { remoteAddress }, headers };
  return { switchToHttp: () => ({ getRequest: () => request }) } as unknown as ExecutionContext;
}

describe('isLoopback', () => {
  it.each(['127.0.0.1', '127.8.9.10', '::1', '::ffff:127.0.0.1'])('%s is this machine', (address) => {
    expect(isLoopback(address)).toBe(true);
  });

  it.each(['10.0.0.5', '::ffff:10.0.0.5', '128.0.0.1', '127.0.0.1.evil.example', '', '::2', '0.0.0.0'])(
    '%s is not',
    (address) => {
      expect(isLoopback(address)).toBe(false);
    },
  );
});

describe('LoopbackGuard', () => {
  it('refuses a stranger who claims to be local', () => {
    const guard = new LoopbackGuard({ loopbackOnly: true } as SimOptions);
    expect(() => guard.canActivate(callFrom('10.0.0.5', { 'x-forwarded-for': '127.0.0.1' }))).toThrow(
      ForbiddenException,
    );
    expect(guard.canActivate(callFrom('::ffff:127.0.0.1'))).toBe(true);
  });

  it('lets everyone in when opened', () => {
    const guard = new LoopbackGuard({ loopbackOnly: false } as SimOptions);
    expect(guard.canActivate(callFrom('10.0.0.5'))).toBe(true);
  });
});
