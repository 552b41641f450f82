import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadCalendar, projectRoot } from '@linli/platform';
import type { AwaitingCorrection, Submitted } from './case';
import { close, withdraw } from './closing';
import { checkCorrection, correct, deemWithdrawn } from './correction';
import { hasLapsed, lapsesOn } from './deadlines';
import { file } from './filing';
import { termsOf } from './requests/terms';
import { accept, acceptBySilence, requestCorrection } from './review';
import { application, item, noise, report } from './samples';
import { readLimits, type CaseworkLimits } from './supervision/limits';

const calendar = loadCalendar();
/** Shanghai time. */
const at = (text: string): Date => new Date(`${text}+08:00`);
const identity = { id: 'c', number: '2600000013' };
const filed = (text: string): Submitted => file(application(), item, identity, at(text), calendar).next;
const notice = { missing: ['户口簿', '银行卡'], reason: '照片看不清' };
const correction = { text: '补上了', channel: 'api' } as const;
/** Filed on the last day before the spring festival of 2026; the last day for a notice is 27 February. */
const beforeTheFestival = filed('2026-02-13T10:00');

describe('acceptance', () => {
  it.each([
    ['on the day of receipt', '2026-02-13T17:00', '2026-02-13', false, '2026-03-02'],
    ['on the worked Saturday', '2026-02-14T09:00', '2026-02-14', false, '2026-03-03'],
    ['in the last minute of the last day', '2026-02-27T23:59', '2026-02-27', false, '2026-03-09'],
    [
      'in the first minute after: by law it was accepted from receipt',
      '2026-02-28T00:00',
      '2026-02-13',
      true,
      '2026-03-02',
    ],
  ])('%s', (_what, when, on, late, dueOn) => {
    const step = accept(beforeTheFestival, 'officer', at(when), calendar);
    expect(step.next).toMatchObject({
      acceptance: { on, bySilence: late },
      dates: { dueOn },
      firstReceiverId: 'officer',
    });
    expect(step.payload).toMatchObject({ late, dueOn, state: 'accepted' });
    expect(step.what).toBe(late ? 'acceptedBySilence' : 'accepted');
  });

  it('by silence after a correction counts from the day of the answer', () => {
    const awaiting = requestCorrection(beforeTheFestival, notice, 'o', at('2026-02-14T09:00'), calendar).next;
    const corrected = correct(awaiting, correction, 'resident', at('2026-03-02T09:00'), calendar).next;
    expect(corrected.dates.acceptOn).toBe('2026-03-06');
    expect(hasLapsed(corrected, at('2026-03-06T23:59'))).toBe(false);
    expect(hasLapsed(corrected, at('2026-03-07T00:00'))).toBe(true);
    const step = acceptBySilence(corrected, null, at('2026-03-07T00:10'), calendar);
    expect(step.next).toMatchObject({
      acceptance: { on: '2026-03-02' },
      dates: { dueOn: '2026-03-11' },
      firstReceiverId: 'o',
    });
    expect(step.words).toContain('从收到之日（2026年3月2日）起就算受理');
  });
});

describe('silence', () => {
  const settings: unknown = JSON.parse(readFileSync(join(projectRoot(), 'config/casework/limits.json'), 'utf8'));
  const limits = (silenceAccepts: 'all' | 'licences'): CaseworkLimits => ({
    ...readLimits(settings),
    review: { silenceAccepts },
  });
  const licence = {
    ...item,
    implementation: { codes: { scheme: 'local' }, type: 'licence', level: 'county' },
  } as const;
  it.each([
    ['licences', 'a licence', licence, true],
    ['licences', 'anything else', item, false],
    ['all', 'anything else', item, true],
  ] as const)('binds %s, so %s: %o', (binds, _what, entry, accepted) => {
    const draft = application({ entry });
    const terms = termsOf(draft, limits(binds));
    const kase = file(draft, entry, { id: 'c', number: '2600000013' }, at('2026-03-10T09:00'), calendar, terms).next;
    const late = at('2026-03-18T09:00');
    expect(lapsesOn(kase)).toBe(accepted ? '2026-03-17' : null);
    const missing = { missing: ['户口簿'], reason: '没有带' };
    const notice = (): unknown => requestCorrection(kase, missing, 'o', late, calendar);
    if (accepted) expect(notice).toThrow('case.alreadyAccepted');
    else
      expect(accept(kase, 'o', late, calendar).next.acceptance).toMatchObject({ on: '2026-03-18', bySilence: false });
    if (!accepted) expect(notice).not.toThrow();
  });
});

