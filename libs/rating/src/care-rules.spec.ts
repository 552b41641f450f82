import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { grades, ratingChannels, type Grade } from '@linli/contracts';
import { workCalendar, type LocalDate } from '@linli/kernel';
import { projectRoot } from '@linli/platform';
import { askAt, decentFrom, isDecent, isReachable, remindAt } from './asking/asking';
import { channelCodes, gradeCode, gradeOfCode, isBad } from './grade-codes';
import { readLimits } from './limits';
import { optionSets, optionSetsOf } from './options';
import { isOwnUnit, isWithin, reachOf } from './reach';
import {
  checkCallback,
  checkContact,
  confirm,
  daysFor,
  reply,
  verify,
  type Course,
} from './rectification/rectification';
import { isAskedAbout } from './service-event';
import { comparable, madeCall } from './words';

const file: unknown = JSON.parse(readFileSync(join(projectRoot(), 'config', 'rating', 'limits.json'), 'utf8'));
const limits = readLimits(file);
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'taken';
};

describe('digit codes', () => {
  it.each<[Grade, string, string]>([
    ['verySatisfied', '1', '5'],
    ['satisfied', '2', '4'],
    ['fairlySatisfied', '3', '3'],
    ['dissatisfied', '4', '2'],
    ['veryDissatisfied', '5', '1'],
  ])('%s is %s in GB/T 39046 and %s in provincial interfaces', (grade, standard, provincial) => {
    expect([gradeCode('gbt39046', grade), gradeCode('provincial', grade)]).toEqual([standard, provincial]);
    expect([gradeOfCode('gbt39046', standard), gradeOfCode('provincial', provincial)]).toEqual([grade, grade]);
  });

  it.each(['0', '6', '', '1.0', ' 1'])('%j is no grade', (code) => expect(gradeOfCode('provincial', code)).toBeNull());

  it('the two worst are bad, and every channel has a code', () => {
    expect(grades.filter(isBad)).toEqual(['dissatisfied', 'veryDissatisfied']);
    expect(ratingChannels.map((channel) => channelCodes[channel])).toEqual(['2', '2', '3', '4', '7', '6']);
  });
});

describe('reasons by where one rates', () => {
  it('differ between hall and platform, share a version, and keep what was offered before', () => {
    const ids = (channel: 'windowQr' | 'miniProgram'): string[] =>
      optionSetsOf(channel).byGrade.dissatisfied.map(({ id }) => id);
    expect(ids('windowQr')).toContain('unskilled');
    expect(ids('windowQr')).not.toContain('hardToUse');
    expect(ids('miniProgram')).toContain('hardToUse');
    expect(new Set(ratingChannels.map((channel) => optionSetsOf(channel).version)).size).toBe(1);
    expect(optionSets.byGrade.dissatisfied.slice(0, 2).map(({ id }) => id)).toEqual(['waitedLong', 'manyTrips']);
  });
});

describe('limits', () => {
  it.each<[string, unknown]>([
    ['the file', null],
    ['rectification', { ...(file as object), rectification: 3 }],
    [
      'rectification.simpleWorkingDays',
      { ...(file as object), rectification: { ...limits.rectification, simpleWorkingDays: 0 } },
    ],
    ['asking.untilHour', { ...(file as object), asking: { ...limits.asking, untilHour: 8 } }],
    ['review.copies', { ...(file as object), review: { ...limits.review, copies: '3' } }],
  ])('name %s when it is wrong', (place, json) => expect(() => readLimits(json)).toThrow(place));
});

describe('when a resident is asked', () => {
  const hours = limits.asking;
  it.each([
    ['2026-03-09T23:59:59Z', false],
    ['2026-03-10T00:00:00Z', true],
    ['2026-03-10T11:59:59Z', true],
    ['2026-03-10T12:00:00Z', false],
  ])('%s is decent: %s', (at, decent) => expect(isDecent(new Date(at), hours)).toBe(decent));

  it.each([
    ['2026-03-10T03:00:00Z', '2026-03-10T03:00:00Z'],
    ['2026-03-10T12:00:00Z', '2026-03-11T00:00:00Z'],
    ['2026-03-09T20:00:00Z', '2026-03-10T00:00:00Z'],
  ])('%s waits until %s', (at, until) => expect(decentFrom(new Date(at), hours)).toEqual(new Date(until)));

  it('an hour after a booking was kept, and is reminded after three days', () => {
    const kept = new Date('2026-03-10T11:30:00Z');
    expect(askAt('caseClosed', kept, hours)).toEqual(kept);
    expect(askAt('bookingKept', kept, hours)).toEqual(new Date('2026-03-11T00:00:00Z'));
    expect(remindAt(kept, hours)).toEqual(new Date('2026-03-13T11:30:00Z'));
  });

  it('only where words still reach them, and only about what ends a matter', () => {
    const now = new Date('2026-03-13T02:00:00Z');
    expect(isReachable(new Date('2026-03-11T02:00:01Z'), now)).toBe(true);
    expect(isReachable(new Date('2026-03-11T02:00:00Z'), now)).toBe(false);
    expect(isReachable(null, now)).toBe(false);
    expect(isAskedAbout('applicationAccepted')).toBe(false);
    expect(isAskedAbout('correction')).toBe(false);
    expect(isAskedAbout('caseClosed')).toBe(true);
  });
});

