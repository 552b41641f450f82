import { openWindow, spend, type QuotaTrigger, type QuotaWindow } from './custom-quota';

const hour = 3_600_000;

function spendTimes(windows: readonly QuotaWindow[], times: number, now: number): QuotaWindow[] | number {
  let current: QuotaWindow[] = [...windows];
  for (let i = 0; i < times; i += 1) {
    const result = spend(current, now);
    if ('errcode' in result) return result.errcode;
    current = result.windows;
  }
  return current;
}

describe('custom message quota', () => {
  it.each<[QuotaTrigger, number, number]>([
    ['message', 5, 48 * hour],
    ['menuClick', 3, 60_000],
    ['follow', 3, 60_000],
    ['scan', 3, 60_000],
  ])('%s allows %i messages for %i ms', (trigger, count, validMs) => {
    const windows = openWindow([], trigger, 1_000);
    expect(Array.isArray(spendTimes(windows, count, 1_000 + validMs - 1))).toBe(true);
    expect(spendTimes(windows, count + 1, 1_000)).toBe(45047);
    expect(spendTimes(windows, 1, 1_000 + validMs)).toBe(45015);
  });

  it('refuses anyone who never wrote', () => {
    expect(spend([], 0)).toEqual({ errcode: 45015 });
  });

  it('renews a window and does not add to it', () => {
    const used = spendTimes(openWindow([], 'message', 0), 4, 0);
    const renewed = openWindow(used as QuotaWindow[], 'message', hour);
    expect(Array.isArray(spendTimes(renewed, 5, hour))).toBe(true);
    expect(spendTimes(renewed, 6, hour)).toBe(45047);
  });

  it('uses the short window first and keeps the long one', () => {
    const windows = openWindow(openWindow([], 'message', 0), 'menuClick', 0);
    expect(Array.isArray(spendTimes(windows, 8, 0))).toBe(true);
    expect(spendTimes(windows, 9, 0)).toBe(45047);
    const after = spendTimes(windows, 3, 0) as QuotaWindow[];
    expect(Array.isArray(spendTimes(after, 5, hour))).toBe(true);
  });

  it('says window closed, not count used up, once the empty window has passed', () => {
    const empty = spendTimes(openWindow([], 'follow', 0), 3, 0) as QuotaWindow[];
    expect(spend(empty, 59_999)).toEqual({ errcode: 45047 });
    expect(spend(empty, 60_000)).toEqual({ errcode: 45015 });
  });
});
