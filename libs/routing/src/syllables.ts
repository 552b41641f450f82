import table from './pinyin-table.json';

/** Second readings of everyday characters, beside the one the table lists. */
const others = new Map(
  Object.entries({
    行: 'hang',
    长: 'zhang',
    重: 'chong',
    还: 'huan',
    得: 'dei',
    都: 'du',
    调: 'tiao',
    会: 'kuai',
    差: 'chai',
    乐: 'yue',
    单: 'shan',
    降: 'xiang',
    参: 'shen',
    弹: 'tan',
    传: 'zhuan',
    藏: 'zang',
    率: 'shuai',
    着: 'zhao',
    薄: 'bo',
    便: 'pian',
    地: 'de',
    空: 'kong',
    了: 'liao',
    没: 'mo',
    模: 'mu',
    厦: 'xia',
    折: 'she',
    什: 'shen',
    血: 'xie',
    吓: 'he',
    色: 'shai',
    谁: 'shui',
  }),
);

/** Takes together what southern ears and hasty fingers take together: zh and z, ch and c, sh and s, final ng and n after i and e. */
export function foldSound(sound: string): string {
  return sound.replace(/([zcs])h/g, '$1').replace(/([ie])ng\b/g, '$1n');
}

const bySyllable = new Map(Object.entries(table));
const readings = new Map<string, string>();
/** By character code: asked for every character of every text. */
const folded: (string | undefined)[] = Array.from({ length: 0x10000 });
for (const [syllable, characters] of bySyllable) {
  for (const character of characters) {
    readings.set(character, syllable);
    folded[character.charCodeAt(0)] = foldSound(syllable);
  }
}
const longest = 6;

const sounds = Array.from(new Set(Object.keys(table).map(foldSound)));
const numbers = new Map(sounds.map((sound, at) => [sound, at]));
const numbered = Int16Array.from(folded, (sound) => (sound === undefined ? -1 : (numbers.get(sound) ?? -1)));

/** How many sounds a southern ear tells apart. */
export const soundCount = sounds.length;

/** Numbers the sounds of `soundOf`, from 0; -1 for what has none. */
export const soundNumber = {
  byCode: (code: number): number => numbered[code] as number,
  bySound: (sound: string): number => numbers.get(sound) ?? -1,
} as const;

/** How a character sounds to a southern ear (see `foldSound`); undefined for rare characters and everything that is no character. */
export function soundOf(character: string): string | undefined {
  return folded[character.charCodeAt(0)];
}

/** The characters read as a syllable; empty when there are none. */
export function charactersOf(syllable: string): string {
  return bySyllable.get(syllable) ?? '';
}

/** Every way a word may be read, its syllables joined by `link`; empty when one of its characters is unknown. */
export function soundsOf(word: string, link: string): string[] {
  let sound = '';
  let second = '';
  for (let at = 0; at < word.length; at += 1) {
    const character = word.charAt(at);
    const syllable = readings.get(character);
    if (syllable === undefined) return [];
    const glue = at === 0 ? '' : link;
    const other = others.get(character);
    // One second reading a word is enough: no everyday word needs two.
    if (second !== '') second += glue + syllable;
    else if (other !== undefined) second = sound + glue + other;
    sound += glue + syllable;
  }
  return second === '' ? [sound] : [sound, second];
}

/** Reads Latin letters as syllables, as few as possible; null when they are no pinyin. */
export function spell(letters: string): string[] | null {
  const best: (string[] | null)[] = [[]];
  for (let end = 1; end <= letters.length; end += 1) {
    let chosen: string[] | null = null;
    for (let start = Math.max(0, end - longest); start < end; start += 1) {
      const before = best[start];
      const syllable = letters.slice(start, end);
      if (before === null || before === undefined || !bySyllable.has(syllable)) continue;
      if (chosen === null || before.length + 1 < chosen.length) chosen = [...before, syllable];
    }
    best.push(chosen);
  }
  return best[letters.length] ?? null;
}
