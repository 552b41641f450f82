const digits = '零一二三四五六七八九';
/** Upper ends (exclusive) of the spans of life that rules tell apart. */
const spans = [3, 7, 16, 45, 60, 65, 80] as const;
const spoken =
  /(?<![\d.])(\d{1,3})(?=\s*(?:周?岁|多岁|来岁|几岁|好几|了[,，。]|sui))|([二三四五六七八九])十([一二三四五六七八九]?)(?=周?岁|[多来几整好]|了|咧|嘞|[,，。 ]|$)|(百)岁/gu;

/** What every age is written with; most texts hold none of it. */
const counting = /[\d十百]/;

function yearsOf(match: RegExpMatchArray): number {
  const [, arabic, tens, ones, hundred] = match;
  if (hundred !== undefined) return 100;
  if (arabic !== undefined) return Number(arabic);
  return digits.indexOf(tens ?? '') * 10 + Math.max(0, digits.indexOf(ones ?? ''));
}

/** The spans of life a text speaks of, as features: `八十三岁` and `85周岁` both say `age:80`. */
export function agesIn(text: string): string[] {
  if (!counting.test(text)) return [];
  const found = Array.from(text.matchAll(spoken), (match) => yearsOf(match)).filter((years) => years <= 120);
  return found.map((years) => `age:${Math.max(0, ...spans.filter((limit) => limit <= years))}`);
}
