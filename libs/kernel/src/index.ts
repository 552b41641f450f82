export { Refusal, type RefusalDetail } from './refusal';
export { refusalKinds, type RefusalCode, type RefusalKind } from './refusal-codes';
export {
  addDays,
  ageOn,
  daysBetween,
  localDate,
  monthOf,
  parseLocalDate,
  startOf,
  weekday,
  type LocalDate,
} from './local-date';
export { isUuid, newId } from './ids';
export { openingWeekday } from './opening-weekday';
export { identityNumber, type IdentityNumber } from './identity-number';
export { isPhone, phoneNumber } from './phone';
export { readCalendarYear, type ReadYear } from './calendar-year';
export { workCalendar, type CalendarYear, type CountedDate, type DaySpan, type WorkCalendar } from './work-calendar';
export {
  cursorOf,
  daySorted,
  instantSorted,
  pageOf,
  positionOf,
  wholePageOf,
  type Page,
  type Position,
  type Shape,
} from './paging';
