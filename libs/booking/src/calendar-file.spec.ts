import type { Booking } from './booking';
import { calendarFile, escaped, folded } from './calendar-file';

const booking: Booking = {
  ...{ id: '0199c000-0000-7000-8000-000000000001', number: 'Y2600000423', state: 'booked', offeringId: 'hall.general' },
  ...{ title: '社保；医保, 综合业务', serviceId: 'general', deskId: 'hall', placeId: 'hall' },
  placeName: '桂花街道党群服务中心（桂花路18号，书院街口，公交12路到书院街站下车，往南走两分钟，看见银杏树就到了）',
  ...{ subdistrictId: 's1', department: { id: 'civil', name: '区民政局' }, residentId: 'r', person: 'r' },
  ...{ start: new Date('2026-03-10T01:00:00Z'), end: new Date('2026-03-10T01:30:00Z'), onBehalf: false, party: 1 },
  ...{ heldUntil: null, waitId: null, madeAt: new Date('2026-03-09T01:00:00Z'), words: {} },
};

const lines = (file: string): string[] => file.split('\r\n');

describe('the calendar file', () => {
  const file = calendarFile(booking, new Date('2026-03-09T01:00:05Z'));

  it('names the time in Shanghai, with the zone it names', () => {
    expect(file).toContain(
      'DTSTART;TZID=Asia/Shanghai:20260310T090000\r\nDTEND;TZID=Asia/Shanghai:20260310T093000\r\n',
    );
    expect(file).toContain('BEGIN:VTIMEZONE\r\nTZID:Asia/Shanghai\r\n');
    expect(file).toContain('DTSTAMP:20260309T010005Z\r\n');
    expect(file).toContain('STATUS:CONFIRMED\r\n');
  });

  it('has lines of at most 75 octets, ended as they must be, that unfold to what was said', () => {
    expect(file.endsWith('END:VCALENDAR\r\n')).toBe(true);
    expect(file.replace(/\r\n/g, '')).not.toMatch(/[\r\n]/);
    for (const line of lines(file)) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(file.replace(/\r\n /g, '')).toContain(`LOCATION:${escaped(booking.placeName)}\r\n`);
  });

  it('escapes what would end a value', () => {
    expect(escaped('a,b;c\\d\r\ne\u0007')).toBe('a\\,b\\;c\\\\d\\ne');
    expect(folded('汉'.repeat(30)).split('\r\n')).toEqual(['汉'.repeat(25), ` ${'汉'.repeat(5)}`]);
  });

  it('says when it is off', () => {
    expect(calendarFile({ ...booking, state: 'cancelled' }, booking.madeAt)).toContain(
      'STATUS:CANCELLED\r\nSEQUENCE:1\r\n',
    );
    expect(calendarFile({ ...booking, state: 'held' }, booking.madeAt)).toContain('STATUS:TENTATIVE\r\n');
  });
});
