import type { Grade } from '@linli/contracts';

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

/** The sets in force. */
export const optionSets: OptionSets = {
  version: '2026-1',
  byGrade: {
    verySatisfied: good,
    satisfied: good,
    fairlySatisfied: fair,
    dissatisfied: bad,
    veryDissatisfied: bad,
  },
};
