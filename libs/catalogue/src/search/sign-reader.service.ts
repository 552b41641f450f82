import type { SignReader } from './units';

/** Signs from here on were hardly ever written in a name; they are read one by one. */
const remembered = 65_536;

/**
 * Reads signs with OpenCC's and pinyin-pro's dictionaries; readings of runs are looked up once. They weigh 20 MB and are
 * loaded by processes that search.
 */
export async function loadSignReader(): Promise<SignReader> {
  const [{ Converter }, { pinyin }] = await Promise.all([import('opencc-js'), import('pinyin-pro')]);
  const simplify = Converter({ from: 't', to: 'cn' });
  const alone = (sign: string): string => pinyin(sign, { toneType: 'none', type: 'array', v: true })[0] ?? '';
  const runs = new Map<string, readonly string[]>();
  return {
    simplify,
    syllables: (signs) => {
      const run = signs.join('');
      const known = runs.get(run);
      if (known) return known;
      const read = pinyin(run, { toneType: 'none', type: 'array', v: true, nonZh: 'removed' });
      const syllables = read.length === signs.length ? read : signs.map(alone);
      if (runs.size < remembered) runs.set(run, syllables);
      return syllables;
    },
  };
}