describe('who sees what', () => {
  const where = { department: { id: 'civil' }, subdistrictId: 's1' };
  it.each([
    ['department', 'civil', null, true, true],
    ['department', 'urban', null, false, false],
    ['clerk', null, 's1', true, true],
    ['clerk', null, 's2', false, false],
    ['supervisor', null, null, true, false],
    ['assessor', null, null, false, false],
  ])('%s of %s/%s: within %s, own %s', (role, departmentId, subdistrictId, within, own) => {
    const officer = { id: 'o', role, departmentId, subdistrictId };
    expect([isWithin(officer, where), isOwnUnit(officer, where)]).toEqual([within, own]);
    expect(reachOf(officer) === null).toBe(role === 'assessor');
  });
});

describe('words', () => {
  it.each([
    ['办得很快，谢谢！', '办得很快 谢谢', true],
    ['很好', '很好', false],
    ['窗口的人态度不好', '窗口的人态度很好', false],
  ])('%j and %j are copies: %s', (one, other, copies) => {
    const folded = comparable(one);
    expect(folded !== null && folded === comparable(other)).toBe(copies);
  });

  it('a call lies in the past and lasted', () => {
    const now = new Date('2026-03-10T02:00:00Z');
    expect(codeOf(() => madeCall(new Date('2026-03-10T02:00:01Z'), 60, now))).toBe('rating.invalid');
    expect(codeOf(() => madeCall(now, 0, now))).toBe('rating.invalid');
    expect(codeOf(() => madeCall(now, 60, now))).toBe('taken');
  });
});

describe('the course of a rectification', () => {
  const course = (more: Partial<Course> = {}): Course => ({
    ...{ state: 'verifying', anonymous: false, firstBy: null, firstFinding: null, secondBy: null },
    ...{ contactedAt: null, repliedBy: null },
    ...more,
  });
  const first = course({ firstBy: 'a', firstFinding: 'true' });
  const confirming = course({ state: 'confirming', firstBy: 'a', firstFinding: 'mistaken', secondBy: 'b' });
  const told = new Date('2026-03-11T02:00:00Z');

  it.each([
    [course(), 'a', 'malicious', 'verifying'],
    [first, 'b', 'true', 'rectifying'],
    [first, 'b', 'mistaken', 'confirming'],
    [course({ firstBy: 'a', firstFinding: 'malicious' }), 'b', 'malicious', 'confirming'],
    [course({ firstBy: 'a', firstFinding: 'malicious' }), 'b', 'true', 'confirming'],
  ] as const)('%#: a finding by %s of %s leads to %s', (before, by, finding, state) =>
    expect(verify(before, by, finding).state).toBe(state),
  );

  it('takes two for a finding and a third to set a rating aside', () => {
    expect(codeOf(() => verify(first, 'a', 'true'))).toBe('rectification.samePerson');
    expect(codeOf(() => confirm(confirming, 'a', 'mistaken'))).toBe('rectification.samePerson');
    expect(codeOf(() => confirm(confirming, 'b', 'mistaken'))).toBe('rectification.samePerson');
    expect(codeOf(() => confirm(first, 'c', 'mistaken'))).toBe('rectification.wrongState');
    expect(confirm(confirming, 'c', 'mistaken')).toBe('closed');
    expect(confirm(confirming, 'c', 'true')).toBe('rectifying');
  });

  it('replies only to whom was contacted, and never contacts an anonymous one', () => {
    const working = course({ state: 'rectifying' });
    expect(codeOf(() => reply(working))).toBe('rectification.notContacted');
    expect(reply({ ...working, contactedAt: told })).toBe('replied');
    expect(reply({ ...working, anonymous: true })).toBe('closed');
    expect(codeOf(() => reply(course()))).toBe('rectification.wrongState');
    expect(codeOf(() => checkContact(course({ anonymous: true })))).toBe('rectification.anonymous');
    expect(codeOf(() => checkContact(course({ contactedAt: told })))).toBe('rectification.wrongState');
    expect(codeOf(() => checkContact(course({ state: 'closed' })))).toBe('rectification.wrongState');
  });

  it('is called back about by another than who replied', () => {
    const replied = course({ state: 'replied', repliedBy: 'a' });
    expect(codeOf(() => checkCallback(replied, 'a'))).toBe('rectification.samePerson');
    expect(codeOf(() => checkCallback(replied, 'b'))).toBe('taken');
    expect(codeOf(() => checkCallback(course(), 'b'))).toBe('rectification.wrongState');
  });

  it('counts working days from the rating: over a weekend and a holiday', () => {
    const calendar = workCalendar([
      { year: 2026, notice: '', holidays: [{ name: '', from: '2026-03-17', to: '2026-03-17' }], makeUpDays: [] },
    ]);
    const friday = new Date('2026-03-13T15:00:00Z');
    const days = (complexity: 'simple' | 'complex', anonymous = false): unknown =>
      daysFor(friday, { anonymous, complexity }, limits.rectification, calendar);
    expect(days('simple')).toEqual({ contactBy: '2026-03-16' as LocalDate, rectifyBy: '2026-03-23' });
    expect(days('complex', true)).toEqual({ contactBy: null, rectifyBy: '2026-04-06' });
  });
});
