import type { Grade } from '@linli/contracts';

/** What is counted per subject and month; indicators are made of these alone. */
export const facts = [
  'serviceEvents',
  'ratings',
  'ratedVerySatisfied',
  'ratedSatisfied',
  'ratedFairlySatisfied',
  'ratedDissatisfied',
  'ratedVeryDissatisfied',
  // 有效回访 only, whatever it found.
  'callbacks',
  'callbackContacted',
  'callbackResolved',
  'callbackSatisfied',
  'callbackFairlySatisfied',
  'accepted',
  'acceptedBySilence',
  // Complaints and other reports among them.
  'reportsAccepted',
  'closed',
  'closedOnTime',
  'reopened',
  'dispatched',
  'signedForInTime',
  'sendBackUpheld',
  'called',
  'callAnswered',
  'callAccepted',
  'arrivedInTime',
  'cooperationRated',
  'cooperationQuality',
  'rectificationsEnded',
  'rectifiedInTime',
  'contactsEnded',
  'contactedInTime',
  'tasksGiven',
  // 协办: asked to help, and helped, each dispatch once.
  'supportAsked',
  'supportGiven',
  // Not counted but known: how many people live there (常住人口), as the directory had it.
  'residents',
] as const;
export type Fact = (typeof facts)[number];

/** What was counted, by fact; what is absent was never counted. */
export type FactValues = Readonly<Partial<Record<Fact, number>>>;

export const gradeFacts = {
  verySatisfied: 'ratedVerySatisfied',
  satisfied: 'ratedSatisfied',
  fairlySatisfied: 'ratedFairlySatisfied',
  dissatisfied: 'ratedDissatisfied',
  veryDissatisfied: 'ratedVeryDissatisfied',
} as const satisfies Record<Grade, Fact>;

const known: ReadonlySet<string> = new Set(facts);

export function isFact(name: string): name is Fact {
  return known.has(name);
}
