import { requestUrgencies, type RequestUrgency } from '@linli/contracts';
import type { DaySpan } from '@linli/kernel';

/** How urgent a joint call is: 突发、重大、日常. */
export const urgencies = ['emergency', 'major', 'daily'] as const;
export type Urgency = (typeof urgencies)[number];

/** By when a called unit answers, and by when somebody is there; counted from when the call went out. */
export interface CallLimit {
  readonly answerHours: number;
  readonly arrival: { readonly amount: number; readonly unit: 'hour' | 'workingDay' };
}

/** What a class of requests allows: hours to sign for it, and days from acceptance to the answer. */
export interface RequestLimit {
  readonly signHours: number;
  readonly answer: DaySpan;
}

/** 诉求 by urgency, and which categories of the catalogue are another class than ordinary. */
export interface RequestLimits {
  readonly classes: Readonly<Record<RequestUrgency, RequestLimit>>;
  readonly byCategory: Readonly<Record<string, RequestUrgency>>;
}

/** What a deployment sets in `config/casework/limits.json`. */
export interface CaseworkLimits {
  readonly jointCalls: Readonly<Record<Urgency, CallLimit>>;
  readonly watch: { readonly dueSoonWorkingDays: number; readonly escalateAfterWorkingDays: number };
  readonly supervision: { readonly answerWorkingDays: number };
  readonly requests: RequestLimits;
  /** Whether silence accepts licences alone (行政许可法 §32), or everything, where the local rule says so. */
  readonly review: { readonly silenceAccepts: 'licences' | 'all' };
  /** `priorityDays`: how many days earlier a case counts as due when the applicant comes first by law. */
  readonly workQueue: { readonly leaseMinutes: number; readonly priorityDays: number };
}

type Json = Readonly<Record<string, unknown>>;

/** Reads the limits; throws one sentence that names what is wrong, so that the start fails rather than a deadline. */
export function readLimits(json: unknown): CaseworkLimits {
  const root = part(json, 'limits');
  const calls = part(root['jointCalls'], 'jointCalls');
  const watch = part(root['watch'], 'watch');
  const queue = part(root['workQueue'], 'workQueue');
  const supervision = part(root['supervision'], 'supervision');
  return {
    jointCalls: {
      emergency: callLimit(calls, 'emergency'),
      major: callLimit(calls, 'major'),
      daily: callLimit(calls, 'daily'),
    },
    watch: {
      dueSoonWorkingDays: count(watch, 'watch', 'dueSoonWorkingDays', 30),
      escalateAfterWorkingDays: count(watch, 'watch', 'escalateAfterWorkingDays', 90),
    },
    supervision: { answerWorkingDays: count(supervision, 'supervision', 'answerWorkingDays', 30) },
    requests: requestLimits(root['requests']),
    review: { silenceAccepts: silenceIn(root['review']) },
    workQueue: {
      leaseMinutes: count(queue, 'workQueue', 'leaseMinutes', 480),
      priorityDays: count(queue, 'workQueue', 'priorityDays', 30),
    },
  };
}

function callLimit(calls: Json, urgency: Urgency): CallLimit {
  const at = `jointCalls.${urgency}`;
  const limit = part(calls[urgency], at);
  const arrival = part(limit['arrival'], `${at}.arrival`);
  const { unit } = arrival;
  if (unit !== 'hour' && unit !== 'workingDay') throw wrong(`${at}.arrival.unit`, 'hour or workingDay');
  return {
    answerHours: count(limit, at, 'answerHours', 240),
    arrival: { amount: count(arrival, `${at}.arrival`, 'amount', 240), unit },
  };
}

function silenceIn(json: unknown): 'licences' | 'all' {
  if (json === undefined) return 'licences';
  const { silenceAccepts } = part(json, 'review');
  if (silenceAccepts === 'licences' || silenceAccepts === 'all') return silenceAccepts;
  throw wrong('review.silenceAccepts', 'licences or all');
}

/** 北京 DB11《12345服务与管理规范》 and 安阳市政务服务条例 §50, where a deployment says nothing else. */
const usualRequests: RequestLimits = {
  classes: {
    emergency: { signHours: 1, answer: { days: 1, unit: 'naturalDay' } },
    utility: { signHours: 2, answer: { days: 1, unit: 'naturalDay' } },
    ordinary: { signHours: 24, answer: { days: 5, unit: 'workingDay' } },
    complex: { signHours: 24, answer: { days: 15, unit: 'naturalDay' } },
  },
  byCategory: {},
};

function requestLimits(json: unknown): RequestLimits {
  if (json === undefined) return usualRequests;
  const root = part(json, 'requests');
  const classes = part(root['classes'], 'requests.classes');
  const byCategory = Object.entries(part(root['byCategory'] ?? {}, 'requests.byCategory')).map(
    ([category, urgency]): [string, RequestUrgency] => {
      const known = requestUrgencies.find((one) => one === urgency);
      if (!known) throw wrong(`requests.byCategory.${category}`, requestUrgencies.join(', '));
      return [category, known];
    },
  );
  const { emergency, utility, ordinary, complex } = usualRequests.classes;
  return {
    classes: {
      emergency: requestLimit(classes, 'emergency', emergency),
      utility: requestLimit(classes, 'utility', utility),
      ordinary: requestLimit(classes, 'ordinary', ordinary),
      complex: requestLimit(classes, 'complex', complex),
    },
    byCategory: Object.fromEntries(byCategory),
  };
}

function requestLimit(classes: Json, urgency: RequestUrgency, usual: RequestLimit): RequestLimit {
  if (classes[urgency] === undefined) return usual;
  const at = `requests.classes.${urgency}`;
  const limit = part(classes[urgency], at);
  const answer = part(limit['answer'], `${at}.answer`);
  const { unit } = answer;
  if (unit !== 'naturalDay' && unit !== 'workingDay') throw wrong(`${at}.answer.unit`, 'naturalDay or workingDay');
  return {
    signHours: count(limit, at, 'signHours', 240),
    answer: { days: count(answer, `${at}.answer`, 'days', 90), unit },
  };
}

function part(value: unknown, at: string): Json {
  if (typeof value !== 'object' || value === null) throw wrong(at, 'an object');
  return value as Json;
}

function count(values: Json, at: string, name: string, most: number): number {
  const value = values[name];
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > most)
    throw wrong(`${at}.${name}`, `a whole number from 1 to ${most}`);
  return value;
}

function wrong(at: string, wanted: string): Error {
  return new Error(`config/casework/limits.json: ${at} takes ${wanted}`);
}
