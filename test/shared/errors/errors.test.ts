import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { MEANINGS } from '../../../scripts/docs/error-meanings.mjs';
import { AwsherError, toAwsherError } from '../../../shared/errors/awsher-error.ts';
import { ERROR_CODES, isErrorCode } from '../../../shared/errors/codes.ts';

/** Other programs match on these. Add at will; a code or its exit status never changes, and none goes away. */
const PROMISED: Record<string, number> = {
  USAGE: 2,
  START_URL_INVALID: 2,
  REGION_INVALID: 2,
  NAME_INVALID: 2,
  SESSION_UNKNOWN: 2,
  SESSION_AMBIGUOUS: 2,
  SESSION_CONFLICT: 2,
  PROFILE_UNKNOWN: 2,
  PROFILE_UNUSABLE: 1,
  BROWSER_UNKNOWN: 2,
  SIGN_IN_NEEDED: 4,
  SIGN_IN_CANCELLED: 3,
  CANCELLED: 3,
  SIGN_IN_DENIED: 3,
  SIGN_IN_TIMEOUT: 1,
  CODE_EXPIRED: 1,
  SIGN_IN_FAILED: 1,
  REGION_WRONG: 1,
  TOKEN_REJECTED: 4,
  ROLE_FORBIDDEN: 1,
  ROLE_UNKNOWN: 1,
  THROTTLED: 1,
  NETWORK: 1,
  AWS_ERROR: 1,
  CREDENTIALS_MISSING: 1,
  PROFILE_LOOP: 1,
  MFA_NEEDED: 4,
  PROCESS_FAILED: 1,
  HOST_MISSING: 1,
  HOST_FORBIDDEN: 1,
  HOST_LOST: 1,
  HOST_CALLER: 1,
  BROWSER_MISSING: 1,
  BROWSER_LOST: 1,
  PROTOCOL_VERSION: 1,
  PROTOCOL_MESSAGE: 1,
  PERMISSION_MISSING: 1,
  EXTENSION_FAILED: 1,
  CONFIG_INVALID: 1,
  CONFIG_CHANGED: 1,
  NOTHING_TO_UNDO: 1,
  FILE_CORRUPT: 1,
  FILE_NOT_REGULAR: 1,
  FILE_WRITE: 1,
  FILE_READ: 1,
  FILE_OWNER: 1,
  LOCK_TIMEOUT: 1,
  SOCKET_UNSAFE: 1,
  INSTALL_FAILED: 1,
  ROOT_REFUSED: 1,
  INTERRUPTED: 130,
  INTERNAL: 1,
};

describe('the list of codes', () => {
  it('keeps every code that was promised, with its exit status', () => {
    expect(ERROR_CODES).toMatchObject(PROMISED);
  });

  it.each(Object.entries(MEANINGS))('%s is written as a code and says what it means', (code, meaning) => {
    expect(code).toMatch(/^[A-Z][A-Z_]+$/);
    expect(meaning).toMatch(/^[A-Za-z].*\.$/);
  });

  it.each(['constructor', '__proto__', 'toString', 'usage', '', 1, null, {}])('%j is no code', (code) => {
    expect(isErrorCode(code)).toBe(false);
  });
});

describe('an error', () => {
  it('crosses a process boundary whole, but for its cause', () => {
    const error = new AwsherError('NETWORK', 'AWS cannot be reached.', {
      hint: 'try again',
      cause: 'inner',
    });
    const wire = JSON.parse(JSON.stringify(error.toWire()));
    expect(wire).toEqual({ code: 'NETWORK', message: 'AWS cannot be reached.', hint: 'try again' });
    const back = AwsherError.fromWire(wire);
    expect(back).toMatchObject({ code: 'NETWORK', hint: 'try again', exitCode: 1, name: 'AwsherError' });
    expect(inspect(back)).not.toContain('inner');
  });

  it('has no hint rather than an empty one', () => {
    expect(new AwsherError('USAGE', 'No.').toWire()).toEqual({ code: 'USAGE', message: 'No.' });
    expect(AwsherError.fromWire({ code: 'USAGE', message: 'No.' }).hint).toBeUndefined();
  });

  it('with a code from a newer peer is a bug here, with its sentence', () => {
    for (const code of ['FROM_THE_FUTURE', 'constructor']) {
      expect(AwsherError.fromWire({ code, message: 'Later.' })).toMatchObject({
        code: 'INTERNAL',
        message: 'Later.',
      });
    }
  });

  it.each([new Error('token eyJ'), 'token eyJ', undefined, { token: 'eyJ' }])(
    'made of %s says nothing of its inside',
    (thrown) => {
      const error = toAwsherError(thrown);
      expect(error.code).toBe('INTERNAL');
      expect(JSON.stringify(error.toWire())).not.toContain('eyJ');
    },
  );

  it('stays what it is', () => {
    const error = new AwsherError('USAGE', 'No.');
    expect(toAwsherError(error)).toBe(error);
  });
});
