import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CatalogueEntry } from '@linli/contracts';
import { projectRoot } from '@linli/platform';
import { EntryIndex, type EntryPage, type EntrySearch } from './entry-index';
import { signReader } from './sign-reader.service';
import { cutLetters } from './syllables';

type Row = Omit<CatalogueEntry, 'department'> & { readonly department: string };

function demo(): CatalogueEntry[] {
  const folder = join(projectRoot(), 'config/demo/catalogue');
  const rows = readdirSync(folder).flatMap((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Row[]);
  return rows.map((row) => ({ ...row, department: { id: `d-${row.department}`, name: row.department } }));
}

function build(entries: readonly CatalogueEntry[]): EntryIndex {
  const steps = EntryIndex.build(entries, signReader());
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

const entries = demo();
const index = build(entries);
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
  ])('%s', (letters, cut) => expect(cutLetters(letters).map((pieces) => pieces.join(' ')).sort()).toEqual(cut.sort()));
});

describe('a search', () => {
  it('x', () => {
    for (const q of ['高龄津贴','gaolingjintie','gljt','gaoling津贴','高龄jt','高龄金铁','高岭津帖','高齡津貼','高龄','津贴','gaolin','gaolingjint','低保','底保','dibao','db','施工噪声','shigongzaosheng','saosheng','居住证','juzhuzheng','jzz','我妈八十多了想领高龄津贴','KTV','ktv','残证','公积金','申请','zzzzqq','今天天气不错','修空调','xiukongtiao','社保 老人'])
      console.log(q, find({ q }).items.map((i) => i.name).join(' | '), find({q}, 100).items.length);
  });
});
