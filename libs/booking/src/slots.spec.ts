import { addDays, localDate, type LocalDate } from '@linli/kernel';
import { loadCalendar } from '@linli/platform';
import { usualPolicy, type DeskRules } from './desk';
import { bookingNumber, isBookingNumber } from './number';
import { officeHours } from './samples.module';
import { readSlotId, slotId } from './slot-id';
import { lastDay, openSlots, slotsOn, type Slot } from './slots';

const calendar = loadCalendar();
const day = (text: string): LocalDate => text as LocalDate;
/** Times of day in Shanghai. */
const times = (slots: readonly Slot[]): string[] =>
  slots.map(({ start }) => new Date(start.getTime() + 8 * 3_600_000).toISOString().slice(11, 16));
const at = (text: string): Date => new Date(`${text}+08:00`);
const hourly: DeskRules = { ...officeHours, slotMinutes: 60 };
const whole = ['09:00', '10:00', '11:00', '14:00', '15:00', '16:00'];

describe('the slots of a day', () => {
  it.each<[string, string, Partial<DeskRules>, string[]]>([
    ['an ordinary Tuesday has no slot at lunch', '2026-03-10', {}, whole],
    ['a Saturday is off', '2026-03-14', {}, []],
    ['the spring festival is off', '2026-02-17', {}, []],
    ['a make-up Saturday is worked like a weekday', '2026-02-28', {}, whole],
    ['a make-up Sunday is worked like a weekday', '2026-09-20', {}, whole],
    ...[1, 2, 3, 4, 5, 6].map((weekday): [string, string, Partial<DeskRules>, string[]] => [
      `hours of weekday ${weekday} alone ${weekday === 3 ? 'count' : 'do not count'} on a make-up Saturday`,
      '2026-02-28',
      { weekly: [{ weekdays: [weekday], from: '09:00', to: '11:00' }] },
      weekday === 3 ? ['09:00', '10:00'] : [],
    ]),
    ['a Monday in a holiday is off', '2026-04-06', {}, []],
    ['a desk that never rests goes on through the holiday', '2026-02-17', { onHolidays: 'open' }, whole],
    [
      'weekend hours are kept on plain weekends',
      '2026-03-14',
      { weekly: [{ weekdays: [6], from: '09:00', to: '11:00' }] },
      ['09:00', '10:00'],
    ],
    [
      'weekend hours are not kept on a weekend within a holiday',
      '2026-10-03',
      { weekly: [{ weekdays: [6], from: '09:00', to: '11:00' }] },
      [],
    ],
    ['a closure of whole days', '2026-03-10', { closures: [{ from: '2026-03-09', to: '2026-03-10' }] }, []],
    [
      'a closure of some hours leaves out every slot it touches',
      '2026-03-10',
      { closures: [{ from: '2026-03-10', to: '2026-03-10', hours: { from: '10:30', to: '14:30' } }] },
      ['09:00', '15:00', '16:00'],
    ],
    [
      'an extra opening on a holiday, which no closure undoes',
      '2026-02-17',
      {
        closures: [{ from: '2026-02-17', to: '2026-02-17' }],
        extra: [{ on: '2026-02-17', from: '09:00', to: '11:00' }],
      },
      ['09:00', '10:00'],
    ],
    [
      'hours that begin to count',
      '2026-03-10',
      { weekly: [{ weekdays: [2], from: '09:00', to: '11:00', validFrom: '2026-03-10' }] },
      ['09:00', '10:00'],
    ],
    [
      'hours that have ended',
      '2026-03-10',
      { weekly: [{ weekdays: [2], from: '09:00', to: '11:00', validTo: '2026-03-09' }] },
      [],
    ],
    [
      'a last piece too short is no slot',
      '2026-03-10',
      { weekly: [{ weekdays: [2], from: '09:00', to: '10:59' }] },
      ['09:00'],
    ],
    [
      'openings that overlap give each time once',
      '2026-03-10',
      {
        weekly: [
          { weekdays: [2], from: '09:00', to: '11:00' },
          { weekdays: [2], from: '09:30', to: '12:30' },
        ],
      },
      ['09:00', '10:00', '11:30'],
    ],
    [
      'round the clock',
      '2026-03-10',
      { slotMinutes: 720, weekly: [{ weekdays: [2], from: '00:00', to: '24:00' }] },
      ['00:00', '12:00'],
    ],
  ])('%s', (_what, on, rules, expected) =>
    expect(times(slotsOn({ ...hourly, ...rules }, day(on), calendar))).toEqual(expected),
  );

  it('have the seats of their opening, else of the desk', () => {
    const rules: DeskRules = {
      ...hourly,
      weekly: [
        { weekdays: [2], from: '09:00', to: '10:00' },
        { weekdays: [2], from: '10:00', to: '11:00', capacity: 3 },
      ],
    };
    expect(slotsOn(rules, day('2026-03-10'), calendar).map((one) => one.capacity)).toEqual([10, 3]);
  });

  it('never overlap, whatever the year brings', () => {
    const rules: DeskRules = {
      ...officeHours,
      weekly: [...officeHours.weekly, { weekdays: [0, 6], from: '09:15', to: '12:00' }],
    };
    for (let on = day('2026-01-01'), n = 0; n < 365; n += 1, on = addDays(on, 1)) {
      const slots = slotsOn(rules, on, calendar);
      slots.forEach((slot, index) => {
        expect(localDate(slot.start)).toBe(on);
        expect((slots[index + 1]?.start ?? slot.end).getTime()).toBeGreaterThanOrEqual(slot.end.getTime());
      });
    }
  });
});

