import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Implementation } from '@linli/contracts';
import { projectRoot } from '@linli/platform';
import { hasCheckCharacter } from './check-character';
import { codeOf, splitCodes, tableNamed, translated, wordOf, type CodeTable, type CodeTables } from './code-table';
import { checkCodes } from './item-codes';
import { acceptanceScopes, audiences, handlingForms, itemLevels, itemTypes, powerSources, serviceModes } from './words';

const authority = '91350100M000100Y43';
const basic = '440112345000';
const whole = `${authority}3${basic}`;
const base: Implementation = {
  codes: { scheme: 'national', basic, implementation: whole, handling: `${whole}01`, authority },
  type: 'licence',
  level: 'city',
};

type Change = Partial<Omit<Implementation, 'codes'>> & { readonly codes?: object };

describe('a credit code', () => {
  it.each<[string, boolean]>([
    ['91350100M000100Y43', true],
    ['91350100M000100Y44', false],
    ['91350100M000100Y4', false],
    ['91350100I000100Y43', false],
    ['91530100M000100Y43', false],
  ])('%s has its check character: %s', (code, is) => expect(hasCheckCharacter(code)).toBe(is));
});

describe('codes of an item', () => {
  const faults = (change: Change): string[] =>
    checkCodes({ ...base, ...change, codes: { ...base.codes, ...change.codes } }).map(
      ({ field, fault }) => `${field} ${fault}`,
    );

  it.each<[string, Change, string[]]>([
    ['in order', {}, []],
    ['basic of 13', { codes: { basic: `${basic}0` } }, ['basic shape']],
    ['implementation of 30', { codes: { implementation: whole.slice(1) } }, ['implementation shape']],
    ['handling of 31', { codes: { handling: whole } }, ['handling shape']],
    ['basic that is another', { codes: { basic: '440112345001' } }, ['basic contradiction']],
    ['handling of another item', { codes: { handling: `${authority}344011234500101` } }, ['handling contradiction']],
    [
      'a wrong check character',
      { codes: { authority: '91350100M000100Y44' } },
      ['authority contradiction', 'authority checkCharacter'],
    ],
    ['another type', { type: 'benefit' }, ['basic typeDiffers']],
    ['another level', { level: 'county' }, ['implementation levelDiffers']],
  ])('%s', (_what, change, found) => expect(faults(change)).toEqual(found));

  it('are free in a local scheme, but for the check character of the authority', () => {
    const codes = { scheme: 'local', basic: 'x', localTask: '512B-…-1', authority: '083372204' } as const;
    expect(checkCodes({ ...base, codes })).toEqual([]);
    expect(checkCodes({ ...base, codes: { ...codes, authority: '91350100M000100Y44' } })).toMatchObject([
      { fault: 'checkCharacter' },
    ]);
  });

  it('name a parent that is not handled itself', () => {
    const codes = { scheme: 'national', basic: '44011234500Y' } as const;
    expect(checkCodes({ ...base, codes })).toMatchObject([{ fault: 'parent' }]);
  });
});

describe('code tables', () => {
  const tables = JSON.parse(
    readFileSync(join(projectRoot(), 'config/catalogue/code-tables.json'), 'utf8'),
  ) as CodeTables;
  const table = (name: string): CodeTable => tableNamed(tables, name) ?? {};

  it.each<[string, string, string | null]>([
    ['itemType.national', '20', 'publicService'],
    ['itemType.guangdong', '20', 'otherPower'],
    ['itemType.guangdong', '21', 'publicService'],
    ['itemType.sichuan', '05', 'benefit'],
    ['itemType.national', '5', 'benefit'],
    ['itemType.epoint', '04', 'coercion'],
    ['itemType.national', '04', 'levy'],
    ['itemType.epoint', '16', null],
    ['itemType.words', '行政许可', 'licence'],
    ['audience.national', '5', 'authority'],
    ['audience.exchange', '5', 'unincorporated'],
    ['handlingForm.national', '3', 'mobile'],
    ['handlingForm.exchange', '3', 'courier'],
    ['scope.exchange', '6', 'acrossCommunities'],
    ['itemType.national', 'constructor', null],
  ])('%s reads %s as %s', (name, code, word) => expect(wordOf(table(name), code)).toBe(word));

  it('turns one province’s digits into another’s', () => {
    expect(translated(table('itemType.guangdong'), table('itemType.national'), '21')).toBe('20');
    expect(translated(table('itemType.epoint'), table('itemType.sichuan'), '03')).toBe('2');
    expect(translated(table('audience.exchange'), table('audience.national'), '5')).toBeNull();
    expect(codeOf(table('handlingForm.exchange'), 'courier')).toBe('3');
    expect(splitCodes('1^2^3')).toEqual(['1', '2', '3']);
  });

  it('holds no word but ours, so that every code read can be written into an entry', () => {
    const words: Readonly<Record<string, readonly string[]>> = {
      itemType: itemTypes,
      itemLevel: itemLevels,
      audience: audiences,
      handlingForm: handlingForms,
      scope: acceptanceScopes,
      powerSource: powerSources,
      serviceMode: serviceModes,
      handling: ['immediate', 'committed'],
    };
    for (const [set, schemes] of Object.entries(tables))
      for (const one of Object.values(schemes)) expect(words[set]).toEqual(expect.arrayContaining(Object.values(one)));
  });
});
