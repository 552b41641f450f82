import type { ServiceGuide } from '@linli/contracts';
import { jargon, shortForms, tooCommon } from './jargon';

/** What makes a guide hard to read. */
export type TextProblem =
  'longSentence' | 'jargon' | 'passive' | 'bureaucratic' | 'shortForm' | 'missingWho' | 'missingWhere' | 'missingWhen';

/** One place in a guide that a neighbour would stumble over, and what to write instead. */
export interface TextFinding {
  readonly problem: TextProblem;
  /** Where: `steps[2]`. */
  readonly at: string;
  /** The words meant. */
  readonly words: string;
  /** What to do, in Chinese, for whoever writes the guide. */
  readonly suggestion: string;
}

/** Findings and one figure for the whole text. */
export interface TextReport {
  readonly findings: readonly TextFinding[];
  /** 0–100: 100 reads like speech; long sentences and official words lower it. */
  readonly readability: number;
  readonly sentences: number;
  /** Signs a sentence has on average. */
  readonly meanLength: number;
}

/** Signs a sentence may have before nobody can keep it in mind. */
const longestSentence = 40;
const wordsByLength = Object.keys(jargon)
  .filter((word) => !tooCommon.has(word))
  .sort((a, b) => b.length - a.length);
const anyJargon = new RegExp(wordsByLength.join('|'), 'g');

const passive =
  /被(?!子|告|褥|申请|征|抚养|扶养|监护|继承)[\u4e00-\u9fff]{1,6}|由[\u4e00-\u9fff]{2,12}(?:予以|负责予以|进行)[\u4e00-\u9fff]{1,4}/g;
const bureaucratic: readonly (readonly [RegExp, string])[] = [
  [/(?:予以|给予|加以)[\u4e00-\u9fff]{1,4}/g, '直接说做什么，不用「予以」「给予」'],
  [/(?:对|就)[\u4e00-\u9fff]{1,14}进行[\u4e00-\u9fff]{2,4}/g, '直接用动词：「对材料进行审核」改成「检查材料」'],
  [/(?:符合|具备)[\u4e00-\u9fff]{0,8}(?:规定|要求)的?(?:条件|情形)/g, '写出是哪些条件'],
  [/按照?(?:有关|相关)(?:规定|要求|政策)/g, '写出是哪条规定，或者直接说怎么做'],
  [/法律、?法规(?:、规章)?规定的其他[\u4e00-\u9fff]{2,4}/g, '写出还有哪些，不能用「其他」兜底'],
  [/原则上/g, '说清楚到底行不行'],
  [/视(?:具体)?情况/g, '写出什么情况怎么办'],
];

/** Everything in a guide's words that is hard to read or not said. Laws are quoted as they are and not looked at. */
export function textFindings(guide: ServiceGuide): TextReport {
  const texts = textsOf(guide);
  const sentences = texts.flatMap(({ text }) => sentencesOf(text));
  const findings = [...texts.flatMap(({ at, text }) => findingsIn(at, text)), ...explained(texts), ...missing(guide)];
  return { findings, ...readability(sentences, findings) };
}

interface Text {
  readonly at: string;
  readonly text: string;
}

function textsOf(guide: ServiceGuide): Text[] {
  const listed = (name: string, texts: readonly string[]): Text[] =>
    texts.map((text, at) => ({ at: `${name}[${at}]`, text }));
  return [
    { at: 'audience', text: guide.audience },
    ...listed('conditions', guide.conditions),
    ...guide.materials.flatMap(({ note, acceptedWhen }, at) => [
      ...(note === undefined ? [] : [{ at: `materials[${at}].note`, text: note }]),
      ...(acceptedWhen === undefined ? [] : [{ at: `materials[${at}].acceptedWhen`, text: acceptedWhen }]),
    ]),
    ...listed('steps', guide.steps),
    { at: 'fee', text: guide.fee },
    { at: 'result', text: guide.result },
    ...(guide.questions ?? []).map(({ answer }, at) => ({ at: `questions[${at}].answer`, text: answer })),
  ];
}

