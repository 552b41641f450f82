import type { RefusalDetail } from '@linli/kernel';
import { usualPolicy, type DayLimit, type DeskPolicy, type DeskRules, type Offering } from './desk';
import { deskProblems, offeringProblems } from './rules-check';

/** A desk as a file names it: its policy holds what differs from the usual one. */
export interface FileDesk {
  readonly id: string;
  readonly placeId: string;
  readonly placeName: string;
  readonly name: string;
  readonly subdistrictId: string;
  readonly departmentId: string;
  readonly rules: DeskRules;
  readonly policy?: Partial<DeskPolicy>;
}

/** What the ids of a file are checked against. */
export interface DeskGround {
  readonly subdistricts: ReadonlySet<string>;
  readonly departments: ReadonlySet<string>;
  /** Desks that are there already, which offerings may name. */
  readonly desks: ReadonlySet<string>;
}

/** The desks and offerings of a file, and everything that is wrong with it. */
export interface DeskFile {
  readonly desks: readonly FileDesk[];
  readonly offerings: readonly Offering[];
  readonly problems: readonly RefusalDetail[];
}

type Json = Readonly<Record<string, unknown>>;
type Say = (at: string, problem: string) => void;

const deskKeys = 'id placeId placeName name subdistrictId departmentId rules policy';
const ruleKeys = 'slotMinutes capacity onHolidays weekly closures extra';
const offeringKeys = 'id deskId title serviceId partyMost perDay active';
const perDay: readonly DayLimit[] = ['department', 'service', 'none'];

/** The least and most of every figure a desk may set for itself. */
const bounds: Readonly<Record<Exclude<keyof DeskPolicy, 'noShows'>, readonly [number, number]>> = {
  horizonWorkingDays: [1, 60],
  lastMinutes: [0, 10_080],
  cancelMinutes: [0, 10_080],
  holdMinutes: [1, 60],
  offerMinutes: [1, 1440],
  checkInMinutesBefore: [0, 1440],
  checkInMinutesAfter: [0, 1440],
  remindMinutes: [0, 10_080],
};
const noShowBounds: Readonly<Record<keyof DeskPolicy['noShows'], readonly [number, number]>> = {
  most: [0, 100],
  withinDays: [1, 730],
  banDays: [1, 365],
};

/** Reads a file of desks and what is booked at them: `{ "desks": […], "offerings": […] }`. Every problem is named with its place. */
export function readDeskFile(json: unknown, ground: DeskGround): DeskFile {
  const problems: RefusalDetail[] = [];
  const say: Say = (at, problem) => void problems.push({ at, problem });
  const file = isObject(json) ? json : {};
  if (!isObject(json)) say('file', 'must be an object with desks and offerings');
  known(file, 'desks offerings', 'file', say);
  const desks = listOf(file['desks'], 'desks', say).flatMap(
    (one, at) => deskOf(one, `desks[${at}]`, ground, say) ?? [],
  );
  const ids = new Set([...ground.desks, ...desks.map((one) => one.id)]);
  const offerings = listOf(file['offerings'], 'offerings', say).map((one, at) =>
    offeringOf(one, `offerings[${at}]`, ids, say),
  );
  twice(desks, 'desks', say);
  twice(offerings, 'offerings', say);
  return { desks, offerings, problems };
}

function deskOf(one: Json, at: string, ground: DeskGround, say: Say): FileDesk | null {
  known(one, deskKeys, at, say);
  const text = (key: string): string => textOf(one, key, at, say);
  const facts = {
    ...{ id: text('id'), placeId: text('placeId'), placeName: text('placeName'), name: text('name') },
    ...{ subdistrictId: text('subdistrictId'), departmentId: text('departmentId') },
  };
  if (!ground.subdistricts.has(facts.subdistrictId)) say(`${at}.subdistrictId`, 'is no subdistrict of the directory');
  if (!ground.departments.has(facts.departmentId)) say(`${at}.departmentId`, 'is no department of the directory');
  const rules = rulesOf(one['rules'], `${at}.rules`, say);
  const policy = policyOf(one['policy'], `${at}.policy`, say);
  if (!rules) return null;
  const desk = { ...facts, rules, ...(policy ? { policy } : {}) };
  const whole = { ...desk, department: { id: facts.departmentId, name: '' }, policy: { ...usualPolicy, ...policy } };
  for (const problem of deskProblems(whole)) say(problem.at, problem.problem);
  return desk;
}