describe('the notice', () => {
  it('says everything once, stops the clock and tells by when to answer', () => {
    const step = requestCorrection(beforeTheFestival, notice, 'o', at('2026-02-27T23:00'), calendar);
    expect(step.next).toMatchObject({
      notice: { answerBy: '2026-03-19' },
      dates: { acceptOn: '2026-03-20', dueOn: '2026-03-31' },
    });
    expect(step.words).toBe('请您最晚2026年3月19日补齐：户口簿、银行卡。原因：照片看不清');
    expect(step.payload).toMatchObject({ ...notice, answerBy: '2026-03-19', state: 'awaitingCorrection' });
  });

  it('comes too late after the last day', () => {
    expect(() => requestCorrection(beforeTheFestival, notice, 'o', at('2026-02-28T00:00'), calendar)).toThrow(
      'case.alreadyAccepted',
    );
  });

  it.each([
    [{ missing: [], reason: '缺' }, ['missing']],
    [{ missing: [' '], reason: ' ' }, ['missing', 'reason']],
    [{ missing: ['字'.repeat(201)], reason: '字'.repeat(501) }, ['missing', 'reason']],
    [{ missing: Array.from({ length: 41 }, (_, index) => `材料${index}`), reason: '缺' }, ['missing']],
  ])('is refused when it does not say enough, or too much', (asked, places) => {
    const refused = (): unknown => requestCorrection(beforeTheFestival, asked, 'o', at('2026-02-13T11:00'), calendar);
    expect(refused).toThrow(
      expect.objectContaining({
        code: 'case.invalid',
        errors: places.map((place) => expect.objectContaining({ at: place })),
      }),
    );
  });
});

describe('the answer to it', () => {
  const awaiting: AwaitingCorrection = requestCorrection(
    beforeTheFestival,
    notice,
    'o',
    at('2026-02-14T09:00'),
    calendar,
  ).next;

  it.each([
    ['in the last minute', '2026-03-13T23:59', null],
    ['a minute later', '2026-03-14T00:00', 'case.wrongState'],
  ])('%s', (_what, when, refusal) => {
    const answer = (): unknown => correct(awaiting, correction, 'resident', at(when), calendar);
    expect(hasLapsed(awaiting, at(when))).toBe(refusal !== null);
    if (refusal) expect(answer).toThrow(refusal);
    else expect(answer()).toMatchObject({ next: { state: 'corrected' }, payload: { state: 'submitted' } });
  });

  it('that never came is taken for a withdrawal, and says so', () => {
    const step = deemWithdrawn(awaiting, at('2026-03-14T00:10'));
    expect(step.next.withdrawal.deemed).toBe(true);
    expect(step.payload).toMatchObject({ state: 'withdrawn', deemed: true });
    expect(step.words).toContain('视为您撤回了这件申请');
  });

  it.each([
    [{ channel: 'api' }, 'resident', ['text']],
    [{ text: ' ', channel: 'api' }, 'resident', ['text']],
    [{ channel: 'api' }, 'window', []],
    [{ mediaIds: ['m'], channel: 'wechatOfficial' }, 'resident', []],
    [
      { materials: [{ materialId: 'nothing', fileId: 'x' }], channel: 'api' },
      'window',
      ['materials[0].materialId', 'materials[0].fileId'],
    ],
  ] as const)('%o by the %s', (given, bringer, places) => {
    const check = (): unknown => checkCorrection(awaiting, given, bringer);
    if (places.length === 0) expect(check).not.toThrow();
    else
      expect(check).toThrow(
        expect.objectContaining({ errors: places.map((place) => expect.objectContaining({ at: place })) }),
      );
  });
});

describe('closing', () => {
  const accepted = accept(beforeTheFestival, 'o', at('2026-02-13T11:00'), calendar).next;
  const closing = { outcome: 'granted', publicReply: '已发放', evidence: ['发放记录'] } as const;

  it.each([
    ['on the committed day', '2026-03-02T23:59', true],
    ['the day after', '2026-03-03T00:00', false],
  ])('%s', (_what, when, onTime) => {
    expect(close(accepted, closing, 'o', at(when))).toMatchObject({
      next: { closure: { onTime } },
      payload: { onTime, outcome: 'granted' },
    });
  });

  it.each([
    ['no evidence', { evidence: [] }, 'case.evidenceMissing'],
    ['blank evidence', { evidence: [' '] }, 'case.evidenceMissing'],
    ['no reply', { publicReply: ' ' }, 'case.invalid'],
    ['a reply without end', { publicReply: '字'.repeat(2001) }, 'case.invalid'],
    ['evidence without end', { evidence: ['字'.repeat(501)] }, 'case.invalid'],
  ])('is refused with %s', (_what, change, code) => {
    expect(() => close(accepted, { ...closing, ...change }, 'o', at('2026-02-14T10:00'))).toThrow(code);
  });

  it('by withdrawal keeps what was', () => {
    const step = withdraw(accepted, at('2026-02-14T10:00'));
    expect(step.next).toMatchObject({ acceptance: { on: '2026-02-13' }, withdrawal: { deemed: false } });
    expect(step.payload.deemed).toBe(false);
    expect(
      withdraw(file(report(), noise, identity, at('2026-02-13T10:00'), calendar).next, at('2026-02-14T10:00')).words,
    ).toBe('您撤回了这件诉求。');
  });
});
