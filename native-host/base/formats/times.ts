const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A moment as a person says it, in the machine's time zone: `18:04`, `tomorrow 09:30`, `21 Nov`, `21 Nov 2027`. */
export function clockTime(at: number, now: number): string {
  const [then, today] = [new Date(at), new Date(now)];
  const time = `${two(then.getHours())}:${two(then.getMinutes())}`;
  const days = Math.round((dayStart(then) - dayStart(today)) / DAY);
  if (days === 0) return time;
  if (days === 1) return `tomorrow ${time}`;
  if (days === -1) return `yesterday ${time}`;
  const date = `${then.getDate()} ${MONTHS[then.getMonth()] ?? ''}`;
  return then.getFullYear() === today.getFullYear() ? date : `${date} ${then.getFullYear()}`;
}

/** A moment of a log, with the time of day on every day: `18:04`, `yesterday 09:30`, `21 Nov 09:30`. */
export function logTime(at: number, now: number): string {
  const words = clockTime(at, now);
  const then = new Date(at);
  return words.includes(':') ? words : `${words} ${two(then.getHours())}:${two(then.getMinutes())}`;
}

/** How far a moment is: `in 47 min`, `in 3 h 5 min`, `in 89 days`, `2 h ago`. */
export function distance(at: number, now: number): string {
  const left = at - now;
  const words = duration(Math.abs(left));
  return left >= 0 ? `in ${words}` : `${words} ago`;
}

/** A length of time: `47 min`, `3 h 5 min`, `89 days`. */
export function duration(milliseconds: number): string {
  if (milliseconds < MINUTE) return 'less than a minute';
  if (milliseconds < HOUR) return `${Math.floor(milliseconds / MINUTE)} min`;
  if (milliseconds < DAY) {
    const minutes = Math.floor((milliseconds % HOUR) / MINUTE);
    const hours = Math.floor(milliseconds / HOUR);
    return minutes === 0 || hours >= 10 ? `${hours} h` : `${hours} h ${minutes} min`;
  }
  const days = Math.floor(milliseconds / DAY);
  return days === 1 ? '1 day' : `${days} days`;
}

function dayStart(date: Date): number {
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
