import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tokenFileName } from '../../../../native-host/base/files/token-cache.ts';
import { CHECKS } from '../../../../native-host/features/doctor/checks.ts';
import { scrub } from '../../../../native-host/features/doctor/report.ts';
import { thisComputer } from '../../../../native-host/features/doctor/this-computer.ts';
import { awsher, type Finished } from '../../../support/awsher.ts';
import { type ConnectProxy, startConnectProxy } from '../../../support/browsers/connect-proxy.ts';
import { createTestAuthority, type TestAuthority } from '../../../support/certificates.ts';
import { runLine } from '../../../support/command-line.ts';
import { testContext } from '../../../support/credentials/context.ts';
import { listenOnLoopback } from '../../../support/loopback.ts';
import { shellEnv } from '../../../support/shell-env.ts';
import { CONFIG, tokenText } from './patient.ts';

const OIDC = 'oidc.us-east-1.amazonaws.com';
let authority: TestAuthority;
let aws: Server;
let proxy: ConnectProxy;
let folder: string;
let home: string;
let bundle: string;

beforeAll(async () => {
  authority = await createTestAuthority();
  const leaf = await authority.issue(OIDC);
  const portal = await authority.contextFor('portal.sso.us-east-1.amazonaws.com');
  const sni = (name: string, done: (error: null, context?: typeof portal) => void) =>
    name === OIDC ? done(null) : done(null, portal);
  aws = createServer({ ...leaf, SNICallback: sni }, (_request, response) => response.writeHead(404).end());
  proxy = await startConnectProxy(await listenOnLoopback(aws));
});
afterAll(async () => {
  await proxy.close();
  aws.close();
});

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'awsher-doctor-')));
  home = join(folder, 'ana');
  mkdirSync(join(home, '.aws/sso/cache'), { recursive: true, mode: 0o700 });
  bundle = join(folder, 'ca.pem');
  writeFileSync(bundle, authority.caPem);
  writeFileSync(join(home, '.aws/config'), CONFIG);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const behindProxy = () =>
  shellEnv(home, { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`, AWS_CA_BUNDLE: bundle });

interface Row {
  id: string;
  result: string;
  detail: string;
  next: string | null;
}

async function rows(
  env: Record<string, string>,
  run: (words: string[], env: Record<string, string>) => Promise<Finished> = runLine,
): Promise<Map<string, Row>> {
  const { code, stdout } = await run(['doctor', '--json'], env);
  const report: { ok: boolean; checks: Row[] } = JSON.parse(stdout);
  expect(code).toBe(report.ok ? 0 : 1);
  return new Map(report.checks.map((row) => [row.id, row]));
}

describe('awsher doctor', () => {
  it('prints a line for each check, and on stderr how many failed', async () => {
    const { code, stdout, stderr } = await runLine(['doctor'], behindProxy());
    expect(code).toBe(1);
    expect(stdout.match(/^\[( OK |FAIL|SKIP)\] /gm)).toHaveLength(CHECKS.length);
    for (const block of stdout.split(/^(?=\[)/m).filter((text) => text.startsWith('[FAIL]'))) {
      expect(block).toMatch(/\n {7}→ \S/);
    }
    expect(stderr).toMatch(/^\d+ of \d+ checks failed\. `awsher doctor --fix` fixes what it can\.\n$/);
  });

  it('reaches AWS through the proxy and with the authority that are configured', async () => {
    const found = await rows(behindProxy());
    expect(found.get('network')).toMatchObject({
      result: 'ok',
      detail: `${OIDC} answers\nportal.sso.us-east-1.amazonaws.com answers`,
    });
    expect(found.get('clock')).toMatchObject({ result: 'ok' });
  });

  it('says that the authority is missing, that the proxy refuses, and that no proxy is there', async () => {
    const { AWS_CA_BUNDLE: _, ...untrusted } = behindProxy();
    const network = async (env: Record<string, string>) => (await rows(env)).get('network');
    expect(await network(untrusted)).toMatchObject({
      result: 'fail',
      next: expect.stringContaining('AWS_CA_BUNDLE'),
    });
    const { probe } = thisComputer(testContext(behindProxy()).context);
    expect(await probe('https://example.com')).toMatchObject({
      kind: 'failed',
      code: 'PROXY_502',
      proxy: true,
    });
    const dead = { ...behindProxy(), HTTPS_PROXY: 'http://127.0.0.1:9' };
    expect(await network(dead)).toMatchObject({
      detail: expect.stringMatching(/through the proxy \(ECONNREFUSED\)/),
      next: expect.stringContaining('look at HTTPS_PROXY'),
    });
    const gone = { ...behindProxy(), AWS_CA_BUNDLE: '/gone.pem' };
    expect(await network(gone)).toMatchObject({
      result: 'fail',
      next: expect.stringContaining('REQUESTS_CA_BUNDLE'),
    });
  });

  it('mends a fresh home as far as it can, and a second look finds it so', async () => {
    // The built command, which registers the built host.
    const fixed = await awsher(['doctor', '--fix', '--json'], behindProxy());
    const report: { checks: (Row & { fixed: string | null })[] } = JSON.parse(fixed.stdout);
    expect(report.checks.find(({ id }) => id === 'manifests')?.fixed).toMatch(/was registered again/);
    const failed = [...(await rows(behindProxy(), awsher)).values()].filter(
      ({ result }) => result === 'fail',
    );
    expect(failed.map(({ id }) => id)).toEqual(['extension']);
  });
});

describe('awsher doctor --report', () => {
  const MARKERS = {
    access: 'aoaAAAAAGmarkerAccessTokenThatIsQuiteLongIndeed0123456789',
    refresh: 'aorAAAAAGmarkerRefreshToken0123456789012345678901234567890',
    client: 'eyJraWQiOiJtarkerClientSecret01234567890123456789012345',
    keyId: 'AKIAMARKERKEYIDXYZ12',
    secretKey: 'markerSecretAccessKey/0123456789abcdefghi',
    proxyPassword: 'markerProxyPassword',
    session: 'markerSessionToken0123456789012345678901234567890',
  };

  it('writes a private file in which no secret stands', async () => {
    const { access, refresh, client, keyId, secretKey, proxyPassword, session } = MARKERS;
    const cache = join(home, '.aws/sso/cache');
    const token = tokenText({
      accessToken: access,
      refreshToken: refresh,
      clientId: 'id',
      clientSecret: client,
    });
    writeFileSync(join(cache, tokenFileName('corp')), `${token}}`);
    writeFileSync(
      join(home, '.aws/credentials'),
      `[dev]\naws_access_key_id = ${keyId}\naws_secret_access_key = ${secretKey}\n${secretKey}\n`,
    );
    const env = {
      ...behindProxy(),
      HTTPS_PROXY: `http://ana:${proxyPassword}@127.0.0.1:9`,
      AWS_ACCESS_KEY_ID: keyId,
      AWS_SECRET_ACCESS_KEY: secretKey,
      AWS_SESSION_TOKEN: session,
      BROWSER: `/gone/${access}`,
    };
    const file = join(folder, 'report.txt');
    const { code, stdout, stderr } = await runLine(['doctor', '--report', file, '--verbose'], env);
    expect(code).toBe(1);
    const report = readFileSync(file, 'utf8');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    for (const { id } of CHECKS) expect(report).toMatch(new RegExp(`^\\[(OK|FAIL|SKIP)\\] ${id}$`, 'm'));
    expect(report).toContain('AWS_SECRET_ACCESS_KEY is set');
    expect(report).not.toContain(home);
    const { access: inBrowser, ...others } = MARKERS;
    for (const marker of Object.values(others)) {
      for (const text of [report, stdout, stderr]) expect(text).not.toContain(marker);
    }
    expect(report).not.toContain(inBrowser);
  });

  it('masks what looks like a secret, and leaves paths and sentences', () => {
    expect(scrub('proxy http://ana:pw@host:1/ and ASIAABCDEFGHIJKLMNOP', '/home/ana')).toBe(
      'proxy http://***@host:1/ and ***',
    );
    expect(scrub(`token ${MARKERS.access}`, '/home/ana')).toBe('token ***');
    expect(scrub('code BCDF-GHJK', '/h')).toBe('code ***');
    const path = '/home/ana/.aws/sso/cache/0123456789012345678901234567890123456789.json';
    expect(scrub(path, '/home/ana')).toBe(path.replace('/home/ana', '~'));
  });
});
