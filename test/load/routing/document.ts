import type { ServiceGuide } from '@linli/contracts';

/** A catalogue entry as every engine is given it: the same words for all. */
export interface Document {
  readonly id: string;
  readonly kind: 'item' | 'service' | 'report';
  readonly name: string;
  readonly department: string;
  readonly category: string;
  readonly aliases: readonly string[];
  readonly keywords: readonly string[];
  readonly summary: string;
  readonly phrasings: readonly string[];
  /** Our engine reads in it for whom and where; no peer would know what to do with it. */
  readonly guide?: ServiceGuide;
}
