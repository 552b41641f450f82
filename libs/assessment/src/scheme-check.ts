import { isFact } from './facts';
import { directions, standsOn, type Direction, type Indicator, type Scheme } from './scheme';

const vetoWords = /zeroIf|veto|disqualif|onlyIf|cap(?:At)?If|一票否决|归零|取消资格/i;
const economicWords = /招商|税收|税源|GDP|产值|引资|投资额|财政收入|经济增长|revenue|tax(?:es)?\b|investment|economic/i;
const indicatorKeys = new Set(
  'id name direction group weight numerator denominator target minimumSample per effectiveFrom'.split(' '),
);
const schemeKeys = new Set(
  'version effectiveFrom rankedFrom shrinks appealDays sample groups indicators note'.split(' '),
);
const knownDirections = ['departmentBySubdistricts', 'subdistrictByDepartments', 'byResidents'];
/** Residents come first when subdistricts are assessed (北京市街道办事处条例 §43). */
const residentsLeast = 0.5;
const exactness = 1e-9;

/** What is wrong with a scheme; a sentence each, empty when it may be used. */
export function schemeProblems(scheme: Scheme): string[] {
  // A note may say in words what a scheme must not do.
  const text = JSON.stringify({ ...scheme, note: '' });
  const keys = Object.keys(scheme).filter((key) => !schemeKeys.has(key));
  return [
    ...(vetoWords.test(text) ? ['a veto is not allowed: no single item may decide a score (不设「一票否决」)'] : []),
    ...keys.map((key) => `"${key}" is not a part of a scheme`),
    ...(/^\d{4}-(0[1-9]|1[0-2])$/.test(scheme.effectiveFrom) ? [] : ['effectiveFrom is not a month']),
    ...(scheme.rankedFrom >= 1 ? [] : ['rankedFrom is below 1']),
    ...scheme.sample.filter((name: string) => !isFact(name)).map((name: string) => `nobody counts "${name}"`),
    ...scheme.indicators.flatMap(indicatorProblems),
    ...twice(scheme.indicators.map((one) => one.id)).map((id) => `${id} stands there twice`),
    ...directions.flatMap((sheet) => weightProblems(scheme, sheet)),
    ...alone(scheme),
  ];
}

function indicatorProblems(indicator: Indicator): string[] {
  const { id, name, direction, weight, numerator, denominator, minimumSample, per } = indicator;
  const counted = [...Object.keys(numerator), ...Object.keys(denominator)];
  const assessesSubdistricts = direction !== 'departmentBySubdistricts';
  return [
    ...Object.keys(indicator)
      .filter((key) => !indicatorKeys.has(key))
      .map((key) => `${id}: "${key}" is not a part of an indicator`),
    ...counted.filter((fact) => !isFact(fact)).map((fact) => `${id}: nobody counts "${fact}"`),
    ...(knownDirections.includes(direction) ? [] : [`${id}: communities and others are not assessed here`]),
    ...(assessesSubdistricts && economicWords.test(`${id} ${name} ${counted.join(' ')}`)
      ? [`${id}: subdistricts are not assessed by economic figures (取消招商引资、税收等经济指标)`]
      : []),
    ...(weight >= 0 && weight <= 1 ? [] : [`${id}: the weight is not between 0 and 1`]),
    ...(minimumSample >= 1 ? [] : [`${id}: minimumSample is below 1`]),
    ...(Object.keys(denominator).length > 0 ? [] : [`${id}: it has no denominator`]),
    ...(per === 'perCapita' && weight > 0 ? [`${id}: a figure per head has no upper bound, so no weight`] : []),
  ];
}

function weightProblems(scheme: Scheme, sheet: Direction): string[] {
  const groups = Object.entries(scheme.groups[sheet]);
  const standing = scheme.indicators.filter((one) => standsOn(one, sheet));
  return [
    ...(isOne(groups.map(([, weight]) => weight)) ? [] : [`the groups of ${sheet} do not add up to 1`]),
    ...groups.flatMap(([group]) =>
      isOne(standing.filter((one) => one.group === group).map((one) => one.weight))
        ? []
        : [`the weights of ${group} do not add up to 1 for ${sheet}`],
    ),
    ...standing
      .filter((one) => one.weight > 0 && scheme.groups[sheet][one.group] === undefined)
      .map((one) => `${one.id}: its group ${one.group} is not on the sheet of ${sheet}`),
  ];
}

/** Departments do not rank subdistricts alone: what residents say weighs at least half. */
function alone(scheme: Scheme): string[] {
  const heard = scheme.indicators
    .filter((one) => one.direction === 'byResidents')
    .reduce((sum, one) => sum + one.weight * (scheme.groups.subdistricts[one.group] ?? 0), 0);
  return heard >= residentsLeast - exactness
    ? []
    : ['departments may not assess subdistricts alone: residents must weigh at least half'];
}

function isOne(weights: readonly number[]): boolean {
  return Math.abs(weights.reduce((sum, one) => sum + one, 0) - 1) < exactness;
}

function twice(ids: readonly string[]): string[] {
  return ids.filter((id, at) => ids.indexOf(id) !== at);
}
