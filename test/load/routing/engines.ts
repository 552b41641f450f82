import type { Build } from './engine';
import { ours } from './ours';
import { bm25 } from './peers/bm25';
import { flexSearch } from './peers/flex-search';
import { fuse } from './peers/fuse';
import { miniSearch } from './peers/mini-search';
import { nlp } from './peers/nlp';
import { orama } from './peers/orama';
import { trigram } from './peers/trigram';

/** The product's engine first, then the off-the-shelf choices. */
export const engines = {
  linli: ours,
  'MiniSearch + jieba': miniSearch,
  'Orama + Mandarin': orama,
  FlexSearch: flexSearch,
  'Fuse.js': fuse,
  'nlp.js + lang-zh': nlp,
  'BM25, characters': bm25(1),
  'BM25, pairs': bm25(2),
  'PostgreSQL pg_trgm': trigram,
} as const satisfies Record<string, Build>;

export type EngineName = keyof typeof engines;

export const engineNames = Object.keys(engines) as EngineName[];
