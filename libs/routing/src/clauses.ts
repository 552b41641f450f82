import { type Reading } from './normalise';

type Span = readonly [start: number, end: number];

/** Facts about the asker, not about what is asked: `不是本地户口，想给孩子报名`. */
const fact = /户口|本地|本市|本人|农村|城镇|独生|党员|低保户|残疾|业主|亲生|第一次|故意|一个人|我的错/;
const corrected =
  /(?<=^|[,。!?; ])(?:我|这|那|也|并|可)?(?:不是|并非)(?!不)([^,。!?;]{1,24})[,。 ]+(?=我?(?:就)?(?:是|而是|问的是|说的是|想问|要问|想办|要办))/g;
const notAsked =
  /(?<=^|[,。!?; ])(?:我|这|也|并)?(?:不是|不想|不要|没有?在?)(?:问|说|想问|要问|来问|咨询|指|找|要办|想办|办)([^,。!?;]{1,24})(?:[,。!?; ]+|$)/g;
const notThatOne = /[, ](?:不是|不要)([^,。!?;]{1,16}(?:那个|那种|那张|那本|这种|这个))[。!? ]*$/g;

function spansOf(text: string, pattern: RegExp): Span[] {
  return Array.from(text.matchAll(pattern))
    .filter(([, denied]) => !fact.test(denied ?? ''))
    .map((match) => [match.index, match.index + match[0].length]);
}

function withoutSpans(reading: Reading, spans: readonly Span[]): Reading {
  const kept = Array.from(reading.text, (_, at) => !spans.some(([start, end]) => at >= start && at < end));
  return {
    text: Array.from(reading.text)
      .filter((_, at) => kept[at])
      .join(''),
    source: reading.source.filter((_, at) => kept[at]),
  };
}

/** The text without what its writer says it is not about (`不是问养老金，是问低保`); the whole text when nothing would be left. */
export function withoutDenied(reading: Reading): Reading {
  const spans = [corrected, notAsked, notThatOne].flatMap((pattern) => spansOf(reading.text, pattern));
  if (spans.length === 0) return reading;
  const rest = withoutSpans(reading, spans);
  return rest.text.replace(/[^\p{Script=Han}]/gu, '').length >= 4 ? rest : reading;
}

const border =
  /[,。!?;、 ]+|(?:还有就是|还有|另外|顺便|再就是|再问|再一个|以及|同时|分别)|(?<=\p{Script=Han}{2})[和跟与](?=\p{Script=Han}{2})/gu;
/** The stretches of a text that may each hold a wish of its own, in order. */
export function clausesOf(text: string): Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (const match of text.matchAll(border)) {
    if (match.index > start) spans.push([start, match.index]);
    start = match.index + match[0].length;
  }
  if (start < text.length) spans.push([start, text.length]);
  return spans;
}

const joining =
  /还有|另外|顺便|再就是|再问|再一个|以及|同时|分别|一起|一并|都(?:要|想|怎么|在哪)|、|[和跟与]|也(?:想|要|得)|又想|第二|其次/;

/** Whether the writer joins several things in words, as `顺便`, `分别` and `、` do. */
export function joinsWishes(text: string): boolean {
  return joining.test(text);
}
