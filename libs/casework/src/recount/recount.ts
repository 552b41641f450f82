import { localDate, type LocalDate, type WorkCalendar } from '@linli/kernel';
import { isAnswered, type Case, type Dates } from '../case';
import { datesUnder } from '../course';
import { datesOf } from '../deadlines';
import { factsOf, type Step } from '../step';
import { dayWords, matterWords } from '../wording';

/**
 * Counts the dates of an open case anew, now that a notice says which days are worked; null where nothing changes. The
 * last day for an answer that somebody was told stays as told.
 */
export function recount(kase: Case, calendar: WorkCalendar): Step<Case, 'case.recounted'> | null {
  const dates = datesAnew(kase, calendar);
  if (dates === null || isSame(dates, kase.dates)) return null;
  const next = { ...kase, dates };
  const dueChanged = dates.dueOn !== kase.dates.dueOn;
  const until = dayWords(dates.dueOn);
  const words = dueChanged
    ? `放假安排公布了，您的${matterWords(kase.filing)}最晚办结的日子改为${until}。`
    : `放假安排公布了，您的${matterWords(kase.filing)}最晚办结的日子不变，还是${until}。`;
  const payload = { ...factsOf(next), dueChanged };
  return { next, what: 'recounted', words, event: 'case.recounted', payload };
}

/** Every date of an open case, counted from its facts as they are now; null of one that is over. */
export function datesAnew(kase: Case, calendar: WorkCalendar): Dates | null {
  const { filing } = kase;
  const received = { receivedOn: localDate(filing.submittedAt), limit: filing.request?.limit };
  switch (kase.state) {
    case 'submitted':
      return datesOf(filing.entry, received, calendar);
    case 'awaitingCorrection':
    case 'corrected': {
      const { notice } = kase;
      const to: LocalDate = isAnswered(notice) ? localDate(notice.answeredAt) : notice.answerBy;
      return datesOf(filing.entry, { ...received, pause: { from: localDate(notice.givenAt), to } }, calendar);
    }
    case 'accepted':
    case 'inHandling':
    case 'suspended':
    case 'decided':
      return datesUnder(kase, kase.course, calendar);
    default:
      return null;
  }
}

function isSame(one: Dates, other: Dates): boolean {
  return (
    one.acceptOn === other.acceptOn &&
    one.dueOn === other.dueOn &&
    one.statutoryOn === other.statutoryOn &&
    one.provisional === other.provisional
  );
}

/** How many days ahead of the last covered one somebody should be asking for the next year's notice. */
const alarmDays = 60;

/** 节假日安排: up to when dates are certain, and the sentence to say when that day comes near. */
export function coverageAlarm(today: LocalDate, calendar: WorkCalendar): string | null {
  const { coveredUntil } = calendar;
  if (coveredUntil === null) return '还没有导入放假安排，所有日期都是暂定的。请管理员导入。';
  const left = (Date.parse(coveredUntil) - Date.parse(today)) / 86_400_000;
  if (left > alarmDays) return null;
  const next = Number(coveredUntil.slice(0, 4)) + 1;
  return `放假安排只到${dayWords(coveredUntil)}。${next}年的安排还没有导入，之后的日期都是暂定的。公布后请管理员尽快导入。`;
}
