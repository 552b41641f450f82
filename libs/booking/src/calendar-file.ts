import type { Booking } from './booking';

const lineLongest = 75;
const shanghaiOffsetMs = 8 * 3_600_000;

/** Asia/Shanghai as calendars want it named: one offset since 1991. */
const zone = [
  'BEGIN:VTIMEZONE',
  'TZID:Asia/Shanghai',
  'BEGIN:STANDARD',
  'DTSTART:19910915T000000',
  'TZOFFSETFROM:+0800',
  'TZOFFSETTO:+0800',
  'TZNAME:CST',
  'END:STANDARD',
  'END:VTIMEZONE',
];

/** A booking as an iCalendar file (RFC 5545), with a reminder an hour before. */
export function calendarFile(booking: Booking, now: Date): string {
  const isOff = booking.state === 'cancelled' || booking.state === 'expired';
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Linli//Booking//ZH',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    ...zone,
    'BEGIN:VEVENT',
    `UID:${booking.id}@linli`,
    `DTSTAMP:${utc(now)}`,
    `DTSTART;TZID=Asia/Shanghai:${local(booking.start)}`,
    `DTEND;TZID=Asia/Shanghai:${local(booking.end)}`,
    `SUMMARY:${escaped(`${booking.title}（预约）`)}`,
    `LOCATION:${escaped(booking.placeName)}`,
    `DESCRIPTION:${escaped(`预约编号：${booking.number}\n请按时到场；来不了请提前取消。`)}`,
    `STATUS:${isOff ? 'CANCELLED' : booking.state === 'held' ? 'TENTATIVE' : 'CONFIRMED'}`,
    `SEQUENCE:${isOff ? 1 : 0}`,
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${escaped(`${booking.title}：一小时后开始`)}`,
    'TRIGGER:-PT1H',
    'END:VALARM',
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function compact(iso: string): string {
  return iso.slice(0, 19).replace(/[-:]/g, '');
}

function utc(at: Date): string {
  return `${compact(at.toISOString())}Z`;
}

function local(at: Date): string {
  return compact(new Date(at.getTime() + shanghaiOffsetMs).toISOString());
}

/** TEXT (§3.3.11): backslash, semicolon and comma are escaped, line ends written out, other controls dropped. */
export function escaped(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[\\;,]/g, (sign) => `\\${sign}`)
    .replace(/\n/g, '\\n')
    .replace(/\p{Cc}/gu, '');
}

/** Lines of at most 75 octets (§3.1), broken between characters, never within one. */
export function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const sign of line) {
    const size = Buffer.byteLength(sign);
    // A continued line begins with a space, which counts.
    if (octets + size > lineLongest) {
      parts.push(part);
      part = ' ';
      octets = 1;
    }
    part += sign;
    octets += size;
  }
  return [...parts, part].join('\r\n');
}
