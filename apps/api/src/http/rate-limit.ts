import { BlockList, isIPv6 } from 'node:net';
import type { ExecutionContext } from '@nestjs/common';
import type { ThrottlerModuleOptions } from '@nestjs/throttler';
import type { Request } from 'express';

/** Whether an address lies in one of the CIDRs. IPv4 addresses written as IPv6 count as IPv4. */
export function addressMatcher(cidrs: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [address = '', bits] = cidr.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    list.addSubnet(address, bits === undefined ? (family === 'ipv6' ? 128 : 32) : Number(bits), family);
  }
  return (given) => {
    const address = given.replace(/^::ffff:(?=\d+\.)/i, '');
    return list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
  };
}

const minute = 60_000;

/** Requests a minute and address, per api process; routes that guess or compute set their own with `@Throttle`. */
export function rateLimits(exempt: readonly string[]): ThrottlerModuleOptions {
  const isExempt = addressMatcher(exempt);
  return {
    throttlers: [{ name: 'default', ttl: minute, limit: 600 }],
    skipIf: (context: ExecutionContext) => isExempt(context.switchToHttp().getRequest<Request>().ip ?? ''),
  };
}

/** Guesses at passwords and login codes. */
export const guessLimit = { default: { ttl: minute, limit: 30 } };
/** Work that costs the processor. */
export const computeLimit = { default: { ttl: minute, limit: 240 } };
