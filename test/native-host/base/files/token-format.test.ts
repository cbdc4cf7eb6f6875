import { describe, expect, it } from 'vitest';
import { formatToken, parseToken, type SsoToken } from '../../../../native-host/base/files/token-format.ts';
import { Secret } from '../../../../shared/secret.ts';

const EXPIRES = Date.UTC(2026, 10, 23, 2, 47, 54);
const REGISTRATION = Date.UTC(2027, 1, 21, 1, 47, 53);

const token: SsoToken = {
  startUrl: 'https://d-123.awsapps.com/start',
  region: 'us-east-1',
  accessToken: new Secret('AT4'),
  expiresAt: EXPIRES,
  clientId: 'CID',
  clientSecret: new Secret('CSECRET'),
  registrationExpiresAt: REGISTRATION,
  refreshToken: new Secret('RT4'),
};

const AS_THE_CLI =
  '{"startUrl": "https://d-123.awsapps.com/start", "region": "us-east-1", "accessToken": "AT4", ' +
  '"expiresAt": "2026-11-23T02:47:54Z", "clientId": "CID", "clientSecret": "CSECRET", ' +
  '"registrationExpiresAt": "2027-02-21T01:47:53Z", "refreshToken": "RT4"}';

describe('formatToken', () => {
  it('writes the bytes that the AWS CLI writes', () => {
    expect(formatToken(token)).toBe(AS_THE_CLI);
  });

  it('leaves out what is not known instead of writing null', () => {
    const text = formatToken({ ...token, refreshToken: undefined, extra: new Map([['note', null]]) });
    expect(text).toBe(AS_THE_CLI.replace(', "refreshToken": "RT4"', ''));
  });

  it('escapes everything outside printable ASCII as Python does', () => {
    const text = formatToken({ ...token, extra: new Map([['né', ['\u007f', '\n', '😀', 1, { a: true }]]]) });
    expect(text.slice(AS_THE_CLI.length - 1)).toBe(
      ', "n\\u00e9": ["\\u007f", "\\n", "\\ud83d\\ude00", 1, {"a": true}]}',
    );
  });

  it('rounds fractions of a second down', () => {
    expect(formatToken({ ...token, expiresAt: EXPIRES + 999 })).toBe(AS_THE_CLI);
  });

  it('does not write a foreign key that is a known one in another case', () => {
    expect(formatToken({ ...token, extra: new Map([['AccessToken', 'x']]) })).toBe(AS_THE_CLI);
  });
});

describe('parseToken', () => {
  const withDate = (expiresAt: string): string => JSON.stringify({ accessToken: 'AT', expiresAt });

  it.each([
    ['the AWS CLI', '2026-11-23T02:47:54Z', EXPIRES],
    ['JavaScript', '2026-11-23T02:47:54.582Z', EXPIRES + 582],
    ['nanoseconds', '2026-11-23T02:47:54.582123456Z', EXPIRES + 582],
    ['Go in Tokyo', '2026-11-23T11:47:54+09:00', EXPIRES],
    ['Ruby in New York', '2026-11-22T21:47:54-05:00', EXPIRES],
    ['botocore role credentials', '2026-11-23T02:47:54+00:00', EXPIRES],
    ['the AWS CLI before 2.1.14', '2026-11-23T02:47:54UTC', EXPIRES],
    ['no zone', '2026-11-23T02:47:54', EXPIRES],
  ])('reads the date of %s', (_who, text, expected) => {
    const read = parseToken(withDate(text));
    expect(read.kind === 'token' && read.token.expiresAt).toBe(expected);
  });

  it.each(['', 'soon', '2026-02-31T00:00:00Z', '2026-13-01T00:00:00Z', '2026-11-23T24:00:00Z', '1763865000'])(
    'does not take %j for a date',
    (text) => {
      expect(parseToken(withDate(text)).kind).toBe('broken');
    },
  );

  it('reads back what it wrote, minified, pretty, and with a newline at the end', () => {
    for (const text of [
      AS_THE_CLI,
      JSON.stringify(JSON.parse(AS_THE_CLI)),
      `${JSON.stringify(JSON.parse(AS_THE_CLI), null, 2)}\r\n`,
    ]) {
      const read = parseToken(text);
      expect(read.kind === 'token' && formatToken(read.token)).toBe(AS_THE_CLI);
    }
  });

  it('takes null for absent and keeps unknown keys in their order', () => {
    const read = parseToken(
      '{"z": [1, null], "accessToken": "AT", "refreshToken": null, "expiresAt": "2026-11-23T02:47:54Z", "a": {}, "__proto__": 1}',
    );
    if (read.kind !== 'token') throw new Error('not read');
    expect(read.token.refreshToken).toBeUndefined();
    expect(formatToken(read.token)).toBe(
      '{"accessToken": "AT", "expiresAt": "2026-11-23T02:47:54Z", "z": [1, null], "a": {}, "__proto__": 1}',
    );
  });

  it.each([
    ['', 'it is empty'],
    [AS_THE_CLI.slice(0, 50), 'it is not valid JSON'],
    [`${AS_THE_CLI}"}`, 'it is not valid JSON'],
    [`\uFEFF${AS_THE_CLI}`, 'it begins with a byte order mark'],
    ['[]', 'it is not a JSON object'],
    ['{"expiresAt": "2026-11-23T02:47:54Z"}', 'it has no accessToken'],
    ['{"accessToken": "", "expiresAt": "2026-11-23T02:47:54Z"}', 'it has no accessToken'],
    ['{"accessToken": "AT"}', 'it has no expiresAt that is a date'],
    ['{"accessToken": "AT", "expiresAt": 1763865000}', 'it has no expiresAt that is a date'],
  ])('calls %j broken and says why', (text, reason) => {
    expect(parseToken(text)).toEqual({ kind: 'broken', reason });
  });

  it('never shows a secret by accident', () => {
    expect(JSON.stringify(parseToken(AS_THE_CLI))).not.toMatch(/AT4|CSECRET|RT4/);
  });
});
