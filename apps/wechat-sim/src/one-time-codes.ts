import { randomBytes } from 'node:crypto';
import { BoundedMap } from './bounded-map';
import { PlatformError } from './platform-error';

const lifeMs = 300_000;

/** Codes good for one use within five minutes, each standing for a value. */
export class OneTimeCodes<T> {
  private readonly codes = new BoundedMap<{ readonly value: T; readonly until: number; used: boolean }>(5_000);

  constructor(private readonly now: () => number) {}

  issue(value: T): string {
    const code = randomBytes(16).toString('hex');
    this.codes.set(code, { value, until: this.now() + lifeMs, used: false });
    return code;
  }

  /** What the code stands for; 40029 when unknown or late, 40163 when already used. */
  redeem(code: string | undefined): T {
    const entry = this.codes.get(code ?? '');
    if (entry === undefined || entry.until <= this.now()) throw new PlatformError(40029);
    if (entry.used) throw new PlatformError(40163);
    entry.used = true;
    return entry.value;
  }

  clear(): void {
    this.codes.clear();
  }
}
