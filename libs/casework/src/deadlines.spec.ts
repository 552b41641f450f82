import type { DaySpan, LocalDate } from '@linli/kernel';
import { loadCalendar } from '@linli/platform';
import { answerBy, datesOf, dueBetween } from './deadlines';
import { guide, item, noise } from './samples';

const calendar = loadCalendar();
const day = (text: string): LocalDate => text as LocalDate;
const withLimit = (committedLimit: DaySpan): typeof item => ({ ...item, guide: { ...guide, committedLimit } });

describe('the dates of a case just filed', () => {
  it.each([
    ['over a weekend', '2026-03-10', '2026-03-17', '2026-03-26', '2026-04-15'],
    ['over the spring festival and its worked Saturdays', '2026-02-13', '2026-02-27', '2026-03-09', '2026-03-26'],
    ['filed on a worked Saturday', '2026-02-14', '2026-02-28', '2026-03-10', '2026-03-27'],
    ['filed within the holiday', '2026-02-17', '2026-02-28', '2026-03-10', '2026-03-27'],
  ])('%s', (_what, filedOn, acceptOn, dueOn, statutoryOn) => {
    const dates = datesOf(item, { receivedOn: day(filedOn) }, calendar);
    expect(dates).toEqual({ acceptOn, dueOn, statutoryOn, provisional: false });
  });

  it('counts natural days straight through', () => {
    const dates = datesOf(withLimit({ days: 15, unit: 'naturalDay' }), { receivedOn: day('2026-02-13') }, calendar);
    expect(dates).toMatchObject({ acceptOn: '2026-02-27', dueOn: '2026-03-14' });
  });

  it('gives what has no guide five working days', () => {
    const dates = datesOf(noise, { receivedOn: day('2026-02-13') }, calendar);
    expect(dates).toEqual({
      acceptOn: '2026-02-27',
      dueOn: '2026-03-05',
      statutoryOn: '2026-03-05',
      provisional: false,
    });
  });

  it.each([
    ['2026-11-26', '2026-12-31', false],
    ['2026-11-27', '2027-01-04', true],
  ])(
    'filed on %s are provisional as soon as one of them passes the last notice',
    (filedOn, statutoryOn, provisional) => {
      expect(datesOf(item, { receivedOn: day(filedOn) }, calendar)).toMatchObject({ statutoryOn, provisional });
    },
  );
});

describe('the dates once accepted', () => {
  it('count from acceptance, early or by silence from the day of receipt', () => {
    const course = { receivedOn: day('2026-02-13') };
    expect(datesOf(item, { ...course, acceptedOn: day('2026-02-14') }, calendar)).toMatchObject({
      acceptOn: '2026-02-27',
      dueOn: '2026-03-03',
    });
    expect(datesOf(item, { ...course, acceptedOn: day('2026-02-13') }, calendar).dueOn).toBe('2026-03-02');
  });
});

describe('the clock around a correction', () => {
  it('leaves fifteen working days for the answer', () => {
    expect(answerBy(day('2026-02-13'), calendar)).toBe('2026-03-12');
    expect(answerBy(day('2026-03-11'), calendar)).toBe('2026-04-01');
  });

  it.each([
    ['noticed on day two, answered', '2026-03-11', '2026-03-20', '2026-03-25'],
    ['noticed on the day of receipt', '2026-03-09', '2026-03-20', '2026-03-27'],
    ['noticed on the last day: one day is left', '2026-03-16', '2026-03-20', '2026-03-23'],
    ['answered within the spring festival', '2026-03-11', '2026-04-05', '2026-04-09'],
    ['not answered yet: as if on the last day', '2026-03-11', '2026-04-01', '2026-04-07'],
  ])('%s', (_what, from, to, acceptOn) => {
    const pause = { from: day(from), to: day(to) };
    expect(datesOf(item, { receivedOn: day('2026-03-09'), pause }, calendar).acceptOn).toBe(acceptOn);
  });
});

describe('what is due', () => {
  it('never overlaps', () => {
    const today = day('2026-02-13');
    expect(dueBetween('overdue', today, calendar)).toEqual({ from: null, to: '2026-02-12' });
    expect(dueBetween('today', today, calendar)).toEqual({ from: '2026-02-13', to: '2026-02-13' });
    expect(dueBetween('soon', today, calendar)).toEqual({ from: '2026-02-14', to: '2026-02-25' });
  });
});
