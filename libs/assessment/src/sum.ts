import type { FactValues } from './facts';
import type { Sum } from './scheme';

/** The facts a sum names, each times its factor; without the trace decimal factors leave in binary. */
export function total(parts: Sum, facts: FactValues): number {
  const sum = Object.entries(parts).reduce((all, [name, factor]) => all + factor * (facts[name as keyof Sum] ?? 0), 0);
  return Math.round(sum * 1e6) / 1e6;
}
