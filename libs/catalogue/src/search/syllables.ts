const table = `
a ai an ang ao ba bai ban bang bao bei ben beng bi bian biao bie bin bing bo bu ca cai can cang cao ce cen ceng cha chai
chan chang chao che chen cheng chi chong chou chu chua chuai chuan chuang chui chun chuo ci cong cou cu cuan cui cun cuo
da dai dan dang dao de dei den deng di dia dian diao die ding diu dong dou du duan dui dun duo e ei en eng er fa fan fang
fei fen feng fo fou fu ga gai gan gang gao ge gei gen geng gong gou gu gua guai guan guang gui gun guo ha hai han hang hao
he hei hen heng hong hou hu hua huai huan huang hui hun huo ji jia jian jiang jiao jie jin jing jiong jiu ju juan jue jun
ka kai kan kang kao ke kei ken keng kong kou ku kua kuai kuan kuang kui kun kuo la lai lan lang lao le lei leng li lia lian
liang liao lie lin ling liu lo long lou lu luan lun luo lv lve ma mai man mang mao me mei men meng mi mian miao mie min
ming miu mo mou mu na nai nan nang nao ne nei nen neng ni nian niang niao nie nin ning niu nong nou nu nuan nuo nv nve o ou
pa pai pan pang pao pei pen peng pi pian piao pie pin ping po pou pu qi qia qian qiang qiao qie qin qing qiong qiu qu quan
que qun ran rang rao re ren reng ri rong rou ru rua ruan rui run ruo sa sai san sang sao se sen seng sha shai shan shang
shao she shei shen sheng shi shou shu shua shuai shuan shuang shui shun shuo si song sou su suan sui sun suo ta tai tan
tang tao te teng ti tian tiao tie ting tong tou tu tuan tui tun tuo wa wai wan wang wei wen weng wo wu xi xia xian xiang
xiao xie xin xing xiong xiu xu xuan xue xun ya yan yang yao ye yi yin ying yo yong you yu yuan yue yun za zai zan zang zao
ze zei zen zeng zha zhai zhan zhang zhao zhe zhei zhen zheng zhi zhong zhou zhu zhua zhuai zhuan zhuang zhui zhun zhuo zi
zong zou zu zuan zui zun zuo`;

const syllables = new Set(table.trim().split(/\s+/));
const longest = 6;

/** Sounds people mix up: zh ch sh with z c s, n with l at the beginning, -ng with -n. */
function sameToTheEar(syllable: string): string {
  return syllable
    .replace(/^([zcs])h/, '$1')
    .replace(/^n(?=.)/, 'l')
    .replace(/ng$/, 'n')
    .replace(/v/, 'u');
}

const soundNumbers = new Map<string, number>();
for (const syllable of syllables) {
  const sound = sameToTheEar(syllable);
  if (!soundNumbers.has(sound)) soundNumbers.set(sound, soundNumbers.size + 1);
}

const sounds = new Map([...syllables].map((one) => [one, soundNumbers.get(sameToTheEar(one)) ?? 0]));

/** Number of a syllable's sound, below 512; 0 when it is none. */
export function soundOf(syllable: string): number {
  return sounds.get(syllable) ?? 0;
}

/** Number of the first letter, 1–26; 0 when there is none. */
export function startOf(letters: string): number {
  const code = letters.charCodeAt(0) - 96;
  return code >= 1 && code <= 26 ? code : 0;
}

interface Reading {
  readonly cost: number;
  readonly pieces: readonly string[];
}

/** A letter that begins a syllable stands for it, at a price, so that whole syllables are preferred. */
const initialCost = 1.7;
const strayCost = 3;

/**
 * Cuts typed letters into syllables and initials: `gaoljt` → gao l j t. Where two ways are equally good (`fangan`) both
 * are given, the one with the longer first syllable before the other.
 */
export function cutLetters(letters: string): readonly (readonly string[])[] {
  const early = cheapest(letters, (a, b) => a <= b);
  const late = cheapest(letters, (a, b) => a < b);
  return early.join(' ') === late.join(' ') || early.length !== late.length ? [early] : [early, late];
}

function cheapest(letters: string, isBetter: (cost: number, than: number) => boolean): readonly string[] {
  const best: Reading[] = [{ cost: 0, pieces: [] }];
  for (let end = 1; end <= letters.length; end += 1) {
    let found: Reading | null = null;
    for (let from = Math.max(0, end - longest); from < end; from += 1) {
      const before = best[from];
      const piece = letters.slice(from, end);
      const price = priceOf(piece);
      if (!before || price === null) continue;
      if (!found || isBetter(before.cost + price, found.cost))
        found = { cost: before.cost + price, pieces: [...before.pieces, piece] };
    }
    best.push(found ?? { cost: Infinity, pieces: [] });
  }
  return best[letters.length]?.pieces ?? [];
}

function priceOf(piece: string): number | null {
  if (syllables.has(piece)) return 1;
  if (/^(?:[zcs]h|[b-df-hj-np-tw-z])$/.test(piece)) return initialCost;
  return piece.length === 1 ? strayCost : null;
}

/** Whether the letters are a whole syllable. */
export function isSyllable(letters: string): boolean {
  return syllables.has(letters);
}

const unfinished = new Set(
  [...syllables].flatMap((one) => [...Array(one.length - 1).keys()].map((n) => one.slice(0, n + 1))),
);

/** Whether the letters may go on to a longer syllable: `li`, but not `sheng`. */
export function mayGoOn(letters: string): boolean {
  return unfinished.has(letters);
}
