import type { CatalogueEntry } from '@linli/contracts';
import { Narrowing, type FacetPage } from './choosing';
import { describe } from './describing';
import { Facet, facetValues, type Choice, type FacetName } from './facets';
import { longName, Matcher } from './matching';
import { PostingsBuilder, type Postings } from './postings';
import { parseQuery } from './query';
import { bestAfter, type PlaceInRanking } from './ranking';
import { WordNumbers, type SignReader } from './units';

/** What is looked for. */
export interface EntrySearch extends Choice {
  readonly q?: string;
}

/** One page of entries, with what the whole answer could be narrowed by. */
export interface EntryPage {
  readonly items: readonly CatalogueEntry[];
  readonly nextCursor: string | null;
  readonly facets: FacetPage;
}

/**
 * Facets kept of pages without words: each counts the whole catalogue, and there are few ways to choose. Pages with words
 * are made anew; kept answers would outlive the collector's young generation, and clearing them stops everybody.
 */
const keptFacets = 64;

/** Finds entries by words, pinyin and facets; made once per published revision, never changed. */
export class EntryIndex {
  private readonly matcher: Matcher;
  private readonly pages = new Map<string, FacetPage>();

  private constructor(
    private readonly entries: readonly CatalogueEntry[],
    private readonly facets: Readonly<Record<FacetName, Facet>>,
    private readonly postings: Postings,
    private readonly words: WordNumbers,
    private readonly reader: SignReader,
  ) {
    const lengths = Uint8Array.from(entries, ({ name }) => Math.min(longName, name.length));
    this.matcher = new Matcher(postings, lengths);
  }

  /** Builds the index in small steps: it yields so that the caller may let others go first. */
  static *build(published: readonly CatalogueEntry[], reader: SignReader): Generator<undefined, EntryIndex> {
    // The database sorts by its own alphabet; cursors are compared by ours.
    const entries = [...published].sort((a, b) => (a.id < b.id ? -1 : 1));
    const postings = new PostingsBuilder();
    const words = new WordNumbers();
    for (const [at, entry] of entries.entries()) {
      describe(entry, at, postings, words, reader);
      if (at % 16 === 0) yield;
    }
    const finished = yield* postings.finish();
    const department = yield* Facet.over(entries, facetValues.department);
    const category = yield* Facet.over(entries, facetValues.category);
    const theme = yield* Facet.over(entries, facetValues.theme);
    const audience = yield* Facet.over(entries, facetValues.audience);
    const kind = yield* Facet.over(entries, facetValues.kind);
    const facets = { department, category, theme, audience, kind };
    return new EntryIndex(entries, facets, finished, words, reader);
  }

  /** Bytes the postings take. */
  get bytes(): number {
    return this.postings.bytes;
  }

  /** One page; null when the cursor is none of ours. */
  page({ q, ...choice }: EntrySearch, limit: number, cursor: string | null): EntryPage | null {
    const narrowing = new Narrowing(this.facets, choice);
    const words = q?.trim() ?? '';
    if (words === '') return this.plainPage(narrowing, choice, limit, cursor);
    const after = cursor === null ? null : this.placeOf(cursor);
    if (cursor !== null && !after) return null;
    const matches = this.matcher.match(parseQuery(words, this.words, this.reader));
    const best = bestAfter(matches, (entry) => narrowing.passes(entry), after, limit + 1);
    const shown = best.slice(0, limit);
    const last = shown.at(-1);
    return {
      items: shown.flatMap(({ entry }) => this.entries[entry] ?? []),
      nextCursor: best.length > limit && last ? this.cursorOf(last) : null,
      facets: narrowing.countFound(matches.entries),
    };
  }

  private plainPage(narrowing: Narrowing, choice: Choice, limit: number, cursor: string | null): EntryPage {
    const list = narrowing.shortest();
    const from = cursor === null ? 0 : this.firstAfter(cursor);
    const found: number[] = [];
    const length = list ? list.length : this.entries.length;
    for (let at = list ? lowerBound(list, from) : from; at < length && found.length <= limit; at += 1) {
      const entry = list ? (list[at] ?? 0) : at;
      if (narrowing.passes(entry)) found.push(entry);
    }
    const items = found.slice(0, limit).flatMap((entry) => this.entries[entry] ?? []);
    return {
      items,
      nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null,
      facets: this.facetsOf(choice, narrowing),
    };
  }

  private facetsOf({ department, category, theme, audience, kind }: Choice, narrowing: Narrowing): FacetPage {
    const key = JSON.stringify([department, category, theme, audience, kind]);
    const known = this.pages.get(key);
    if (known) return known;
    const made = narrowing.countAll();
    const [oldest] = this.pages.keys();
    if (this.pages.size >= keptFacets && oldest !== undefined) this.pages.delete(oldest);
    this.pages.set(key, made);
    return made;
  }

  /** The first entry whose id comes after `id`. */
  private firstAfter(id: string): number {
    let low = 0;
    let high = this.entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.entries[middle]?.id ?? '') <= id) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private cursorOf({ rank, entry }: PlaceInRanking): string {
    return `${rank}.${this.entries[entry]?.id ?? ''}`;
  }

  private placeOf(cursor: string): PlaceInRanking | null {
    const [, rank, id] = /^(\d{1,6})\.(.+)$/s.exec(cursor) ?? [];
    return rank === undefined || id === undefined ? null : { rank: Number(rank), entry: this.firstAfter(id) };
  }
}

function lowerBound(list: Uint32Array, value: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
