import { expect, it } from 'vitest';
import { isNewer } from '../../../../native-host/base/link/versions.ts';

it.each([
  ['0.2.0', '0.1.9', true],
  ['1.0.0', '0.99.99', true],
  ['0.1.10', '0.1.9', true],
  ['0.1.0', '0.1.0', false],
  ['0.1.0', '0.2.0', false],
  ['0.1', '0.1.0', false],
  ['0.1.0-beta.1', '0.1.0', false],
  ['1.0.0', '1.0.0-rc.1', true],
  ['1.0.0-rc.2', '1.0.0-rc.1', true],
  ['1.0.0-rc.10', '1.0.0-rc.9', true],
  ['1.0.0-rc.1', '1.0.0-beta.2', true],
  ['1.0.0-rc.1.1', '1.0.0-rc.1', true],
  ['1.0.0-rc.1', '1.0.0-rc.1', false],
  ['1.0.0-1', '1.0.0-rc', false],
  ['1.0.0-rc', '1.0.0-1', true],
  ['1.0.1-rc.1', '1.0.0', true],
  ['1.0.0+abc', '1.0.0', false],
  ['junk', '0.0.1', false],
])('version %s is newer than %s: %s', (a, b, newer) => {
  expect(isNewer(a, b)).toBe(newer);
});
