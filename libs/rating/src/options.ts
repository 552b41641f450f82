import type { Grade, RatingChannel } from '@linli/contracts';

/** One reason a resident may tick: the id is stored and sent, the words are shown. */
export interface RatingOption {
  readonly id: string;
  readonly words: string;
}

/** The reasons offered per grade, at one version. A version that was used is never altered: a new one is added. */
export interface OptionSets {
  readonly version: string;
  readonly byGrade: Readonly<Record<Grade, readonly RatingOption[]>>;
}

const good: readonly RatingOption[] = [
  { id: 'kind', words: '态度好' },
  { id: 'quick', words: '办得快' },
  { id: 'clear', words: '讲得清' },
  { id: 'oneTrip', words: '跑一次就办好' },
  { id: 'fewPapers', words: '材料要得少' },
];

const fair: readonly RatingOption[] = [
  { id: 'kinder', words: '态度可以再好些' },
  { id: 'quicker', words: '可以再快些' },
  { id: 'clearer', words: '可以讲得再清楚些' },
  { id: 'fewerTrips', words: '可以少跑几趟' },
  { id: 'fewerPapers', words: '材料可以再少些' },
];

const bad: readonly RatingOption[] = [
  { id: 'waitedLong', words: '等太久' },
  { id: 'manyTrips', words: '来回跑' },
  { id: 'rude', words: '态度差' },
  { id: 'notSolved', words: '没解决' },
  { id: 'unclear', words: '讲不清楚' },
  { id: 'extraPapers', words: '要了指南上没写的材料' },
];

/** What differs by where the service is rated: online the platform is rated too, in a hall the people's skill. */
const online: Record<'good' | 'fair' | 'bad', readonly RatingOption[]> = {
  good: [
    { id: 'guideExact', words: '指南写得准' },
    { id: 'easyToUse', words: '平台好用' },
  ],
  fair: [
    { id: 'guideExacter', words: '指南可以写得更准' },
    { id: 'easierToUse', words: '平台可以更好用' },
  ],
  bad: [
    { id: 'guideWrong', words: '指南写得不对' },
    { id: 'hardToUse', words: '平台不好用' },
  ],
};

const hall: Record<'good' | 'fair' | 'bad', readonly RatingOption[]> = {
  good: [{ id: 'skilled', words: '业务熟' }],
  fair: [{ id: 'moreSkilled', words: '业务可以更熟' }],
  bad: [{ id: 'unskilled', words: '业务不熟' }],
};

const common = { good, fair, bad } as const;

function setsOf(version: string, also: typeof online): OptionSets {
  const of = (kind: 'good' | 'fair' | 'bad'): readonly RatingOption[] => [...common[kind], ...also[kind]];
  return {
    version,
    byGrade: {
      verySatisfied: of('good'),
      satisfied: of('good'),
      fairlySatisfied: of('fair'),
      dissatisfied: of('bad'),
      veryDissatisfied: of('bad'),
    },
  };
}

/** Every version that was ever offered, oldest first; the last is in force. */
const versions: readonly Readonly<Record<'online' | 'hall', OptionSets>>[] = [
  {
    online: setsOf('2026-1', { good: [], fair: [], bad: [] }),
    hall: setsOf('2026-1', { good: [], fair: [], bad: [] }),
  },
  { online: setsOf('2026-2', online), hall: setsOf('2026-2', hall) },
];

const placeOf: Readonly<Record<RatingChannel, 'online' | 'hall'>> = {
  chat: 'online',
  miniProgram: 'online',
  sms: 'online',
  windowQr: 'hall',
  hallTablet: 'hall',
  phoneCallback: 'hall',
};

/** The sets in force where a rating is given. */
export function optionSetsOf(channel: RatingChannel): OptionSets {
  const current = versions.at(-1);
  if (!current) throw new Error('no version of the rating options');
  return current[placeOf[channel]];
}

/** The sets in force in the mini-program. */
export const optionSets: OptionSets = optionSetsOf('miniProgram');
