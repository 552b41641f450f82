/** What opens a window for custom (客服) messages. */
export type QuotaTrigger = 'message' | 'menuClick' | 'follow' | 'scan';

/** How many custom messages one trigger allows, and for how long. */
export const quotaRules: Readonly<Record<QuotaTrigger, { readonly count: number; readonly validMs: number }>> = {
  message: { count: 5, validMs: 48 * 3_600_000 },
  menuClick: { count: 3, validMs: 60_000 },
  follow: { count: 3, validMs: 60_000 },
  scan: { count: 3, validMs: 60_000 },
};

/** One open window: messages left, and the instant (ms) at which it closes. */
export interface QuotaWindow {
  readonly trigger: QuotaTrigger;
  readonly left: number;
  readonly until: number;
}

/** Opens the trigger's window afresh; a repeated trigger renews its window and never adds to it. */
export function openWindow(windows: readonly QuotaWindow[], trigger: QuotaTrigger, now: number): QuotaWindow[] {
  const rule = quotaRules[trigger];
  const others = windows.filter((window) => window.trigger !== trigger && window.until > now);
  return [...others, { trigger, left: rule.count, until: now + rule.validMs }];
}

/** Takes one message from the window that closes first; 45015 when none is open, 45047 when all open ones are empty. */
export function spend(
  windows: readonly QuotaWindow[],
  now: number,
): { readonly windows: QuotaWindow[] } | { readonly errcode: 45015 | 45047 } {
  const open = windows.filter((window) => window.until > now).sort((a, b) => a.until - b.until);
  if (open.length === 0) return { errcode: 45015 };
  const chosen = open.find((window) => window.left > 0);
  if (chosen === undefined) return { errcode: 45047 };
  return { windows: open.map((window) => (window === chosen ? { ...window, left: window.left - 1 } : window)) };
}
