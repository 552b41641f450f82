/** Something that goes wrong instead of, or before, an answer. */
export type Fault =
  | { readonly kind: 'errcode'; readonly errcode: number }
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'hang' }
  | { readonly kind: 'status'; readonly status: number };

/** Faults ordered for coming calls, by API path (`/cgi-bin/message/custom/send`). */
export class PlannedFaults {
  private planned: { readonly path: string; readonly fault: Fault; times: number }[] = [];

  plan(path: string, fault: Fault, times: number): void {
    this.planned.push({ path, fault, times });
  }

  /** Takes the first fault planned for the path, if any is left. */
  take(path: string): Fault | null {
    const entry = this.planned.find((one) => one.path === path);
    if (entry === undefined) return null;
    entry.times -= 1;
    if (entry.times <= 0) this.planned = this.planned.filter((one) => one !== entry);
    return entry.fault;
  }

  clear(): void {
    this.planned = [];
  }
}
