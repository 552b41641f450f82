/** Injection tokens of what is a value, not a class. */
export const CONFIG = Symbol('Config');
export const KEYS = Symbol('Keys');
export const DATABASE_URL = Symbol('DatabaseUrl');
/** The `WorkCalendar` of `config/calendar` and of the years imported since. */
export const CALENDAR = Symbol('WorkCalendar');
