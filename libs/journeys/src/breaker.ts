/** Stops asking somebody who keeps failing, and tries once again after a rest. */
export class Breaker {
  private failures = 0;
  private restsUntil = 0;

  constructor(
    private readonly most: number,
    private readonly restMs: number,
  ) {}

  /** Whether to ask now. After a rest one may try; the others wait for what comes of it. */
  allows(now: Date): boolean {
    if (this.failures < this.most) return true;
    if (now.getTime() < this.restsUntil) return false;
    this.restsUntil = now.getTime() + this.restMs;
    return true;
  }

  succeeded(): void {
    this.failures = 0;
  }

  /** True when this was the failure with which it stops asking. */
  failed(now: Date): boolean {
    this.failures += 1;
    if (this.failures >= this.most) this.restsUntil = now.getTime() + this.restMs;
    return this.failures === this.most;
  }
}
