import { aidWords } from './aid';
import { elderWords } from './elders';
import { healthWords } from './health';
import { householdWords } from './household';
import { housingWords } from './housing';
import { sayingsOf, type Lexicon, type Saying } from './saying';
import { socialInsuranceWords } from './social-insurance';
import { streetWords } from './street';
import { workWords } from './work';

const chapters: readonly Lexicon[] = [
  socialInsuranceWords,
  workWords,
  healthWords,
  aidWords,
  elderWords,
  householdWords,
  housingWords,
  streetWords,
];

/** The whole reviewed lexicon of colloquial and official words, as written. */
export const writtenSayings: readonly Saying[] = chapters.flatMap(sayingsOf);
