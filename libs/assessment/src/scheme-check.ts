import { isFact } from './facts';
import { directions, standsOn, type CommunityCount, type Direction, type Indicator, type Scheme } from './scheme';

const vetoWords = /zeroIf|veto|disqualif|onlyIf|cap(?:At)?If|一票否决|归零|取消资格/i;
const economicWords = /招商|税收|税源|GDP|产值|引资|投资额|财政收入|经济增长|revenue|tax(?:es)?\b|investment|economic/i;
const indicatorKeys = new Set(
  'id name direction group weight numerator denominator target minimumSample per each cap better'.split(' '),
);
const schemeKeys = new Set(
  'version effectiveFrom rankedFrom shrinks appealDays sample groups indicators communities note'.split(' '),
);
const communityKeys = new Set('id name counts cap'.split(' '));
const knownDirections = [
  ...['departmentBySubdistricts', 'subdistrictByDepartments', 'byResidents', 'subdistrictByResidents'],
];
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
    ...(scheme.communities ?? []).flatMap(communityProblems),
    ...twice((scheme.communities ?? []).map((one) => one.id)).map((id) => `${id} stands there twice`),
  ];
}

function indicatorProblems(indicator: Indicator): string[] {
  const { id, name, direction, weight, numerator, denominator, minimumSample } = indicator;
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
    ...(indicator.per === 'perCapita' ? perHeadProblems(indicator) : rateProblems(indicator)),
  ];
}

/** Sizes differ among subdistricts: only there, and only by the people who live there, is anything counted per head. */
function perHeadProblems({ id, direction, numerator, denominator, each = 0, cap = 0, better }: Indicator): string[] {
  const onDepartments = standsOn({ direction }, 'departments');
  const byPeople = Object.keys(denominator).join() === 'residents' && denominator.residents === 1;
  return [
    ...(Number.isInteger(each) && each > 0 ? [] : [`${id}: a figure per head says to how many people, by "each"`]),
    ...(cap > 0 ? [] : [`${id}: a figure per head is counted up to a cap, by "cap"`]),
    ...(better === 'less' || better === 'more' ? [] : [`${id}: "better" says "less" or "more"`]),
    ...(byPeople ? [] : [`${id}: a figure per head is divided by the residents alone`]),
    ...('residents' in numerator ? [`${id}: residents are no merit`] : []),
    ...(onDepartments ? [`${id}: departments have no residents of their own`] : []),
  ];
}

function rateProblems({ id, numerator, denominator, each, cap, better }: Indicator): string[] {
  return [
    ...('residents' in numerator || 'residents' in denominator ? [`${id}: residents belong to figures per head`] : []),
    ...([each, cap, better].every((one) => one === undefined)
      ? []
      : [`${id}: "each", "cap" and "better" belong to figures per head`]),
  ];
}

/** Communities are counted up to a cap; there is no way to weigh, score or rank them. */
function communityProblems(count: CommunityCount): string[] {
  const { id, counts, cap } = count;
  const named = Object.keys(counts);
  return [
    ...Object.keys(count)
      .filter((key) => !communityKeys.has(key))
      .map((key) => `${id}: communities are counted, never weighed, scored or ranked, so there is no "${key}"`),
    ...named.filter((fact) => !isFact(fact) || fact === 'residents').map((fact) => `${id}: nobody counts "${fact}"`),
    ...(named.length > 0 ? [] : [`${id}: it counts nothing`]),
    ...(Number.isInteger(cap) && cap >= 1 ? [] : [`${id}: what is asked of a community has a cap`]),
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
    .filter((one) => one.direction === 'byResidents' || one.direction === 'subdistrictByResidents')
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