describe('what can be booked now', () => {
  const desk = { rules: hourly, policy: usualPolicy };
  const far = { from: day('2026-01-01'), to: day('2027-12-31') };

  it.each([
    ['five working days ahead', '2026-03-10T08:00', '2026-03-17'],
    ['over a weekend', '2026-03-13T08:00', '2026-03-20'],
    ['over the spring festival and its make-up Saturday', '2026-02-13T08:00', '2026-02-27'],
    ['asked on a Sunday', '2026-03-15T08:00', '2026-03-20'],
    ['asked late in the evening: the day in Shanghai counts', '2026-03-10T23:59', '2026-03-17'],
  ])('%s', (_what, now, last) => {
    expect(lastDay(usualPolicy, at(now), calendar)).toBe(last);
    const slots = openSlots(desk, far, at(now), calendar);
    expect(localDate(slots.at(-1)?.start ?? at(now))).toBe(last);
  });

  it.each([
    ['before the last minutes', '2026-03-10T08:50', '09:00'],
    ['within the last minutes', '2026-03-10T08:51', '10:00'],
    ['at lunch', '2026-03-10T12:30', '14:00'],
  ])('the first slot %s', (_what, now, first) => expect(times(openSlots(desk, far, at(now), calendar))[0]).toBe(first));

  it('is cut to the days asked for, and nothing when they are past or too far', () => {
    const now = at('2026-03-10T08:00');
    const within = openSlots(desk, { from: day('2026-03-12'), to: day('2026-03-12') }, now, calendar);
    expect(new Set(within.map((one) => localDate(one.start)))).toEqual(new Set(['2026-03-12']));
    for (const on of ['2026-03-09', '2026-03-14', '2026-03-18'])
      expect(openSlots(desk, { from: day(on), to: day(on) }, now, calendar)).toEqual([]);
  });
});

describe('names', () => {
  it('of slots are the same everywhere and read back', () => {
    const start = at('2026-03-10T09:30');
    expect(slotId({ offeringId: 'hall.general', start })).toBe('hall.general~202603100930');
    expect(readSlotId('hall.general~202603100930')).toEqual({ offeringId: 'hall.general', start });
  });

  it.each([
    '',
    'hall.general',
    'hall.general~20260310',
    'hall.general~202602300930',
    'hall.general~202603102400',
    "a'b~202603100930",
    'a~202603100930x',
  ])('「%s」 is no slot', (id) => expect(readSlotId(id)).toBeNull());

  it('of bookings find a wrong digit', () => {
    const number = bookingNumber('2026', '42');
    expect(number).toMatch(/^Y260000042\d$/);
    expect(isBookingNumber(number)).toBe(true);
    for (let digit = 0; digit < 10; digit += 1) {
      const other = `${number.slice(0, 8)}${digit}${number.slice(9)}`;
      expect(isBookingNumber(other)).toBe(other === number);
    }
    expect(isBookingNumber(number.slice(1))).toBe(false);
  });
});
