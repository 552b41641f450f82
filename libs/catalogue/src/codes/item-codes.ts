import type { Implementation, ItemCodes, ItemLevel } from '@linli/contracts';
import { hasCheckCharacter, isCreditCode } from './check-character';

/** What is wrong with one code; only a broken shape or codes that contradict each other are errors. */
export interface CodeProblem {
  readonly field: keyof ItemCodes;
  readonly fault: 'shape' | 'contradiction' | 'checkCharacter' | 'typeDiffers' | 'levelDiffers' | 'parent';
  readonly problem: string;
}

const levelDigits: Readonly<Record<ItemLevel, string>> = {
  state: '1',
  province: '2',
  city: '3',
  county: '4',
  subdistrict: '5',
  community: '6',
  graded: '7',
};

const shapes = {
  basic: {
    pattern: /^\d{4}[0-9A-Z]{5}[0-9A-Z]{3}$/,
    words: 'has 12 characters: 2 for the catalogue, 2 for the type, 5 for the item, 3 for the sub-item',
  },
  implementation: {
    pattern: /^[0-9A-Z]{18}\d\d{4}[0-9A-Z]{8}$/,
    words: 'has 31 characters: the credit code of the authority (18), the level (1), the basic code (12)',
  },
  handling: {
    pattern: /^[0-9A-Z]{18}\d\d{4}[0-9A-Z]{8}\d{2}$/,
    words: 'has 33 characters: the implementation code (31) and a serial number (2)',
  },
} as const;

/** The code that tells an item from all others: the finest it has. */
export function ownCode(codes: ItemCodes): string | null {
  return codes.handling ?? codes.implementation ?? codes.localTask ?? null;
}

/** Checks an item's codes by their scheme. Local codes are free; only the authority's check character is looked at. */
export function checkCodes({ codes, level, type }: Pick<Implementation, 'codes' | 'level' | 'type'>): CodeProblem[] {
  const authority = checkAuthority('authority', codes.authority);
  if (codes.scheme === 'local') return authority;
  const broken = (['basic', 'implementation', 'handling'] as const).flatMap((field): CodeProblem[] => {
    const code = codes[field];
    if (code === undefined || shapes[field].pattern.test(code)) return [];
    const problem = `"${code}" ${lengthOf(code)}; a national code ${shapes[field].words}. Mend it, or set the scheme to local`;
    return [{ field, fault: 'shape', problem }];
  });
  if (broken.length > 0) return [...broken, ...authority];
  const whole = codes.implementation ?? codes.handling?.slice(0, 31);
  const { basic = whole?.slice(19) } = codes;
  return [
    ...contradictions(codes),
    ...authority,
    ...(codes.authority === undefined ? checkAuthority('implementation', whole?.slice(0, 18)) : []),
    ...(basic ? checkBasic(basic, type) : []),
    ...(whole ? checkLevel(whole, level) : []),
  ];
}

function lengthOf(code: string): string {
  return `is ${code.length} characters of another shape`;
}

function contradictions({ basic, implementation, handling, authority }: ItemCodes): CodeProblem[] {
  const found: CodeProblem[] = [];
  const add = (isBroken: boolean, field: keyof ItemCodes, problem: string): void => {
    if (isBroken) found.push({ field, fault: 'contradiction', problem });
  };
  if (implementation !== undefined) {
    add(
      basic !== undefined && implementation.slice(19) !== basic,
      'basic',
      'must be the last 12 of the implementation code',
    );
    add(
      authority !== undefined && isCreditCode(authority) && !implementation.startsWith(authority),
      'authority',
      'must be the first 18 of the implementation code',
    );
  }
  const parent = implementation ?? (basic === undefined ? undefined : handling?.slice(0, 19).concat(basic));
  add(
    handling !== undefined && parent !== undefined && handling.slice(0, 31) !== parent,
    'handling',
    'must begin with the implementation code and end with two digits more',
  );
  return found;
}

function checkAuthority(field: keyof ItemCodes, code: string | undefined): CodeProblem[] {
  if (code?.length !== 18 || hasCheckCharacter(code)) return [];
  return [{ field, fault: 'checkCharacter', problem: `the check character of "${code}" is wrong: look it up again` }];
}

const typeDigits: Readonly<Partial<Record<Implementation['type'], readonly string[]>>> = {
  licence: ['01'],
  penalty: ['02'],
  coercion: ['03'],
  levy: ['04'],
  benefit: ['05'],
  inspection: ['06'],
  confirmation: ['07'],
  reward: ['08'],
  ruling: ['09'],
  // Guangdong numbers these two 20 and 21.
  otherPower: ['10', '20'],
  publicService: ['20', '21'],
};

function checkBasic(basic: string, type: Implementation['type']): CodeProblem[] {
  const digits = basic.slice(2, 4);
  const found: CodeProblem[] = [];
  if (!(typeDigits[type] ?? []).includes(digits))
    found.push({
      field: 'basic',
      fault: 'typeDiffers',
      problem: `characters 3 and 4 are ${digits}, the type is ${type}`,
    });
  if (basic.endsWith('00Y'))
    found.push({ field: 'basic', fault: 'parent', problem: '00Y names a parent that is not handled itself' });
  return found;
}

function checkLevel(whole: string, level: ItemLevel): CodeProblem[] {
  const digit = whole[18] ?? '';
  if (levelDigits[level] === digit) return [];
  const problem = `character 19 is ${digit}, the level is ${level} (${levelDigits[level]})`;
  return [{ field: 'implementation', fault: 'levelDiffers', problem }];
}
