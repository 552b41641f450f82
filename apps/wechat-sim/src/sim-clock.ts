/** Platform time: real time plus what was advanced. Windows, tokens and codes run on it; pushes are stamped with real time. */
export class SimClock {
  private offsetMs = 0;

  constructor(private readonly real: () => Date = () => new Date()) {}

  /** Platform time in milliseconds. */
  now(): number {
    return this.real().getTime() + this.offsetMs;
  }

  /** Real time, which the webhook compares signatures with. */
  realNow(): Date {
    return this.real();
  }

  advance(ms: number): void {
    this.offsetMs += ms;
  }

  reset(): void {
    this.offsetMs = 0;
  }
}
