import { facetNames, type Choice, type Facet, type FacetCount, type FacetName } from './facets';

/** The facets of one page. */
export type FacetPage = Readonly<Record<Exclude<FacetName, 'kind'>, readonly FacetCount[]>>;

/** Values shown of each facet. */
const shown = 20;

interface Chosen {
  readonly name: FacetName;
  readonly facet: Facet;
  /** Null: nobody has this value. */
  readonly code: number | null;
}

/** The chosen facet values, looked up: which entries pass, and how they count. */
export class Narrowing {
  readonly chosen: readonly Chosen[];

  constructor(
    private readonly facets: Readonly<Record<FacetName, Facet>>,
    choice: Choice,
  ) {
    this.chosen = facetNames.flatMap((name) => {
      const given = choice[name];
      return given === undefined ? [] : [{ name, facet: facets[name], code: facets[name].codeOf(given) }];
    });
  }

  passes(entry: number): boolean {
    return this.chosen.every((one) => passesOne(one, entry));
  }

  /** The shortest list that holds every entry that passes; null when nothing is chosen. */
  shortest(): Uint32Array | null {
    return shortestOf(this.chosen);
  }

  /**
   * Counts entries found by other means. A facet that narrows is counted as if it did not, so that a reader sees what
   * the other values would give.
   */
  countFound(found: Uint32Array): FacetPage {
    const counts = this.emptyCounts();
    for (const entry of found) this.countOne(entry, counts);
    return this.pageOf(counts);
  }

  /** Counts all entries, from the facets' own lists: cost follows the shortest list, not the catalogue. */
  countAll(): FacetPage {
    const counts = this.emptyCounts();
    const open = facetNames.filter((name) => !this.chosen.some((one) => one.name === name));
    this.countWhere(this.chosen, open, counts);
    for (const one of this.chosen)
      this.countWhere(
        this.chosen.filter((other) => other !== one),
        [one.name],
        counts,
      );
    return this.pageOf(counts);
  }

  private countOne(entry: number, counts: Record<FacetName, Uint32Array>): void {
    let failed: Chosen | null = null;
    for (const one of this.chosen) {
      if (passesOne(one, entry)) continue;
      if (failed) return;
      failed = one;
    }
    if (failed) failed.facet.count(entry, counts[failed.name]);
    else for (const name of facetNames) this.facets[name].count(entry, counts[name]);
  }

  private countWhere(
    chosen: readonly Chosen[],
    names: readonly FacetName[],
    counts: Record<FacetName, Uint32Array>,
  ): void {
    const list = shortestOf(chosen);
    if (!list) {
      for (const name of names) counts[name] = this.facets[name].wholeCounts();
      return;
    }
    for (const entry of list) {
      if (!chosen.every((one) => passesOne(one, entry))) continue;
      for (const name of names) this.facets[name].count(entry, counts[name]);
    }
  }

  private emptyCounts(): Record<FacetName, Uint32Array> {
    const { department, category, theme, audience, kind } = this.facets;
    return {
      department: department.emptyCounts(),
      category: category.emptyCounts(),
      theme: theme.emptyCounts(),
      audience: audience.emptyCounts(),
      kind: kind.emptyCounts(),
    };
  }

  private pageOf(counts: Record<FacetName, Uint32Array>): FacetPage {
    const page = (name: FacetName): FacetCount[] => this.facets[name].commonest(counts[name], shown);
    return {
      department: page('department'),
      category: page('category'),
      theme: page('theme'),
      audience: page('audience'),
    };
  }
}

function passesOne({ facet, code }: Chosen, entry: number): boolean {
  return code !== null && facet.has(entry, code);
}

function shortestOf(chosen: readonly Chosen[]): Uint32Array | null {
  let shortest: Uint32Array | null = null;
  for (const { facet, code } of chosen) {
    const list = code === null ? nobody : facet.withCode(code);
    if (!shortest || list.length < shortest.length) shortest = list;
  }
  return shortest;
}

const nobody = new Uint32Array(0);
