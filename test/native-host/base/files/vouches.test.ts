import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findVouch, hashCode, leaveVouch, type Vouch } from '../../../../native-host/base/files/vouches.ts';
import { makeSandbox, type Sandbox } from './sandbox.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = makeSandbox();
});
afterEach(() => sandbox.remove());

const NOW = Date.UTC(2026, 10, 30);
const vouch = (code: string, more: Partial<Vouch> = {}): Vouch => ({
  codeHash: hashCode(code),
  command: 'aws sso login',
  pid: 7,
  parents: ['-zsh'],
  until: NOW + 1000,
  ...more,
});
const leave = (one: Vouch, now = NOW) => leaveVouch(sandbox.paths, one, now);
const find = (code: string, now = NOW) => findVouch(sandbox.paths, hashCode(code), now);
const file = () => join(sandbox.paths.stateDir, 'vouches.json');

it('is found by the hash of its code until it is over, and the file tells no code', async () => {
  expect(find('ABCD-EFGH')).toBeUndefined();
  await leave(vouch('ABCD-EFGH'));
  expect(find('ABCD-EFGH')).toEqual(vouch('ABCD-EFGH'));
  expect(find('ABCD-EFGJ')).toBeUndefined();
  expect(find('ABCD-EFGH', NOW + 1000)).toBeUndefined();
  expect(fs.readFileSync(file(), 'utf8')).not.toContain('ABCD-EFGH');
  expect(fs.statSync(file()).mode & 0o777).toBe(0o600);
});

it('takes the place of an older one for the same code; those that are over are dropped', async () => {
  await leave(vouch('ABCD-EFGH'));
  await leave(vouch('ABCD-EFGH', { pid: 8, until: NOW + 5000 }));
  await leave(vouch('JKLM-NPQR', { until: NOW + 5000 }));
  expect(find('ABCD-EFGH')?.pid).toBe(8);
  await leave(vouch('STVW-XZBC', { until: NOW + 9000 }), NOW + 6000);
  expect(JSON.parse(fs.readFileSync(file(), 'utf8'))).toHaveLength(1);
});

it.each([
  ['no JSON', '{'],
  ['no list', '{"codeHash":"x"}'],
  ['entries of another kind', `[null, 1, {"codeHash":"${hashCode('ABCD-EFGH')}","until":9e15}]`],
  ['parents that are no names', JSON.stringify([{ ...vouch('ABCD-EFGH'), parents: [1] }])],
])('a file with %s vouches for nothing', async (_what, text) => {
  fs.mkdirSync(sandbox.paths.stateDir, { recursive: true });
  fs.writeFileSync(file(), text);
  expect(find('ABCD-EFGH')).toBeUndefined();
});
