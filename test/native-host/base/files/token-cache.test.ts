import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  readToken,
  removeToken,
  setAsideBroken,
  tokenFileName,
  tokenFilePath,
  writeToken,
} from '../../../../native-host/base/files/token-cache.ts';
import type { SsoToken } from '../../../../native-host/base/files/token-format.ts';
import {
  mendTwins,
  removeStoredToken,
  storeToken,
  twinsAreBehind,
} from '../../../../native-host/base/files/token-store.ts';
import { Secret } from '../../../../shared/secret.ts';
import { makeSandbox, type Sandbox } from './sandbox.ts';

const NOW = Date.UTC(2026, 10, 23, 12, 0, 0);
const URL = 'https://d-123.awsapps.com/start';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = makeSandbox();
});
afterEach(() => sandbox.remove());

function token(accessToken: string, more: Partial<SsoToken> = {}): SsoToken {
  return {
    startUrl: URL,
    region: 'us-east-1',
    accessToken: new Secret(accessToken),
    expiresAt: NOW + 3_600_000,
    clientId: 'OURS',
    clientSecret: new Secret('S'),
    registrationExpiresAt: NOW + 86_400_000,
    refreshToken: new Secret(`${accessToken}-refresh`),
    ...more,
  };
}

const accessTokenAt = (key: string): string | undefined => {
  const read = readToken(sandbox.paths, key);
  return read.kind === 'token' ? read.token.accessToken.expose() : undefined;
};
const filesInCache = (): string[] => fs.readdirSync(sandbox.paths.ssoCacheDir).sort();
const store = (accessToken: string, legacyUrls: string[] = [URL]) =>
  storeToken({ paths: sandbox.paths, key: 'corp', token: token(accessToken), legacyUrls, nowMs: NOW });

describe('tokenFileName', () => {
  it.each([
    ['admin', 'd033e22ae348aeb5660fc2140aec35850c4da997'],
    ['dev-scopes', '75e4d41276d8bd17f85986fc6cccef29fd725ce3'],
    ['corp', 'ee0bfd2552fbd840c02cc48b6e823320543c450f'],
    ['my corp', '2603e49e9877a1061664a5a7f900ffb84f872d49'],
    ['https://d-123.awsapps.com/start', '2b829a45f04c9828cb45b7d092d8e4aa30818393'],
    ['https://d-123.awsapps.com/start/', '270fcba1ccf36d2fc119c66fd3e85add0d85d6c7'],
    ['https://d-123.awsapps.com/start#/', '22aee9f1cec7d96c603b3c9f93bd880739ca5769'],
    ['https://ssotest.awsapps.com/start', 'dace00cba5f8355ec9d274ceb2bcebdfbeed0e12'],
  ])('is the SHA-1 of %s as it stands', (key, name) => {
    expect(tokenFileName(key)).toBe(`${name}.json`);
  });
});

describe('the token file', () => {
  it('is private, and whole again after reading', () => {
    const file = writeToken(sandbox.paths, 'corp', token('AT'));
    expect(file).toBe(join(sandbox.home, '.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json'));
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
    for (const folder of ['.aws', '.aws/sso', '.aws/sso/cache']) {
      expect(fs.statSync(join(sandbox.home, folder)).mode & 0o777).toBe(0o700);
    }
    expect(readToken(sandbox.paths, 'corp')).toEqual({
      kind: 'token',
      token: { ...token('AT'), extra: new Map() },
    });
    expect(accessTokenAt('corp')).toBe('AT');
  });

  it('keeps the keys that another program added, after the known ones', () => {
    const file = writeToken(sandbox.paths, 'corp', token('AT'));
    const fields = {
      vendor: { a: [1, 'é'] },
      ...JSON.parse(fs.readFileSync(file, 'utf8')),
      refreshToken: null,
    };
    fs.writeFileSync(file, JSON.stringify(fields, null, 2));
    writeToken(sandbox.paths, 'corp', token('AT2'));
    expect(fs.readFileSync(file, 'utf8')).toMatch(
      /"refreshToken": "AT2-refresh", "vendor": {"a": \[1, "\\u00e9"\]}}$/,
    );
  });

  it('is none when there is none, and an error when it cannot be read', () => {
    expect(readToken(sandbox.paths, 'corp')).toEqual({ kind: 'none' });
    expect(removeToken(sandbox.paths, 'corp')).toBe(false);
    fs.mkdirSync(tokenFilePath(sandbox.paths, 'corp'), { recursive: true });
    expect(() => readToken(sandbox.paths, 'corp')).toThrow('is not a regular file');
    expect(() => writeToken(sandbox.paths, 'corp', token('AT'))).toThrow('is not a regular file');
  });

  it('is set aside when it is corrupt, under a name that no program takes for a token', () => {
    const file = writeToken(sandbox.paths, 'corp', token('AT'));
    expect(setAsideBroken(file, NOW)).toBeUndefined();
    fs.appendFileSync(file, '"}');
    const aside = setAsideBroken(file, NOW);
    expect(aside).toBe(`${file}.broken-20261123T120000Z`);
    fs.writeFileSync(file, '');
    expect(setAsideBroken(file, NOW)).toBe(`${file}.broken-20261123T120000Z-1`);
    expect(readToken(sandbox.paths, 'corp')).toEqual({ kind: 'none' });
    expect(fs.readFileSync(String(aside), 'utf8')).toContain('AT');
  });
});

