import { expect, it } from 'vitest';
import { endOf } from '../../../shared/request/endings.ts';
import { FRESH } from './samples.ts';

it.each([
  ['sign-in', 'expired', 'CODE_EXPIRED', 'awsher login corp'],
  ['sign-in', 'cancelled', 'SIGN_IN_CANCELLED', 'awsher login corp'],
  ['device', 'expired', 'CODE_EXPIRED', 'awsher login'],
  ['saml', 'expired', 'SIGN_IN_TIMEOUT', 'finish the sign-in in the tab'],
  ['saml', 'permission-missing', 'PERMISSION_MISSING', '`awsher saml login adfs`'],
  ['sign-in', 'permission-missing', 'PERMISSION_MISSING', ''],
] as const)('%s, %s: %s, and what to type', (kind, why, code, hint) => {
  const error = endOf(FRESH[kind](), why);
  expect(error.code).toBe(code);
  expect(error.hint).toContain(hint);
  if (why === 'permission-missing') expect(/SAML/.test(error.message)).toBe(kind === 'saml');
});
