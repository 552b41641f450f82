import type { CatalogueEntry, Implementation } from '@linli/contracts';
import { listCsv, powersTable, responsibilitiesTable, servicesTable } from './list-tables.service';
import { powersOf, responsibilitiesOf, servicesOf, untoldPowers } from './public-lists';
import { guide } from './samples';

const entry = (id: string, change: Partial<CatalogueEntry>): CatalogueEntry => ({
  id,
  kind: 'item',
  name: id,
  department: { id: 'civil', name: '区民政局' },
  category: '试验',
  aliases: [],
  summary: '说明',
  keywords: [],
  phrasings: [],
  version: 3,
  versionId: 'v',
  guide,
  ...change,
});
const of = (type: Implementation['type']): { implementation: Implementation } => ({
  implementation: { codes: { scheme: 'local', localTask: 'T-1' }, type, level: 'county', powerSource: 'delegatedDown' },
});
const { guide: _none, ...bare } = entry('bare', of('penalty'));
const entries = [
  entry('licence', of('licence')),
  entry('penalty', { ...of('penalty'), guide: { ...guide, basis: [] } }),
  bare,
  entry('open', of('publicService')),
  entry('plain', { kind: 'service' }),
  entry('noise', { kind: 'report' }),
];
const ids = (rows: readonly { readonly id: string }[]): string[] => rows.map((row) => row.id);
const head = { revision: 7, asOf: '2026-03-10' };

describe('the public lists', () => {
  it('hold powers and their duties, and as services whatever else is an item', () => {
    expect(ids(powersOf(entries))).toEqual(['licence', 'penalty']);
    expect(ids(responsibilitiesOf(entries))).toEqual(['licence', 'penalty']);
    expect(ids(servicesOf(entries))).toEqual(['open', 'plain']);
  });

  it('hold no power nobody has told the public of, and say how many there are', () => {
    expect(untoldPowers(entries)).toBe(1);
    expect(untoldPowers(entries.filter((one) => one !== bare))).toBe(0);
  });

  it('tell in words what is coded, and leave out what nobody told', () => {
    expect(powersOf(entries)).toMatchObject([
      { typeName: '行政许可', levelName: '县级', source: '上级下放', code: 'T-1', basis: guide.basis, version: 3 },
      { typeName: '行政处罚', basis: [] },
    ]);
    expect(responsibilitiesOf(entries)[1]).toMatchObject({ duties: guide.steps, complaintPhone: guide.complaintPhone });
  });

  it('are files that no spreadsheet takes for formulas', () => {
    const trap = entry('trap', { ...of('licence'), name: '=cmd|calc' });
    const file = listCsv(head, powersTable(powersOf([trap])));
    expect(file.startsWith('\uFEFF目录版次,截至日期,事项编号')).toBe(true);
    expect(file).toContain("'=cmd|calc");
    expect(listCsv(head, responsibilitiesTable(responsibilitiesOf(entries)))).toContain('20个工作日,10个工作日');
    expect(listCsv(head, servicesTable(servicesOf(entries))).split('\r\n')).toHaveLength(4);
  });
});