function sentencesOf(text: string): string[] {
  return text.split(/[。！？；\n]/).filter((one) => one.trim() !== '');
}

/** Titles of laws and papers are names: nobody may reword them. */
const withoutTitles = (text: string): string => text.replace(/《[^》]*》|“[^”]*”|「[^」]*」/g, '〇');

function findingsIn(at: string, text: string): TextFinding[] {
  const words = withoutTitles(text);
  const long = sentencesOf(words).filter((one) => one.length > longestSentence);
  return [
    ...long.map((one) => ({
      problem: 'longSentence' as const,
      at,
      words: one,
      suggestion: `这句话有${one.length}个字，请断成两三句，每句不超过${longestSentence}个字`,
    })),
    ...Array.from(words.matchAll(anyJargon), ([word]) => ({
      problem: 'jargon' as const,
      at,
      words: word,
      suggestion: `可以改成：${jargon[word] ?? ''}`,
    })),
    ...Array.from(words.matchAll(passive), ([found]) => ({
      problem: 'passive' as const,
      at,
      words: found,
      suggestion: '说清楚谁来做：「窗口检查材料」比「材料被检查」好懂',
    })),
    ...bureaucratic.flatMap(([pattern, suggestion]) =>
      Array.from(words.matchAll(pattern), ([found]) => ({
        problem: 'bureaucratic' as const,
        at,
        words: found,
        suggestion,
      })),
    ),
  ];
}

/** Short forms whose full name stands nowhere in the guide; each once. */
function explained(texts: readonly Text[]): TextFinding[] {
  const whole = texts.map((one) => one.text).join('\n');
  return shortForms.flatMap(([pattern, full]) => {
    const found = texts.find(({ text }) => pattern.test(withoutTitles(text)));
    const words = found && pattern.exec(withoutTitles(found.text))?.[0];
    if (!found || !words || whole.includes(full)) return [];
    return [{ problem: 'shortForm' as const, at: found.at, words, suggestion: `第一次出现时请写全名：${full}` }];
  });
}

const somebody =
  /您|本人|家|亲属|人员|窗口|街道|社区|部门|机构|单位|局|中心|医院|学校|所|站|系统|工作人员|银行|法院|公司|委员会|联合会|馆|队|会|师傅|网格员|大家/;
const somewhere = /窗口|中心|大厅|街道|社区|号|楼|路|站|局|所|网上|微信|电话|上门|医院|学校|银行|馆|处|室/;

function missing({ steps, place, hours }: ServiceGuide): TextFinding[] {
  const nobody = steps.length > 0 && !steps.some((step) => somebody.test(step));
  return [
    ...(nobody
      ? [finding('missingWho', 'steps', steps[0] ?? '', '写出每一步是谁来做：您自己、窗口、街道还是部门')]
      : []),
    ...(somewhere.test(place) ? [] : [finding('missingWhere', 'place', place, '写出具体地点：哪条路几号、哪个窗口')]),
    ...(/\d{1,2}[:：点]\d{0,2}|全天|24小时|预约/.test(hours)
      ? []
      : [finding('missingWhen', 'hours', hours, '写出星期几、几点到几点')]),
  ];
}

function finding(problem: TextProblem, at: string, words: string, suggestion: string): TextFinding {
  return { problem, at, words, suggestion };
}

/**
 * 100, less 2 for each sign a sentence is longer on average than 15, less what official and bureaucratic words weigh:
 * 25 for one in every sentence.
 */
function readability(
  sentences: readonly string[],
  findings: readonly TextFinding[],
): { readability: number; sentences: number; meanLength: number } {
  const count = Math.max(1, sentences.length);
  const meanLength = sentences.reduce((sum, one) => sum + one.length, 0) / count;
  const hard = findings.filter((one) => one.problem !== 'missingWhere' && one.problem !== 'missingWhen').length;
  const figure = 100 - Math.max(0, meanLength - 15) * 2 - (hard / count) * 25;
  return {
    readability: Math.max(0, Math.min(100, Math.round(figure))),
    sentences: sentences.length,
    meanLength: Math.round(meanLength * 10) / 10,
  };
}
