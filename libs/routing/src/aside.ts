import { type Beside } from './examples';
import { type Emergency } from './rules/emergency';

const numbers = ['110', '119', '120', '122'] as const;
/** A wish for a person may stand this far behind the best entry. */
const humanBehind = -1.5;
/** What was, may be or is feared, and what is claimed on paper, is no danger now. */
const notNow =
  /怕|担心|万一|着了?火[^。]{0,4}(?:跑|逃|怎么|谁)|怎么报|抢救过来|国家管不管|死[在于]|油烟|烧烤|要是|如果|会不会|以前|之前|上次|上回|去年|前年|上个?(?:月|周|礼拜|星期)|当年|那次|那年|后来|事后|报销|补贴|补助|津贴|申请|认定|住院|用钱|催费|医保|社保|掏空|算不算|理赔|赔偿|抚恤|证明|演练|积蓄|政策|怎么办理|电影|电视剧|追剧|小说|游戏|新闻|演习|梦见|剧情/;
/** Of fewer characters too little can be like anything; the rules know the short cries. */
const shortest = 4;
/** Longer texts are heard part by part: a story of a danger speaks of much else. */
export const longestAlarm = 60;
/** From these odds on a text is a danger: what a rule heard is taken back only when everything else is against it. */
const dangerFrom = { heard: -0.5, likened: 0.6, inStory: 2.5, inLetter: 3.5 } as const;
/** An entry that shares many words with a danger (`变压器`) speaks against it only so far. */
const farthest = -7;
/** What is written to be read at leisure. */
const letter =
  /尊敬的|敬启|您好|领导|同志[:,]|负责同志|反映|建议|恳请|特此|此致|敬礼|盼复|为盼|来信|烦请|敬请|望贵|贵单位|本人/;
const weary = /不想活|想死|自杀|自沙|轻生|遗书|活够|一了百了|跳楼|跳下去|跳河|安眠药|割腕/;
const wearyAdvice = '请先离开高处和危险的东西，到有人的地方去，让家人或邻居陪着；也可以拨 12356 心理援助热线说一说。';
const advice: Readonly<Record<(typeof numbers)[number], string>> = {
  110: '先到安全的地方锁好门，不要和对方正面冲突，再打电话，说清地址；不方便说话可以发短信到 12110。',
  119: '先带身边的人离开危险的地方，不要冒险去救，到安全处再打电话，说清地址和有没有人被困。',
  120: '先看人有没有反应和呼吸，不要随意搬动，流血就用干净布压住，打电话时说清地址，留人在路口接车。',
  122: '先打开双闪，人到路边安全处，有人受伤同时拨打 120，说清地点和车牌，不要随意搬动伤者。',
};

/** What a text is, when it asks for no entry: a danger, or a wish for a person. */
export type Aside = { readonly decision: 'human' } | { readonly decision: 'emergency'; readonly emergency: Emergency };

function loudest(beside: Readonly<Record<Beside, number>>): (typeof numbers)[number] {
  return numbers.reduce((best, number) => (beside[number] > beside[best] ? number : best), '110');
}

/** All dangers taken together: a text between two of them is a danger all the same. */
function alarm(beside: Readonly<Record<Beside, number>>): number {
  return Math.log(numbers.reduce((sum, number) => sum + Math.exp(beside[number]), 0));
}

/** What is known about a text that may be a danger. */
export interface Likeness {
  readonly text: string;
  readonly beside: Readonly<Record<Beside, number>>;
  /** The score of the best entry. */
  readonly best: number;
  /** How much it sounds like a danger, in log odds. */
  readonly danger: number;
}

/** How likely a text is a danger, in log odds, apart from what rules say: a logistic regression over phrasings and examples left out. */
function dangerOdds({ text, beside, best, danger }: Likeness): number {
  const loud = alarm(beside);
  const past = notNow.test(text) ? 3.4 : 0;
  return (
    -2.15 +
    0.71 * danger +
    0.4 * Math.max(farthest, loud - best) +
    0.19 * (loud - beside.outside) +
    0.17 * (loud - beside.human) +
    1.12 * Math.log(text.length + 1) -
    past
  );
}

/** Whether what a rule takes for a danger is one by its likeness too. */
export function isConfirmed(likeness: Likeness): boolean {
  return dangerOdds(likeness) + 2.3 >= dangerFrom.heard;
}

function dangerAside({ text, beside }: Likeness): Aside {
  const call = loudest(beside);
  return { decision: 'emergency', emergency: { call, advice: weary.test(text) ? wearyAdvice : advice[call] } };
}

/** Hears a danger or a wish for a person that no rule spells out, by its likeness to known ones. */
export function asideIn(likeness: Likeness): Aside | undefined {
  const { text, beside, best } = likeness;
  const { human, outside } = beside;
  const short = text.length >= shortest && text.length <= longestAlarm;
  if (short && dangerOdds(likeness) >= dangerFrom.likened) return dangerAside(likeness);
  if (human - best > humanBehind && human > outside && human > alarm(beside)) return { decision: 'human' };
  return undefined;
}

/** Hears a danger in the parts of a long story; those of a letter tell what was, and weigh less. */
export function asideInParts(parts: readonly Likeness[], text: string): Aside | undefined {
  const from = letter.test(text) ? dangerFrom.inLetter : dangerFrom.inStory;
  const odds = parts.map(dangerOdds);
  const most = Math.max(...odds);
  const part = parts[odds.indexOf(most)];
  return part !== undefined && most >= from ? dangerAside(part) : undefined;
}