/** The shape of the rules; what they say is for `deskProblems`. */
function rulesOf(value: unknown, at: string, say: Say): DeskRules | null {
  if (!isObject(value)) {
    say(at, 'is missing');
    return null;
  }
  known(value, ruleKeys, at, say);
  const weekly = listOf(value['weekly'], `${at}.weekly`, say);
  const closures = listOf(value['closures'] ?? [], `${at}.closures`, say);
  const extra = listOf(value['extra'] ?? [], `${at}.extra`, say);
  const isWeekly = weekly.every((one) => isHours(one) && isListOfNumbers(one['weekdays']) && areHours(one['breaks']));
  const isShut = closures.every(
    ({ from, to, hours }) => isText(from) && isText(to) && (hours === undefined || (isObject(hours) && isHours(hours))),
  );
  if (!isWeekly)
    say(`${at}.weekly`, 'each needs weekdays, from and to, and breaks with from and to where there are any');
  if (!isShut)
    say(`${at}.closures`, 'each needs from and to, dates, and hours with from and to where it is part of a day');
  if (!extra.every((one) => isText(one['on']) && isHours(one)))
    say(`${at}.extra`, 'each needs on, a date, from and to');
  if (!['closed', 'open'].includes(String(value['onHolidays']))) say(`${at}.onHolidays`, 'must be closed or open');
  if (value['weekly'] === undefined) say(`${at}.weekly`, 'is missing');
  const sound =
    value['weekly'] !== undefined && isWeekly && isShut && extra.every((one) => isText(one['on']) && isHours(one));
  return sound ? (value as unknown as DeskRules) : null;
}

function policyOf(value: unknown, at: string, say: Say): Partial<DeskPolicy> | null {
  if (value === undefined) return null;
  if (!isObject(value)) {
    say(at, 'must be an object');
    return null;
  }
  known(value, `${Object.keys(bounds).join(' ')} noShows`, at, say);
  within(value, bounds, at, say);
  const { noShows } = value;
  if (noShows === undefined) return value;
  if (!isObject(noShows) || Object.keys(noShowBounds).some((key) => !(key in noShows)))
    say(`${at}.noShows`, 'needs most, withinDays and banDays');
  else within(noShows, noShowBounds, `${at}.noShows`, say);
  return value;
}

function offeringOf(one: Json, at: string, desks: ReadonlySet<string>, say: Say): Offering {
  known(one, offeringKeys, at, say);
  const text = (key: string): string => textOf(one, key, at, say);
  const { partyMost = 1, perDay: limit = 'department', active = true } = one;
  const offering: Offering = {
    ...{ id: text('id'), deskId: text('deskId'), title: text('title'), serviceId: text('serviceId') },
    ...{
      partyMost: Number(partyMost),
      perDay: perDay.find((word) => word === limit) ?? 'department',
      active: active !== false,
    },
  };
  if (!perDay.some((word) => word === limit)) say(`${at}.perDay`, `must be one of ${perDay.join(', ')}`);
  if (typeof active !== 'boolean') say(`${at}.active`, 'must be true or false');
  if (!desks.has(offering.deskId))
    say(`${at}.deskId`, `"${offering.deskId}" is no desk of this file, nor one that is there`);
  for (const { at: where, problem } of offeringProblems(offering)) say(`${at} (${where})`, problem);
  return offering;
}

function within(of: Json, limits: Readonly<Record<string, readonly [number, number]>>, at: string, say: Say): void {
  for (const [key, [least, most]] of Object.entries(limits)) {
    const value = of[key];
    if (value === undefined) continue;
    if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most)
      say(`${at}.${key}`, `must be a whole number from ${least} to ${most}`);
  }
}

function twice(list: readonly { readonly id: string }[], at: string, say: Say): void {
  const seen = new Set<string>();
  for (const { id } of list) {
    if (seen.has(id)) say(at, `"${id}" stands there twice`);
    seen.add(id);
  }
}

function known(of: Json, keys: string, at: string, say: Say): void {
  const names = new Set(keys.split(' '));
  for (const key of Object.keys(of)) if (!names.has(key)) say(`${at}.${key}`, `is not known; there are: ${keys}`);
}

function textOf(of: Json, key: string, at: string, say: Say): string {
  const value = of[key];
  if (isText(value) && value.trim() !== '' && value.length <= 200) return value;
  say(`${at}.${key}`, 'must be a text of 1 to 200 characters');
  return '';
}

function listOf(value: unknown, at: string, say: Say): Json[] {
  if (Array.isArray(value) && value.every(isObject)) return value;
  if (value !== undefined) say(at, 'must be a list of objects');
  return [];
}

function areHours(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.every((one) => isObject(one) && isHours(one)));
}

function isHours({ from, to }: Json): boolean {
  return isText(from) && isText(to);
}

function isListOfNumbers(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'number');
}

const isText = (value: unknown): value is string => typeof value === 'string';

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
