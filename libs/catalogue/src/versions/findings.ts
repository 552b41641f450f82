import { Refusal } from '@linli/kernel';
import { lintEntry } from '../lint/lint-entry';
import type { Finding, Lintable } from '../lint/rule';
import { mandatoryFindings } from './six-fields';

/** Everything the rules find in an entry, the six public fields first. */
export function findingsOf(entry: Lintable): Finding[] {
  return [...mandatoryFindings(entry), ...lintEntry(entry)];
}

/** Refuses words that break a rule which must not be broken in public, naming each. */
export function checkPublishable(entry: Lintable): void {
  const errors = findingsOf(entry).filter((finding) => finding.severity === 'error');
  if (errors.length === 0) return;
  throw new Refusal(
    'catalogue.notPublishable',
    errors.map(({ at, sentence }) => ({ at, problem: sentence })),
  );
}
