/** Digits and words of one scheme for one coded field: `{ "01": "licence" }`. */
export type CodeTable = Readonly<Record<string, string>>;

/** All tables, by coded field and scheme: `tables.itemType.guangdong`. */
export type CodeTables = Readonly<Record<string, Readonly<Record<string, CodeTable>>>>;

/** The table called `itemType.guangdong`, or null when there is none. */
export function tableNamed(tables: CodeTables, name: string): CodeTable | null {
  const [set = '', scheme = ''] = name.split('.');
  return tables[set]?.[scheme] ?? null;
}

/** Our word for a code; digits are found with and without their leading zeros. Null when the table lacks it. */
export function wordOf(table: CodeTable, code: string): string | null {
  const told = code.trim();
  const bare = told.replace(/^0+(?=\d)/, '');
  const spellings = [told, bare, bare.padStart(2, '0')];
  for (const spelling of spellings) {
    const word = Object.hasOwn(table, spelling) ? table[spelling] : undefined;
    if (word !== undefined) return word;
  }
  return null;
}

/** The code a scheme writes for our word; null when it has none. */
export function codeOf(table: CodeTable, word: string): string | null {
  return Object.entries(table).find(([, one]) => one === word)?.[0] ?? null;
}

/** Another scheme's code for the same thing: Guangdong's 21 is the nation's 20. Null when either lacks it. */
export function translated(from: CodeTable, to: CodeTable, code: string): string | null {
  const word = wordOf(from, code);
  return word === null ? null : codeOf(to, word);
}

/** Several codes in one text, joined as the exchange tables do (`1^2^3`) or as our files do (`1|2`). */
export function splitCodes(text: string): string[] {
  return text
    .split(/[\^|,，、]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
}
