import { type Beside } from './examples';
import { type Emergency } from './rules/emergency';

const numbers = ['110', '119', '120', '122'] as const;
/** Further behind the best entry than this, a learned likeness is taken for chance. A missed danger weighs more than a call too many. */
const close = { emergency: -2.5, grave: -7, human: -3 } as const;
/** With one of these in it, a text need not be as like. */
const grave =
  /有人(?:受伤|在?喊|晕|昏)|救命|烫伤|烧伤|[绞切砍轧压]断|老鼠药|农药|百草枯|坠下|坠楼|锁车里|流血|昏迷|没呼吸|[人叫].{0,3}没反应|不省人事|吞了|抽搐|触电|溺水|淹|拿刀|持刀|捅|绑架|人贩子|拐走/;
/** What was, may be or is feared, and what is claimed on paper, is no danger now. */
const notNow =
  /怕|担心|万一|要是|如果|会不会|以前|之前|上次|上回|去年|前年|上个?(?:月|周|礼拜|星期)|当年|那次|那年|后来|事后|报销|补贴|补助|津贴|申请|认定|住院|用钱|催费|医保|社保|掏空|算不算|理赔|赔偿|抚恤|证明|演练|积蓄|政策|怎么办理/;
/** Of fewer characters too little can be like anything; the rules know the short cries. */
const shortest = 4;
const longest = 60;
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

/** Hears a danger or a wish for a person that no rule spells out, by its likeness to known ones; `best` is the score of the best entry. */
export function asideIn(text: string, beside: Readonly<Record<Beside, number>>, best: number): Aside | undefined {
  const danger = alarm(beside);
  const { human, outside } = beside;
  const least = grave.test(text) ? close.grave : close.emergency;
  if (
    danger - best > least &&
    danger > Math.max(human, outside) + 0.5 &&
    text.length >= shortest &&
    text.length <= longest
  ) {
    const call = loudest(beside);
    if (!notNow.test(text)) {
      return { decision: 'emergency', emergency: { call, advice: weary.test(text) ? wearyAdvice : advice[call] } };
    }
  }
  if (human - best > close.human && human > outside && human > danger) return { decision: 'human' };
  return undefined;
}
