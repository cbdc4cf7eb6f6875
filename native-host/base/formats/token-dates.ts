const FORM =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/i;

/**
 * A date of a token file as milliseconds since the epoch; undefined when it is none. Reads what the SDKs write:
 * `Z`, fractions (JavaScript), local offsets (Go before 2023, Ruby), the `UTC` of the AWS CLI before 2.1.14.
 * A date without a zone counts as UTC, as all of them mean it.
 */
export function parseTimestamp(text: string): number | undefined {
  const match = FORM.exec(text.trim());
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  const at = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    Math.floor(Number(`0.${fraction ?? '0'}`) * 1000),
  );
  const back = new Date(at);
  // Date.UTC rolls 31 February over instead of refusing it.
  if (back.getUTCMonth() + 1 !== Number(month) || back.getUTCDate() !== Number(day)) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  return at - offsetMs(zone);
}

/** `YYYY-MM-DDTHH:MM:SSZ`, the one form that every SDK reads (Rust refuses offsets, Java 8 too). Rounds down. */
export function formatTimestamp(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19)}Z`;
}

function offsetMs(zone: string | undefined): number {
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(zone ?? '');
  if (match === null) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return (match[1] === '-' ? -minutes : minutes) * 60_000;
}
