import type { ConfigSection, ConfigValue } from './profiles.ts';
import { parseTimestamp } from './token-dates.ts';

/** Under which names tools write the end of temporary keys beside them. AWS's own clients read none of these. */
const ENDS = [
  'x_security_token_expires',
  'aws_session_expiration',
  'expiration',
  'aws_expiration',
  'expires',
];

/** Where the end of a profile's temporary keys is written, and when it is (milliseconds since 1970) if that is a date. */
export function writtenEnd(
  section: ConfigSection | undefined,
): { readonly value: ConfigValue; readonly at: number | undefined } | undefined {
  const value = ENDS.map((key) => section?.values.get(key)).find((one) => one !== undefined);
  return value === undefined ? undefined : { value, at: parseTimestamp(value.value) };
}
