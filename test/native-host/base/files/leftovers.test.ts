import * as fs from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settleLeftoverTokens } from '../../../../native-host/base/files/leftover-tokens.ts';
import { isLeftover, sweepHome, temporaryName } from '../../../../native-host/base/files/leftovers.ts';
import { readToken, tokenFilePath, writeToken } from '../../../../native-host/base/files/token-cache.ts';
import type { SsoToken } from '../../../../native-host/base/files/token-format.ts';
import { Secret } from '../../../../shared/secret.ts';
import { makeSandbox, type Sandbox } from './sandbox.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = makeSandbox();
});
afterEach(() => sandbox.remove());

/** Above every pid of Linux. */
const ofNobody = (name: string) => temporaryName(name).replace(`-${process.pid}-`, '-4194304-');
const HOUR = 3_600_000;

describe('what a killed process has left', () => {
  it('goes wherever awsher writes, and nothing that is being written or is somebody else’s', () => {
    const { awsDir, ssoCacheDir, cliCacheDir, stateDir, locksDir } = sandbox.paths;
    const folders = [
      ...[awsDir, ssoCacheDir, cliCacheDir, locksDir, stateDir],
      ...['sessions', 'catalogue', 'undo/1', 'undo/2'].map((name) => join(stateDir, name)),
    ];
    const kept = [temporaryName('config'), '.config.tmp', 'config', '.x.abcdef01-12-abc.tmp'];
    for (const folder of folders) {
      fs.mkdirSync(folder, { recursive: true });
      for (const name of [...kept, ofNobody('config')]) fs.writeFileSync(join(folder, name), 'x');
    }
    sweepHome(sandbox.paths);
    for (const folder of folders) {
      const left = fs.readdirSync(folder).filter((name) => fs.statSync(join(folder, name)).isFile());
      expect(left.sort()).toEqual([...kept].sort());
    }
    sweepHome({ ...sandbox.paths, stateDir: join(stateDir, 'nowhere') });
  });

  it('of another machine is known by its age alone', () => {
    const name = '.config.00000000-12-0123456789ab.tmp';
    const file = join(sandbox.home, name);
    fs.writeFileSync(file, 'x');
    expect(isLeftover(sandbox.home, name)).toBe(false);
    fs.utimesSync(file, new Date(), new Date(Date.now() - HOUR - 1000));
    expect(isLeftover(sandbox.home, name)).toBe(true);
    expect(isLeftover(sandbox.home, name.replace('config', 'gone'))).toBe(false);
  });
});

describe('a token that a killed process has left', () => {
  const token = (accessToken: string, more: Partial<SsoToken> = {}): SsoToken => ({
    startUrl: 'https://corp.awsapps.com/start',
    region: 'us-east-1',
    accessToken: new Secret(accessToken),
    expiresAt: Date.now() + HOUR,
    clientId: 'client',
    clientSecret: new Secret('secret'),
    registrationExpiresAt: Date.now() + 24 * HOUR,
    refreshToken: new Secret('refresh'),
    ...more,
  });
  const there = () => {
    const read = readToken(sandbox.paths, 'corp');
    return read.kind === 'token' ? read.token.accessToken.expose() : read.kind;
  };
  /** The token as a leftover beside the one that is there. */
  function leave(left: SsoToken, nameOf = ofNobody): string {
    const file = tokenFilePath(sandbox.paths, 'corp');
    const before = fs.existsSync(file) ? fs.readFileSync(file) : null;
    writeToken(sandbox.paths, 'corp', left);
    const path = join(sandbox.paths.ssoCacheDir, nameOf(basename(file)));
    fs.renameSync(file, path);
    if (before !== null) fs.writeFileSync(file, before, { mode: 0o600 });
    return path;
  }
  const later = { expiresAt: Date.now() + 2 * HOUR };

  it.each<[string, SsoToken, string, Partial<SsoToken>?]>([
    ['newer, of the same client: takes its place', token('new', later), 'new'],
    ['not newer: goes', token('old', { expiresAt: Date.now() }), 'there'],
    ['of another client: goes', token('other', { ...later, clientId: 'another' }), 'there'],
    [
      'of no client: goes',
      token('none', { ...later, clientId: undefined }),
      'there',
      { clientId: undefined },
    ],
  ])('%s', async (_what, left, expected, more = {}) => {
    writeToken(sandbox.paths, 'corp', token('there', more));
    const path = leave(left);
    await settleLeftoverTokens(sandbox.paths);
    expect(there()).toBe(expected);
    expect(fs.existsSync(path)).toBe(false);
    expect(fs.statSync(tokenFilePath(sandbox.paths, 'corp')).mode & 0o777).toBe(0o600);
  });

  it('of which half is there, or with no token in its place, goes', async () => {
    const path = leave(token('new', later));
    fs.truncateSync(path, 40);
    const other = leave(token('new', later));
    await settleLeftoverTokens(sandbox.paths);
    expect(there()).toBe('none');
    expect([path, other].map((file) => fs.existsSync(file))).toEqual([false, false]);
  });

  it('that is still being written stays, and no folder is no error', async () => {
    await settleLeftoverTokens(sandbox.paths);
    writeToken(sandbox.paths, 'corp', token('there'));
    const path = leave(token('new', later), temporaryName);
    await settleLeftoverTokens(sandbox.paths);
    expect(there()).toBe('there');
    expect(fs.existsSync(path)).toBe(true);
  });
});
