/** Parses times and dates (contract §1, Times and Dates). */

const DATE_TIME =
  /^([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt ]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]+))?(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))?$/;
const DATE = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;

/**
 * The form that `parseTimestamp` returns, for a fast path for imports. The 29th to 31st of a month take the slow path.
 */
const CANONICAL =
  /^(?!0000)[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{3}Z$/;

const MINUTE = 60_000;
/** The first instant of year 1 and of year 10000, UTC, in milliseconds since 1970. */
const YEAR_1 = -62_135_596_800_000;
const YEAR_10000 = 253_402_300_800_000;

/**
 * Converts RFC 3339 to UTC with milliseconds and `Z`, the form in which times are stored, compared and returned. A time
 * without an offset is UTC; `t`, `z` and a blank between date and time are accepted, as RFC 3339 allows. The fraction
 * is cut, not rounded. Undefined for anything else: a date alone, a day that doesn't exist, hour 24, second 60, or a
 * year outside 1–9999 in UTC.
 */
export function parseTimestamp(text: string): string | undefined {
  if (CANONICAL.test(text)) return text;
  const instant = instantOf(text);
  return instant === undefined || instant < YEAR_1 || instant >= YEAR_10000
    ? undefined
    : new Date(instant).toISOString();
}

/** The message for a text that `parseTimestamp` doesn't accept; RFC 3339 itself allows some of them. */
export function timestampFault(text: string): string {
  if (instantOf(text) !== undefined) return 'Must be in the years 1 to 9999 in UTC.';
  if (instantOf(text.replace(SECOND_60, ':59')) !== undefined) return 'Second 60, a leap second, is not accepted.';
  return 'Must be an RFC 3339 date-time such as 2026-05-12T14:30:00Z.';
}

const SECOND_60 = /(?<=^.{16}):60/;

/** Milliseconds since 1970, for the years 0–9999 of the time's own offset. */
function instantOf(text: string): number | undefined {
  const match = DATE_TIME.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '', sign, offsetHour = '00', offsetMinute = '00'] = match;
  const days = daysSince1970(Number(year), Number(month), Number(day));
  if (days === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  if (Number(offsetHour) > 23 || Number(offsetMinute) > 59) return undefined;
  const offset = (Number(offsetHour) * 60 + Number(offsetMinute)) * MINUTE * (sign === '-' ? -1 : 1);
  const milliseconds = Number(fraction.slice(0, 3).padEnd(3, '0'));
  const timeOfDay = (Number(hour) * 60 + Number(minute)) * MINUTE + Number(second) * 1_000 + milliseconds;
  return days * 1_440 * MINUTE + timeOfDay - offset;
}

/** Returns `text` if it is `YYYY-MM-DD` and an existing day of the years 1–9999; undefined otherwise. */
export function parseDate(text: string): string | undefined {
  const match = DATE.exec(text);
  if (!match || match[1] === '0000') return undefined;
  return daysSince1970(Number(match[1]), Number(match[2]), Number(match[3])) === undefined ? undefined : text;
}

/** Undefined when the calendar has no such day. */
function daysSince1970(year: number, month: number, day: number): number | undefined {
  const date = new Date(0);
  // Not Date.UTC, which maps the years 0–99 to 1900–1999.
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return date.getTime() / (1_440 * MINUTE);
}

/** Whether `name` is a time zone of the IANA database, such as `Europe/Berlin` or `UTC`. An offset isn't one. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]{0,63}$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/**
 * By how many seconds a zone is ahead of UTC at each instant, by the runtime's time zone data.
 * @param instants in milliseconds since 1970
 * @throws RangeError when `zone` isn't a time zone
 */
export function offsetsOf(zone: string, instants: readonly number[]): number[] {
  const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
  return instants.map((instant) => {
    const text = format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign, hours, minutes, seconds = '0'] = /([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(text) ?? [];
    if (!sign) return 0;
    const ahead = Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);
    return sign === '-' ? -ahead : ahead;
  });
}
