import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  defaultFormat,
  formatVariables,
  type Variables,
} from '../../../../native-host/base/formats/exports.ts';

// needs: fish

const KEYS: Variables = [
  ['AWS_ACCESS_KEY_ID', 'ASIA1'],
  ['AWS_SECRET_ACCESS_KEY', 'a/b+c='],
  ['AWS_SESSION_TOKEN', undefined],
];
const hasFish = spawnSync('fish', ['--version']).status === 0;

describe('credentials for a shell', () => {
  it.each([
    ['env', 'export AWS_ACCESS_KEY_ID=ASIA1\nexport AWS_SECRET_ACCESS_KEY=a/b+c=\nunset AWS_SESSION_TOKEN'],
    ['env-no-export', 'AWS_ACCESS_KEY_ID=ASIA1\nAWS_SECRET_ACCESS_KEY=a/b+c='],
    [
      'fish',
      'set -gx AWS_ACCESS_KEY_ID "ASIA1"\nset -gx AWS_SECRET_ACCESS_KEY "a/b+c="\nset -e AWS_SESSION_TOKEN',
    ],
    [
      'powershell',
      '$Env:AWS_ACCESS_KEY_ID="ASIA1"\n$Env:AWS_SECRET_ACCESS_KEY="a/b+c="\nRemove-Item Env:AWS_SESSION_TOKEN -ErrorAction SilentlyContinue',
    ],
    ['windows-cmd', 'set AWS_ACCESS_KEY_ID=ASIA1\nset AWS_SECRET_ACCESS_KEY=a/b+c=\nset AWS_SESSION_TOKEN='],
    ['dotenv', 'AWS_ACCESS_KEY_ID=ASIA1\nAWS_SECRET_ACCESS_KEY=a/b+c='],
  ] as const)('%s', (format, text) => {
    expect(formatVariables(KEYS, format)).toBe(text);
  });

  it.each([
    ['env', `export A='a b'\\''$(c)"\`'`],
    ['env-no-export', `A='a b'\\''$(c)"\`'`],
    ['fish', `set -gx A "a b'\\$(c)\\"\`"`],
    ['powershell', '$Env:A="a b\'`$(c)`"``"'],
    ['dotenv', `A="a b'\\$(c)\\"\\\`"`],
  ] as const)('%s quotes what its language would read', (format, text) => {
    expect(formatVariables([['A', `a b'$(c)"\``]], format)).toBe(text);
  });

  it('a value with a line break is refused, whatever the shell', () => {
    for (const format of ['env', 'windows-cmd', 'dotenv'] as const) {
      for (const value of ['x\nrm -rf', 'x\u0000', 'x\u007f']) {
        expect(() => formatVariables([['A', value]], format)).toThrow(
          expect.objectContaining({ code: 'PROFILE_UNUSABLE', message: expect.stringContaining('control') }),
        );
      }
    }
  });

  it.each(['x"&calc&"', '%PATH%', '100%'])('cmd.exe gets nothing that leaves its quotes: %s', (value) => {
    expect(() => formatVariables([['A', value]], 'windows-cmd')).toThrow(
      expect.objectContaining({ code: 'PROFILE_UNUSABLE', hint: expect.stringContaining('json') }),
    );
  });

  const printable = fc.string({
    unit: fc.integer({ min: 32, max: 126 }).map((code) => String.fromCharCode(code)),
    maxLength: 40,
  });

  it.each(['sh', 'bash'])('arrives byte for byte in %s', (shell) => {
    const values = fc.sample(printable, { numRuns: 200, seed: 11 });
    const script = values
      .map((value, at) => `${formatVariables([[`V${at}`, value]], 'env')}\nprintf '%s\\0' "$V${at}"`)
      .join('\n');
    const { stdout } = spawnSync(shell, [], { input: script, encoding: 'utf8' });
    expect(stdout.split('\0').slice(0, -1)).toEqual(values);
  });

  it.skipIf(!hasFish)('arrives byte for byte in fish', () => {
    const values = fc.sample(printable, { numRuns: 100, seed: 11 });
    const script = values
      .map((value, at) => `${formatVariables([[`V${at}`, value]], 'fish')}\nprintf '%s\\0' "$V${at}"`)
      .join('\n');
    const home = mkdtempSync(join(tmpdir(), 'awsher-fish-'));
    // fish takes no script from the socket that Node makes of stdin, and makes itself folders wherever it is at home.
    const { stdout } = spawnSync('fish', ['--no-config', '-c', script], {
      encoding: 'utf8',
      env: { ...process.env, HOME: home },
    });
    rmSync(home, { recursive: true });
    expect(stdout.split('\0').slice(0, -1)).toEqual(values);
  });
});

describe('the default format', () => {
  it.each([
    [{ SHELL: '/bin/bash' }, 'linux', 'env'],
    [{}, 'linux', 'env'],
    [{ SHELL: '/usr/bin/fish' }, 'darwin', 'fish'],
    [{ SHELL: '/usr/bin/pwsh' }, 'linux', 'powershell'],
    [{}, 'win32', 'powershell'],
    [{ PROMPT: '$P$G' }, 'win32', 'windows-cmd'],
    [{ SHELL: 'C:\\Program Files\\Git\\usr\\bin\\bash.exe', PROMPT: '$P$G' }, 'win32', 'env'],
  ])('%j on %s is %s', (env, platform, format) => {
    expect(defaultFormat(env, platform)).toBe(format);
  });
});