describe('storeToken', () => {
  it('writes a twin under each start URL that a profile names, as written', () => {
    const other = `${URL}/#/`;
    const result = store('AT', [URL, other, URL]);
    expect(result.twins).toEqual([tokenFilePath(sandbox.paths, URL), tokenFilePath(sandbox.paths, other)]);
    expect(accessTokenAt(other)).toBe('AT');
    expect(JSON.parse(fs.readFileSync(tokenFilePath(sandbox.paths, other), 'utf8')).startUrl).toBe(other);
    expect(filesInCache()).toHaveLength(3);
  });

  it('writes no twin when no profile names the URL, nor one of itself', () => {
    store('AT', []);
    expect(filesInCache()).toHaveLength(1);
    const legacy = { paths: sandbox.paths, key: URL, token: token('L'), legacyUrls: [URL], nowMs: NOW };
    expect(storeToken(legacy).twins).toEqual([]);
    expect(accessTokenAt(URL)).toBe('L');
  });

  it("never writes over another client's token while that is valid", () => {
    writeToken(sandbox.paths, URL, token('THEIRS', { clientId: 'OTHER' }));
    expect(store('AT')).toMatchObject({ twins: [], keptTwins: [tokenFilePath(sandbox.paths, URL)] });
    expect(accessTokenAt(URL)).toBe('THEIRS');
  });

  it.each([
    ['it expired', token('THEIRS', { clientId: 'OTHER', expiresAt: NOW })],
    ['it is of our registration', token('OLDER')],
    ['it is the token that we had before', token('BEFORE', { clientId: undefined })],
  ])('replaces a twin when %s', (_why, twin) => {
    writeToken(sandbox.paths, 'corp', token('BEFORE', { clientId: 'FORMER' }));
    writeToken(sandbox.paths, URL, twin);
    expect(store('AT').keptTwins).toEqual([]);
    expect(accessTokenAt(URL)).toBe('AT');
  });

  it('sets corrupt files aside, says so, and goes on', () => {
    store('AT');
    fs.writeFileSync(tokenFilePath(sandbox.paths, 'corp'), '');
    fs.writeFileSync(tokenFilePath(sandbox.paths, URL), '{"accessTok');
    const { setAside } = store('AT2');
    expect(setAside).toHaveLength(2);
    expect([accessTokenAt('corp'), accessTokenAt(URL)]).toEqual(['AT2', 'AT2']);
    expect(filesInCache().filter((name) => name.endsWith('.json'))).toHaveLength(2);
  });
});

describe('removeStoredToken', () => {
  it('removes the token and its twin', () => {
    store('AT');
    expect(removeStoredToken(sandbox.paths, 'corp', [URL])).toHaveLength(2);
    expect(filesInCache()).toEqual([]);
  });

  it("leaves another client's token", () => {
    writeToken(sandbox.paths, URL, token('THEIRS', { clientId: 'OTHER' }));
    store('AT');
    expect(removeStoredToken(sandbox.paths, 'corp', [URL])).toEqual([tokenFilePath(sandbox.paths, 'corp')]);
    expect(accessTokenAt(URL)).toBe('THEIRS');
  });
});

describe('twins that a kill has left behind', () => {
  const request = (more: Partial<SsoToken> = {}) => ({
    paths: sandbox.paths,
    key: 'corp',
    token: token('new', more),
    legacyUrls: [URL, 'corp'],
    nowMs: NOW,
  });
  const twin = (more: Partial<SsoToken>) => writeToken(sandbox.paths, URL, token('twin', more));

  it('are made good: one that is missing, and an older token of the same client', () => {
    expect(twinsAreBehind(request())).toBe(true);
    twin({ expiresAt: NOW - 1 });
    expect(twinsAreBehind(request())).toBe(true);
    mendTwins(request());
    expect(accessTokenAt(URL)).toBe('new');
    expect(twinsAreBehind(request())).toBe(false);
  });

  it('are none of ours with another client, or none', () => {
    twin({ expiresAt: NOW - 1, clientId: 'ANOTHER' });
    expect(twinsAreBehind(request())).toBe(false);
    twin({ expiresAt: NOW - 1, clientId: undefined });
    expect(twinsAreBehind(request({ clientId: undefined }))).toBe(false);
  });
});
