import { type Reading } from './normalise';

type Span = readonly [start: number, end: number];

/** Facts about the asker, not about what is asked: `不是本地户口，想给孩子报名`. */
const fact = /户口|本地|本市|本人|农村|城镇|独生|党员|低保户|残疾|业主|亲生|第一次|故意|一个人|我的错/;
const corrected =
  /(?<=^|[,。!?; ])(?:我|这|那|也|并|可)?(?:不是|并非)(?!不)([^,。!?;]{1,24})[,。 ]+(?=我?(?:就)?(?:是|而是|问的是|说的是|想问|要问|想办|要办))/g;
const notAsked =
  /(?<=^|[,。!?; ])(?:我|这|也|并)?(?:不是|不想|不要|没有?在?)(?:问|说|想问|要问|来问|咨询|指|找|要办|想办|办)([^,。!?;]{1,24})(?:[,。!?; ]+|$)/g;
const notThatOne = /[, ](?:不是|不要)([^,。!?;]{1,16}(?:那个|那种|那张|那本|这种|这个))[。!? ]*$/g;
/** What every denial begins with; most texts hold none. */
const denying = /[不没]|并非/;

function spansOf(text: string, pattern: RegExp): Span[] {
  return Array.from(text.matchAll(pattern))
    .filter(([, denied]) => !fact.test(denied ?? ''))
    .map((match) => [match.index, match.index + match[0].length]);
}

/** A reading without some of its stretches. */
export function withoutSpans(reading: Reading, spans: readonly Span[]): Reading {
  const kept = Array.from({ length: reading.text.length }, (_, at) => at).filter(
    (at) => !spans.some(([start, end]) => at >= start && at < end),
  );
  return {
    text: kept.map((at) => reading.text.charAt(at)).join(''),
    source: kept.map((at) => reading.source[at] ?? ''),
  };
}

/** The text without what its writer says it is not about (`不是问养老金，是问低保`); the whole text when nothing would be left. */
export function withoutDenied(reading: Reading): Reading {
  if (!denying.test(reading.text)) return reading;
  const spans = [corrected, notAsked, notThatOne].flatMap((pattern) => spansOf(reading.text, pattern));
  if (spans.length === 0) return reading;
  const rest = withoutSpans(reading, spans);
  return rest.text.replace(/[^\p{Script=Han}]/gu, '').length >= 4 ? rest : reading;
}

const clause = /[^,。!?; ]+[,。!?; ]*/g;
/** What is not wanted or not the case, though it is named: `不去医院`, `卡没丢`, `失业登记办过了`. */
const setAside =
  /^(?:我|俺|我们|咱|这|那|它|也|又|并|就|先|倒|可)*(?:不是|不用|不要|不想|不需要|不找|不去|不租|不买|不卖|不离|不学|不申请|不打算|没想|没要|并非|别|用不着)(?![不没能会]|管不管|一直)|^.{1,6}(?:不用|不要|不是)(?![不没])|^.{1,6}没(?:丢|坏|过期|少领|问题)|(?:办|领|交|登|登记|做|签|弄|评|申请)(?:过|好|完)了?[,。!?; ]*$|^.{2,6}有了[,。!?; ]*$/;
/** What every clause of that kind holds; most texts hold none of it. */
const settingAside = /[不没别过好完]|并非|有了/;
const asks = /吗|么[,。!?; ]*$|呢|难道|能不能|可不可以|可以不|能不|怎么|不能不|不得不|不是不|没人/;

/**
 * The text without the clauses that name what is not wanted; undefined when there are none, or nothing else. Unlike what is denied
 * outright, they still tell what the rest speaks of: `居住证不是头一回办，是快到期了`.
 */
export function withoutSetAside(reading: Reading): Reading | undefined {
  if (!settingAside.test(reading.text)) return undefined;
  const clauses = Array.from(reading.text.matchAll(clause));
  if (clauses.length < 2 || clauses.length > 6) return undefined;
  const away = clauses.filter(([one]) => setAside.test(one) && !asks.test(one) && !fact.test(one));
  if (away.length === 0) return undefined;
  const rest = withoutSpans(
    reading,
    away.map(({ index, 0: one }) => [index, index + one.length]),
  );
  return rest.text.replace(/[^\p{Script=Han}]/gu, '').length >= 4 ? rest : undefined;
}

/** A text in parts of whole clauses; each as many of them as `longest` characters hold, one at least. */
export function partsOf(text: string, longest: number): string[] {
  const parts: string[] = [];
  let part = '';
  for (const [one] of text.matchAll(clause)) {
    if (part !== '' && part.length + one.length > longest) {
      parts.push(part);
      part = '';
    }
    part += one;
  }
  return part === '' ? parts : [...parts, part];
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
