import type { Limit } from '@linli/contracts';
import type { BundledItem, Span } from './life-event';

/** Items in an order in which they can be done, file order kept where it does not matter; what is left lies on a cycle. */
export function inOrder(items: readonly BundledItem[]): { ordered: BundledItem[]; cycle: BundledItem[] } {
  const ordered: BundledItem[] = [];
  const done = new Set<string>();
  const known = new Set(items.map((item) => item.entry));
  let left = [...items];
  for (;;) {
    const ready = left.find((item) => (item.after ?? []).every((entry) => done.has(entry) || !known.has(entry)));
    if (!ready) return { ordered, cycle: left };
    ordered.push(ready);
    done.add(ready.entry);
    left = left.filter((item) => item !== ready);
  }
}

interface Chain {
  readonly span: Span;
  readonly path: readonly string[];
}

const none: Chain = { span: { workingDays: 0, naturalDays: 0 }, path: [] };

/** The longest chain of items that wait for each other; `items` are in order (see `inOrder`). */
export function longestChain(items: readonly BundledItem[], limits: ReadonlyMap<string, Limit>): Chain {
  const chains = new Map<string, Chain>();
  let longest = none;
  for (const { entry, after = [] } of items) {
    const before = after.map((one) => chains.get(one) ?? none).reduce(longer, none);
    const chain = { span: plus(before.span, limits.get(entry)), path: [...before.path, entry] };
    chains.set(entry, chain);
    longest = longer(longest, chain);
  }
  return longest;
}

/** Limits one after the other. */
export function plus(span: Span, limit: Limit | undefined): Span {
  if (!limit) return span;
  const { workingDays, naturalDays } = span;
  return limit.unit === 'workingDay'
    ? { workingDays: workingDays + limit.days, naturalDays }
    : { workingDays, naturalDays: naturalDays + limit.days };
}

function longer(one: Chain, other: Chain): Chain {
  return weight(other.span) > weight(one.span) ? other : one;
}

/** Five working days fill a week; near enough to compare, never shown. */
function weight({ workingDays, naturalDays }: Span): number {
  return (workingDays * 7) / 5 + naturalDays;
}
