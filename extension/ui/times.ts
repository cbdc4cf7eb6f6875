/** Times in words, by Intl. All instants are milliseconds since 1970. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time in its largest sensible unit: `42 minutes`, `3 hours`, `2 days`; below a minute in seconds. */
export function duration(milliseconds: number, locale: string): string {
  const length = Math.max(0, milliseconds);
  if (length < MINUTE) return unit(Math.round(length / 1000), 'second', locale);
  if (length < 90 * MINUTE) return unit(Math.floor(length / MINUTE), 'minute', locale);
  if (length < 2 * DAY) return unit(Math.floor(length / HOUR), 'hour', locale);
  return unit(Math.floor(length / DAY), 'day', locale);
}

/** A running clock: `0:07`, `1:30`. */
export function stopwatch(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** A point in time as short as it is clear: `18:04` today, `Fri 18:04` within a week, else `21 Nov`. */
export function moment(at: number, now: number, locale: string): string {
  const time = { hour: 'numeric', minute: '2-digit' } as const;
  if (new Date(at).toDateString() === new Date(now).toDateString()) return format(at, time, locale);
  if (Math.abs(at - now) < 6 * DAY) return format(at, { weekday: 'short', ...time }, locale);
  return day(at, now, locale);
}

/** A date: `21 Nov`, with the year when it is another one. */
export function day(at: number, now: number, locale: string): string {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  const parts = { day: 'numeric', month: 'short' } as const;
  return format(at, sameYear ? parts : { ...parts, year: 'numeric' }, locale);
}

/** The time of a day: `18:04`. */
export function timeOfDay(at: number, locale: string): string {
  return format(at, { hour: 'numeric', minute: '2-digit' }, locale);
}

/** A day as a heading: `Today`, `Yesterday`, else `Friday 21 November`. */
export function dayName(at: number, now: number, locale: string): string {
  const days = Math.round((midnight(now) - midnight(at)) / DAY);
  const text =
    days === 0 || days === 1
      ? relative(locale, { numeric: 'auto' }).format(-days, 'day')
      : format(at, { weekday: 'long', day: 'numeric', month: 'long' }, locale);
  // Many languages write days in small letters.
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
}

function midnight(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** How long ago: `3 minutes ago`, `10 seconds ago`. */
export function ago(at: number, now: number, locale: string): string {
  const words = relative(locale, { numeric: 'auto' });
  const length = Math.max(0, now - at);
  if (length < MINUTE) return words.format(-Math.round(length / 1000), 'second');
  if (length < HOUR) return words.format(-Math.floor(length / MINUTE), 'minute');
  return words.format(-Math.floor(length / HOUR), 'hour');
}

function unit(value: number, name: 'second' | 'minute' | 'hour' | 'day', locale: string): string {
  return numbers(locale, { style: 'unit', unit: name, unitDisplay: 'long' }).format(value);
}

function format(at: number, parts: Intl.DateTimeFormatOptions, locale: string): string {
  return dates(locale, parts).format(at);
}

const numbers = kept((locale, how: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, how));
const dates = kept((locale, how: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, how));
const relative = kept(
  (locale, how: Intl.RelativeTimeFormatOptions) => new Intl.RelativeTimeFormat(locale, how),
);

/** Formatters are kept: to make one costs the popup more than to draw a session. */
function kept<How, Made>(make: (locale: string, how: How) => Made): (locale: string, how: How) => Made {
  const known = new Map<string, Made>();
  return (locale, how) => {
    const key = `${locale} ${JSON.stringify(how)}`;
    const made = known.get(key) ?? make(locale, how);
    known.set(key, made);
    return made;
  };
}
