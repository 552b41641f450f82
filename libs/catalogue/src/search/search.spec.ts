import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CatalogueEntry } from '@linli/contracts';
import { projectRoot } from '@linli/platform';
import { EntryIndex, type EntryPage, type EntrySearch } from './entry-index';
import { Numbering } from './numbering';
import { bestAfter } from './ranking';
import { loadSignReader } from './sign-reader.service';
import { cutLetters } from './syllables';
import type { SignReader } from './units';

type Row = Omit<CatalogueEntry, 'department'> & { readonly department: string };

function demo(): CatalogueEntry[] {
  const folder = join(projectRoot(), 'config/demo/catalogue');
  const rows = readdirSync(folder).flatMap((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Row[]);
  return rows.map((row) => ({ ...row, department: { id: `d-${row.department}`, name: row.department } }));
}

let reader: SignReader;
let index: EntryIndex;
beforeAll(async () => {
  reader = await loadSignReader();
  index = build(entries);
});

function build(entries: readonly CatalogueEntry[]): EntryIndex {
  const steps = EntryIndex.build(entries, reader);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

const entries = demo();
const find = (search: EntrySearch, limit = 5, cursor: string | null = null): EntryPage => {
  const page = index.page(search, limit, cursor);
  if (!page) throw new Error('the cursor was refused');
  return page;
};
const first = (q: string): string | undefined => find({ q }).items[0]?.id;

describe('the cutting of typed letters', () => {
  it.each<[string, string[]]>([
    ['gaolingjintie', ['gao ling jin tie']],
    ['gljt', ['g l j t']],
    ['gaoljt', ['gao l j t']],
    ['fangan', ['fang an', 'fan gan']],
    ['zhsh', ['zh sh']],
  ])('%s', (letters, cut) =>
    expect(
      cutLetters(letters)
        .map((pieces) => pieces.join(' '))
        .sort(),
    ).toEqual(cut.sort()),
  );
});

describe('a search', () => {
  it.each<[string, string, string]>([
    ['signs', '高龄津贴', 'elder-allowance'],
    ['a part of a name', '高龄', 'elder-allowance'],
    ['full pinyin', 'gaolingjintie', 'elder-allowance'],
    ['pinyin with a gap', 'gaoling jintie', 'elder-allowance'],
    ['an unfinished syllable', 'gaolingjint', 'elder-allowance'],
    ['first letters', 'gljt', 'elder-allowance'],
    ['signs and pinyin', '高龄jintie', 'elder-allowance'],
    ['signs and first letters', '高龄jt', 'elder-allowance'],
    ['signs that sound alike', '高岭金帖', 'elder-allowance'],
    ['traditional script', '高齡津貼', 'elder-allowance'],
    ['full width letters', 'ｇｌｊｔ', 'elder-allowance'],
    ['a whole sentence', '我妈八十多了想领高龄津贴', 'elder-allowance'],
    ['an alias', '低保', 'dibao'],
    ['an alias by ear', '底保', 'dibao'],
    ['an alias in pinyin', 'dibao', 'dibao'],
    ['the beginning of a name in letters', 'jzz', 'res-permit'],
    ['a Latin word in any case', 'ktv', 'r-noise-business'],
    ['tongues that do not curl', 'sigongzaosen', 'r-noise-construct'],
  ])('finds by %s: %s', (_how, q, id) => expect(first(q)).toBe(id));

  it.each(['今天天气不错', 'sveltekit', '😀', '。。。', '龘龘龘'])('finds nothing for %s', (q) =>
    expect(find({ q }).items).toEqual([]),
  );

  it('puts the name that is the query before names that hold it, and names before summaries', () => {
    const made = (id: string, name: string, summary: string): CatalogueEntry => ({
      ...entries[0]!,
      id,
      name,
      summary,
      aliases: [],
      keywords: [],
    });
    const small = build([
      made('a', '别的事项', '也说到居住证'),
      made('b', '换领居住证', '换'),
      made('c', '居住证', '证'),
      made('d', '居住证签注', '签'),
    ]);
    expect(small.page({ q: '居住证' }, 9, null)?.items.map((one) => one.id)).toEqual(['c', 'd', 'b', 'a']);
  });
});

describe('pages', () => {
  const walk = (search: EntrySearch, limit: number): string[] => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: EntryPage = find(search, limit, cursor);
      seen.push(...page.items.map((one) => one.id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    return seen;
  };

  it.each<[string, EntrySearch]>([
    ['everything', {}],
    ['a category', { category: '社会救助' }],
    ['a kind and a department', { kind: 'report', department: '区城市管理局' }],
    ['words', { q: '申请' }],
    ['words in a kind', { q: '证', kind: 'item' }],
  ])('of %s hold each entry once, whatever their size', (_what, search) => {
    const whole = find(search, 500).items.map((one) => one.id);
    expect(whole.length).toBeGreaterThan(3);
    expect(new Set(whole).size).toBe(whole.length);
    for (const limit of [1, 3, 7, 100]) expect(walk(search, limit)).toEqual(whole);
  });

  it('without words hold what a plain look at all entries finds, by id', () => {
    const wanted = entries
      .filter((one) => one.kind === 'item' && one.category === '社会救助')
      .map((one) => one.id)
      .sort();
    expect(walk({ kind: 'item', category: '社会救助' }, 4)).toEqual(wanted);
  });

  it('go on after an entry that is gone', () => {
    const [a, b] = find({}, 2).items;
    expect(find({}, 1, `${a!.id}-gone`).items[0]?.id).toBe(b!.id);
  });

  it('refuse a cursor that is none', () => expect(index.page({ q: '低保' }, 5, 'nonsense')).toBeNull());

  it('are the same from two builds', () => {
    const other = build([...entries].reverse());
    for (const q of ['证', 'sq', 'buzhu', '老人'])
      expect(other.page({ q }, 50, null)?.items.map((one) => one.id)).toEqual(
        find({ q }, 50).items.map((one) => one.id),
      );
  });
});

describe('facets', () => {
  const counted = (search: EntrySearch, name: 'department' | 'category'): Record<string, number> =>
    Object.fromEntries(find(search).facets[name].map((one) => [one.value, one.count]));
  const countBy = (list: readonly CatalogueEntry[], key: (entry: CatalogueEntry) => string): Record<string, number> => {
    const counts = new Map<string, number>();
    for (const entry of list) counts.set(key(entry), (counts.get(key(entry)) ?? 0) + 1);
    return Object.fromEntries(counts);
  };

  it('count what was found', () => {
    const found = find({ q: '津贴' }, 100).items;
    expect(counted({ q: '津贴' }, 'category')).toEqual(countBy(found, (one) => one.category));
  });

  it('that narrow are counted as if they did not', () => {
    const category = '社会救助';
    const inCategory = entries.filter((one) => one.category === category);
    expect(counted({ category }, 'department')).toEqual(countBy(inCategory, (one) => one.department.id));
    expect(counted({ category }, 'category')).toEqual(counted({}, 'category'));
    const words = { q: '申请' };
    expect(counted({ ...words, category }, 'category')).toEqual(counted(words, 'category'));
    expect(counted({ kind: 'item', category }, 'category')).toEqual(counted({ kind: 'item' }, 'category'));
  });

  it('take a department by id or by name, and an unknown value finds nothing', () => {
    const { department } = entries[0]!;
    expect(find({ department: department.name }, 99)).toEqual(find({ department: department.id }, 99));
    expect(find({ department: '没有这个部门' }).items).toEqual([]);
    expect(find({ q: '低保', category: '没有这一类' }).items).toEqual([]);
  });

  it('know themes and audiences', () => {
    const codes = { scheme: 'local' } as const;
    const rich = build(
      entries.slice(0, 6).map((one, at) => ({
        ...one,
        implementation: {
          codes,
          type: 'benefit',
          level: 'county',
          themes: at % 2 === 0 ? ['社会救助', '优待抚恤'] : ['户籍办理'],
          audiences: at < 4 ? ['person'] : ['person', 'enterprise'],
        },
      })),
    );
    const page = rich.page({ theme: '户籍办理' }, 9, null);
    expect(page?.items).toHaveLength(3);
    expect(page?.facets.audience).toEqual([
      { value: 'person', name: '个人', count: 3 },
      { value: 'enterprise', name: '企业', count: 1 },
    ]);
    expect(rich.page({ audience: 'enterprise' }, 9, null)?.items).toHaveLength(2);
  });
});

describe('the parts', () => {
  it('number features the same for the same feature, however many come', () => {
    const numbering = new Numbering();
    const features = [...Array(200_000).keys()].map((n) => (n % 7) * 2 ** 32 + ((n * 2_654_435_761) % 2 ** 32));
    const numbers = features.map((one) => numbering.numberOf(one));
    expect(features.map((one) => numbering.numberOf(one))).toEqual(numbers);
    expect(numbering.size).toBe(new Set(features).size);
    expect([...numbering.sorted()]).toEqual([...new Set(features)].sort((a, b) => a - b));
  });

  it('choose the best matches, ties by entry, after any place', () => {
    const ranks = Uint32Array.from({ length: 5000 }, (_, n) => (n * 7919) % 97);
    const matches = { entries: Uint32Array.from({ length: 5000 }, (_, n) => n), ranks };
    const all = [...matches.entries].sort((a, b) => ranks[b]! - ranks[a]! || a - b);
    expect(bestAfter(matches, () => true, null, 40).map((one) => one.entry)).toEqual(all.slice(0, 40));
    const after = { rank: ranks[all[1999]!]!, entry: all[1999]! + 1 };
    expect(bestAfter(matches, () => true, after, 600).map((one) => one.entry)).toEqual(all.slice(2000, 2600));
    const even = all.filter((one) => one % 2 === 0);
    expect(bestAfter(matches, (one) => one % 2 === 0, null, 7).map((one) => one.entry)).toEqual(even.slice(0, 7));
  });
});
