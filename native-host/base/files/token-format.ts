import { Secret } from '../../../shared/secret.ts';
import { fieldsOf, parseJson, textField } from '../formats/json.ts';
import { formatTimestamp, parseTimestamp } from '../formats/token-dates.ts';
import { pythonJson } from './python-json.ts';

/** A token of IAM Identity Center with all that is needed to renew it. Times are milliseconds since the epoch. */
export interface SsoToken {
  /** As the config writes it (a vanity URL stays one). */
  readonly startUrl: string | undefined;
  /** The region of Identity Center, not the profile's. */
  readonly region: string | undefined;
  readonly accessToken: Secret;
  readonly expiresAt: number;
  readonly clientId: string | undefined;
  readonly clientSecret: Secret | undefined;
  readonly registrationExpiresAt: number | undefined;
  readonly refreshToken: Secret | undefined;
  /** What another program added to the file; kept when the file is written again. */
  readonly extra?: ReadonlyMap<string, unknown>;
}

/** What a token file holds. `broken` is a file that no SDK can use, with the reason for the person. */
export type TokenFile =
  | { readonly kind: 'token'; readonly token: SsoToken }
  | { readonly kind: 'none' }
  | { readonly kind: 'broken'; readonly reason: string };

const KNOWN_KEYS = [
  'startUrl',
  'region',
  'accessToken',
  'expiresAt',
  'clientId',
  'clientSecret',
  'registrationExpiresAt',
  'refreshToken',
];
const KNOWN_LOWER = new Set(KNOWN_KEYS.map((key) => key.toLowerCase()));

/**
 * The text of a token file, byte for byte as the AWS CLI v2 writes it: its keys in its order, Python's JSON, no
 * newline at the end, and no `null`, which makes the Go SDK refuse the whole file. Foreign keys come after.
 * Source: AWS CLI v2 botocore/utils.py `SSOTokenFetcher._create_token_attempt`, botocore/tokens.py.
 */
export function formatToken(token: SsoToken): string {
  const fields = new Map<string, unknown>([
    ['startUrl', token.startUrl],
    ['region', token.region],
    ['accessToken', token.accessToken.expose()],
    ['expiresAt', formatTimestamp(token.expiresAt)],
    ['clientId', token.clientId],
    ['clientSecret', token.clientSecret?.expose()],
    [
      'registrationExpiresAt',
      token.registrationExpiresAt === undefined ? undefined : formatTimestamp(token.registrationExpiresAt),
    ],
    ['refreshToken', token.refreshToken?.expose()],
    ...[...(token.extra ?? [])].filter(([key]) => isForeignKey(key)),
  ]);
  for (const [key, value] of fields) if (value === undefined || value === null) fields.delete(key);
  return pythonJson(fields);
}

/** Reads a token file whoever wrote it: pretty or minified, any date form, unknown keys, `null` as absent. */
export function parseToken(text: string): TokenFile {
  if (text.trim() === '') return broken('it is empty');
  if (text.startsWith('\uFEFF')) return broken('it begins with a byte order mark');
  const value = parseJson(text);
  if (value === undefined) return broken('it is not valid JSON');
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return broken('it is not a JSON object');
  }
  const fields = fieldsOf(value);
  const accessToken = textField(fields, 'accessToken');
  if (accessToken === undefined) return broken('it has no accessToken');
  const expiresAt = dateField(fields, 'expiresAt');
  if (expiresAt === undefined) return broken('it has no expiresAt that is a date');
  return {
    kind: 'token',
    token: {
      startUrl: textField(fields, 'startUrl'),
      region: textField(fields, 'region'),
      accessToken: new Secret(accessToken),
      expiresAt,
      clientId: textField(fields, 'clientId'),
      clientSecret: secretField(fields, 'clientSecret'),
      registrationExpiresAt: dateField(fields, 'registrationExpiresAt'),
      refreshToken: secretField(fields, 'refreshToken'),
      extra: new Map([...fields].filter(([key]) => isForeignKey(key))),
    },
  };
}

/** The Rust SDK reads keys in any case, so a known key in another case is not a foreign one. */
function isForeignKey(key: string): boolean {
  return !KNOWN_LOWER.has(key.toLowerCase());
}

function secretField(fields: ReadonlyMap<string, unknown>, key: string): Secret | undefined {
  const value = textField(fields, key);
  return value === undefined ? undefined : new Secret(value);
}

function dateField(fields: ReadonlyMap<string, unknown>, key: string): number | undefined {
  const value = textField(fields, key);
  return value === undefined ? undefined : parseTimestamp(value);
}

function broken(reason: string): TokenFile {
  return { kind: 'broken', reason };
}
