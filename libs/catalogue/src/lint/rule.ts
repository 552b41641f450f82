import type { EntryKind, Implementation, ServiceGuide } from '@linli/contracts';

/** `error`: not published; `warning`: published and shown to the reviewer; `advice`: better otherwise. */
export type Severity = 'error' | 'warning' | 'advice';

/** What the rules look at; a row of a file and an entry under review have it alike. */
export interface Lintable {
  readonly kind: EntryKind;
  readonly name: string;
  /** The department's name. */
  readonly department: string;
  readonly guide?: ServiceGuide | undefined;
  readonly implementation?: Implementation | undefined;
}

/** One rule of quality (指南校验规则). */
export interface LintRule {
  readonly id: string;
  readonly severity: Severity;
  /** The field it is about: `guide.committedLimit`. */
  readonly at: string;
  /** For the officer, with `{}` where the detail stands. */
  readonly sentence: string;
  /** For the operator of an import. */
  readonly problem: string;
  /** Article or standard the rule comes from. */
  readonly source: string;
  /** Details of what breaks the rule; empty when it is kept. */
  readonly broken: (entry: Lintable) => readonly string[];
}

/** One rule an entry breaks. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly at: string;
  readonly sentence: string;
  readonly problem: string;
  readonly source: string;
}

/** A rule about guides: kept by entries that have none. */
export function onGuide(
  broken: (guide: ServiceGuide, entry: Lintable) => readonly string[],
): (entry: Lintable) => readonly string[] {
  return (entry) => (entry.guide ? broken(entry.guide, entry) : []);
}

/** A rule about 实施清单 facts: kept by entries that have none. */
export function onImplementation(
  broken: (implementation: Implementation, entry: Lintable) => readonly string[],
): (entry: Lintable) => readonly string[] {
  return (entry) => (entry.implementation ? broken(entry.implementation, entry) : []);
}

/** A rule that is broken or not, without details. */
export function when(isBroken: boolean): readonly string[] {
  return isBroken ? [''] : [];
}

/** Values that stand more than once, each once. */
export function repeated(values: readonly string[]): string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const value of values) (seen.has(value) ? twice : seen).add(value);
  return [...twice];
}
