import type { CatalogueEntry } from '@linli/contracts';

/** What entries are narrowed by and counted by. */
export const facetNames = ['department', 'category', 'theme', 'audience', 'kind'] as const;
export type FacetName = (typeof facetNames)[number];

/** One value of a facet and how many of the entries have it. */
export interface FacetCount {
  readonly value: string;
  readonly name: string;
  readonly count: number;
}

/** Chosen values, by facet. */
export type Choice = Readonly<Partial<Record<FacetName, string>>>;

/** One facet over all entries: its values, which entries have which, and which values an entry has. */
export class Facet {
  private readonly counts: Uint32Array;
  /** Where each value stands by its name. */
  private readonly order: Uint32Array;

  private constructor(
    readonly values: readonly { readonly value: string; readonly name: string }[],
    /** Values of an entry: `codes` from `starts[entry]` until `starts[entry + 1]`. */
    private readonly starts: Uint32Array,
    private readonly codes: Uint16Array,
    private readonly entries: readonly Uint32Array[],
    private readonly known: ReadonlyMap<string, number>,
  ) {
    this.counts = new Uint32Array(values.length);
    const byName = [...values.keys()].sort((a, b) => compare(values[a]?.name ?? '', values[b]?.name ?? ''));
    this.order = new Uint32Array(values.length);
    byName.forEach((code, place) => (this.order[code] = place));
  }

  /** Looks at all entries; yields between parts of the work. */
  static *over(entries: readonly CatalogueEntry[], valuesOf: ValuesOf): Generator<undefined, Facet> {
    const values: { value: string; name: string }[] = [];
    const byValue = new Map<string, number>();
    const byName = new Map<string, number>();
    const lists: number[][] = [];
    const starts = new Uint32Array(entries.length + 1);
    const codes: number[] = [];
    for (const [at, entry] of entries.entries()) {
      for (const { value, name } of valuesOf(entry)) {
        const code = byValue.get(value) ?? values.push({ value, name }) - 1;
        byValue.set(value, code);
        if (!byName.has(name)) byName.set(name, code);
        const list = (lists[code] ??= []);
        if (list.at(-1) === at) continue;
        list.push(at);
        codes.push(code);
      }
      starts[at + 1] = codes.length;
      if (at % 2048 === 0) yield;
    }
    const sorted = lists.map((list) => Uint32Array.from(list));
    return new Facet(values, starts, Uint16Array.from(codes), sorted, new Map([...byName, ...byValue]));
  }

  /** The number of a value given by itself or by its name; null when no entry has it. */
  codeOf(given: string): number | null {
    return this.known.get(given) ?? null;
  }

  has(entry: number, code: number): boolean {
    const end = this.starts[entry + 1] ?? 0;
    for (let at = this.starts[entry] ?? 0; at < end; at += 1) if (this.codes[at] === code) return true;
    return false;
  }

  /** The entries that have the value, ascending. */
  withCode(code: number): Uint32Array {
    return this.entries[code] ?? new Uint32Array(0);
  }

  /** Room to count in, emptied: one for all, since no counting waits in between. */
  emptyCounts(): Uint32Array {
    return this.counts.fill(0);
  }

  count(entry: number, counts: Uint32Array): void {
    const end = this.starts[entry + 1] ?? 0;
    for (let at = this.starts[entry] ?? 0; at < end; at += 1) {
      const code = this.codes[at] ?? 0;
      counts[code] = (counts[code] ?? 0) + 1;
    }
  }

  /** How many entries have each value, of all there are. */
  wholeCounts(): Uint32Array {
    return Uint32Array.from(this.entries, (list) => list.length);
  }

  /** The `most` commonest values, ties in the order of their names. */
  commonest(counts: Uint32Array, most: number): FacetCount[] {
    const codes: number[] = [];
    for (let code = 0; code < counts.length; code += 1) if ((counts[code] ?? 0) > 0) codes.push(code);
    codes.sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || (this.order[a] ?? 0) - (this.order[b] ?? 0));
    return codes.slice(0, most).flatMap((code) => {
      const known = this.values[code];
      return known ? [{ ...known, count: counts[code] ?? 0 }] : [];
    });
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

type ValuesOf = (entry: CatalogueEntry) => readonly { readonly value: string; readonly name: string }[];

const plain = (value: string): { value: string; name: string } => ({ value, name: value });

const audienceNames = {
  person: '个人',
  enterprise: '企业',
  institution: '事业单位',
  socialOrganisation: '社会组织',
  unincorporated: '非法人组织',
  authority: '行政机关',
  other: '其他',
} as const;

const kindNames = { item: '办事', service: '服务', report: '反映问题' } as const;

/** Where each facet's values stand in an entry. */
export const facetValues: Readonly<Record<FacetName, ValuesOf>> = {
  department: ({ department }) => [{ value: department.id, name: department.name }],
  category: ({ category }) => [plain(category)],
  theme: ({ implementation }) => (implementation?.themes ?? []).map(plain),
  audience: ({ implementation }) =>
    (implementation?.audiences ?? []).map((value) => ({ value, name: audienceNames[value] })),
  kind: ({ kind }) => [{ value: kind, name: kindNames[kind] }],
};
