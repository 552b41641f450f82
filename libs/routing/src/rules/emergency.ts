import { dangers } from './emergency-signs';

/** The number to call and what to do first. */
export interface Emergency {
  readonly call: string;
  readonly advice: string;
}

/** What is being paid, claimed or counted is over, however bad it was. */
const settled =
  /住院|催费|[用要]钱|掏空|花光|一天一万|医疗救助|社保|医保|低保|算不算|[能可]评|定残|困人次数|重新布线|判了|要拐|抚养|值班被/;
/** What is only told, played or practised. */
const told =
  /《|电影|电视剧|追剧|剧里|剧情|小说|游戏[^。]{0,6}(?:里|中|被)|打游戏|新闻(?:里|说|上)|演习|演练|梦见|作文|手抄报/;
const urgent = /快来|快点|救命|正在|现在|马上|赶紧|赶快|不行了|没反应|没呼吸/;

/** Tells whether somebody is in danger now; a fear, a memory or a claim for money is not an emergency. */
export function emergencyIn(text: string): Emergency | undefined {
  if (settled.test(text) && !urgent.test(text)) return undefined;
  if (told.test(text) && !urgent.test(text)) return undefined;
  const found = dangers.find(({ signs, unless }) => signs.test(text) && !(unless?.test(text) ?? false));
  return found === undefined ? undefined : { call: found.call, advice: found.advice };
}
