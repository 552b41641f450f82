import { guideRules } from './guide-rules';
import { itemRules } from './item-rules';
import type { Finding, Lintable, LintRule } from './rule';

/** Every rule of quality a guide is held to at import and at review; each name once. */
export const lintRules: readonly LintRule[] = [...guideRules, ...itemRules];

/** Which rules an entry breaks, in the order of the table. */
export function lintEntry(entry: Lintable): Finding[] {
  return lintRules.flatMap(({ id, severity, at, sentence, problem, source, broken }) =>
    broken(entry).map((detail) => ({
      rule: id,
      severity,
      at,
      sentence: sentence.replace('{}', () => detail),
      problem: problem.replace('{}', () => detail).trim(),
      source,
    })),
  );
}
