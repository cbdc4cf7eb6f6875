import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAwsClients } from '../../../native-host/aws/calls/clients.ts';
import { oidcOf } from '../../../native-host/aws/calls/oidc.ts';
import { openServerClock } from '../../../native-host/aws/calls/server-clock.ts';
import type { TokenDeps } from '../../../native-host/aws/tokens/token-deps.ts';
import type { TokenSubject } from '../../../native-host/aws/tokens/token-subject.ts';
import { validToken, withValidToken } from '../../../native-host/aws/tokens/valid-token.ts';
import { writeToken } from '../../../native-host/base/files/token-cache.ts';
import { Secret } from '../../../shared/secret.ts';
import { corpConfig, type Home, openHome } from '../../support/credentials/home.ts';

const MINUTE = 60_000;
let home: Home;
let warnings: string[];

beforeEach(async () => {
  home = await openHome();
  home.config(corpConfig(home.idc));
  warnings = [];
});
afterEach(() => home.close());

function deps(now: () => number = () => Date.now()): TokenDeps {
  const clock = openServerClock(home.paths, now, () => 1000);
  const clients = createAwsClients({ env: home.env, onServerDate: (at) => clock.observe(at) });
  return { paths: home.paths, clients, clock, warn: (line) => warnings.push(line) };
}

function corp(): TokenSubject {
  const { startUrl, region } = home.idc;
  return { key: 'corp', login: 'awsher login corp', startUrl, region, legacyUrls: [] };
}

const refreshes = () => home.idc.count('CreateToken') - 1; // The sign-in itself was the first.

/** The portal's answer to a token: its accounts, or the SDK's error. */
async function askPortal(given: TokenDeps) {
  const portal = await given.clients.portal({ region: home.idc.region, family: null });
  return withValidToken(given, corp(), (token) =>
    portal.listAccounts({ accessToken: token.accessToken.expose() }),
  );
}

describe('a valid token', () => {
  it('is used as it is while it has more than 15 minutes', async () => {
    const before = await home.signIn();
    home.changeToken('corp', { expiresAt: Date.now() + 16 * MINUTE });
    const { token, how } = await validToken(deps(), corp());
    expect(how).toBe('cached');
    expect(token.accessToken.expose()).toBe(before.accessToken.expose());
    expect(refreshes()).toBe(0);
  });

  it.each([
    ['with 14 minutes left', 14 * MINUTE],
    ['when it is over', -MINUTE],
  ])('is renewed %s, and the new one is written whole', async (_when, left) => {
    const before = await home.signIn();
    home.changeToken('corp', { expiresAt: Date.now() + left });
    const { token, how } = await validToken(deps(), corp());
    expect(how).toBe('refreshed');
    const stored = home.token('corp');
    expect(stored.accessToken.expose()).toBe(token.accessToken.expose());
    expect(stored.accessToken.expose()).not.toBe(before.accessToken.expose());
    expect(stored.refreshToken?.expose()).not.toBe(before.refreshToken?.expose());
    expect(stored.clientId).toBe(before.clientId);
    expect(stored.registrationExpiresAt).toBe(before.registrationExpiresAt);
    expect(stored.expiresAt - Date.now()).toBeGreaterThan(59 * MINUTE);
    expect(refreshes()).toBe(1);
  });

  it.each<[what: string, obstacle: () => void, code: RegExp]>([
    [
      'it belongs to somebody else, or its folder may not be written',
      () => {
        // Root may write everywhere, and must not here.
        if (process.getuid?.() === 0) chownSync(home.tokenFile('corp'), 12_345, 12_345);
        else chmodSync(home.paths.ssoCacheDir, 0o500);
      },
      /FILE_WRITE|ROOT_REFUSED/,
    ],
    [
      'it is a link to a file that may not be written',
      () => {
        const file = home.tokenFile('corp');
        renameSync(file, join(home.home, 'elsewhere.json'));
        symlinkSync(join(home.home, 'elsewhere.json'), file);
        chmodSync(home.home, 0o500);
        if (process.getuid?.() === 0) chownSync(join(home.home, 'elsewhere.json'), 12_345, 12_345);
      },
      /FILE_WRITE|ROOT_REFUSED/,
    ],
  ])('is not renewed when %s: the refresh token is not spent', async (_what, obstacle, code) => {
    await home.signIn();
    home.changeToken('corp', { expiresAt: Date.now() - 1000 });
    const before = home.token('corp');
    obstacle();
    await expect(validToken(deps(), corp())).rejects.toMatchObject({ code: expect.stringMatching(code) });
    expect(refreshes()).toBe(0);
    expect(home.token('corp')).toEqual(before);
    expect(readdirSync(home.paths.ssoCacheDir)).toHaveLength(1);
    for (const folder of [home.paths.ssoCacheDir, home.home]) chmodSync(folder, 0o700);
  });

  it('is kept for the next run when it could not be written after all', async () => {
    await home.signIn();
    home.changeToken('corp', { expiresAt: Date.now() - 1000 });
    const file = home.tokenFile('corp');
    const { clock, ...given } = deps();
    let answered = false;
    const clients = createAwsClients({
      env: home.env,
      onServerDate: () => {
        if (answered) return;
        answered = true;
        renameSync(file, `${file}.away`);
        mkdirSync(file);
      },
    });
    const { token } = await validToken({ ...given, clock, clients }, corp());
    expect(warnings.join()).toMatch(/keeps the new token/);
    rmdirSync(file);
    renameSync(`${file}.away`, file);

    const next = await validToken(deps(), corp());
    expect(next.token.accessToken.expose()).toBe(token.accessToken.expose());
    expect(home.token('corp').refreshToken?.expose()).toBe(token.refreshToken?.expose());
    expect(refreshes()).toBe(1);
    home.changeToken('corp', { expiresAt: Date.now() - 1000 });
    expect((await validToken(deps(), corp())).how).toBe('refreshed');
    expect(refreshes()).toBe(2);
  });

  it('is not renewed a second time by the next command', async () => {
    await home.signIn();
    home.changeToken('corp', { expiresAt: Date.now() - 1000 });
    await validToken(deps(), corp());
    await validToken(deps(), corp());
    expect(refreshes()).toBe(1);
  });

  it('never loops when tokens live for less than the window', async () => {
    home.idc.options.accessTokenSeconds = 600;
    await home.signIn();
    home.changeToken('corp', { expiresAt: Date.now() - 1000 });
    for (let command = 0; command < 5; command++) await validToken(deps(), corp());
    expect(refreshes()).toBe(1);
  });

  it('needs a sign-in when there is none, without a request', async () => {
    await expect(validToken(deps(), corp())).rejects.toMatchObject({
      code: 'SIGN_IN_NEEDED',
      hint: 'run `awsher login corp`',
      exitCode: 4,
    });
    expect(home.idc.requests).toHaveLength(0);
  });

  it('needs a sign-in after invalid_grant, and does not ask AWS again with the same refresh token', async () => {
    await home.signIn();
    home.changeToken('corp', { expiresAt: Date.now() - 1000 });
    home.idc.endPortalSessions();
    await expect(validToken(deps(), corp())).rejects.toMatchObject({ code: 'SIGN_IN_NEEDED' });
    await expect(validToken(deps(), corp())).rejects.toMatchObject({ code: 'SIGN_IN_NEEDED' });
    expect(refreshes()).toBe(1);
    await home.signIn();
    expect((await validToken(deps(), corp())).how).toBe('cached');
  });

  it('stays in use after invalid_grant as long as it is good', async () => {
    const before = await home.signIn();
    home.changeToken('corp', { expiresAt: Date.now() + 5 * MINUTE });
    home.idc.endPortalSessions();
    for (let command = 0; command < 3; command++) {
      const { token } = await validToken(deps(), corp());
      expect(token.accessToken.expose()).toBe(before.accessToken.expose());
    }
    expect(refreshes()).toBe(1);
  });

  it('stays in use when the renewal fails for another reason, which is tried again only after a minute', async () => {
    await home.signIn();
    home.changeToken('corp', { expiresAt: Date.now() + 5 * MINUTE });
    home.idc.faults.add({ operation: 'CreateToken', status: 400, type: 'InvalidRequestException' });
    await validToken(deps(), corp());
    await validToken(deps(), corp());
    expect(refreshes()).toBe(1);
    home.idc.faults.clear();
    const later = () => Date.now() + 61_000;
    expect((await validToken(deps(later), corp())).how).toBe('refreshed');
  });

  it('tells what is wrong when it is over and AWS cannot be reached', async () => {
    await home.signIn();
    home.changeToken('corp', { expiresAt: Date.now() - 1000 });
    const clock = openServerClock(home.paths, () => Date.now());
    const clients = createAwsClients({
      env: { ...home.env, AWS_ENDPOINT_URL_SSO_OIDC: 'http://127.0.0.1:9' },
    });
    await expect(validToken({ paths: home.paths, clients, clock }, corp())).rejects.toMatchObject({
      code: 'NETWORK',
    });
  });

  it('is not renewed without registration, with an ended one, or without refresh token', async () => {
    for (const change of [
      { clientSecret: undefined },
      { registrationExpiresAt: Date.now() - 1 },
      { refreshToken: undefined },
    ]) {
      await home.signIn();
      const asked = home.idc.count('CreateToken');
      home.changeToken('corp', { expiresAt: Date.now() - 1000, ...change });
      await expect(validToken(deps(), corp())).rejects.toMatchObject({ code: 'SIGN_IN_NEEDED' });
      expect(home.idc.count('CreateToken')).toBe(asked);
    }
  });

  it('keeps the old refresh token when AWS sends no new one, and the twin follows', async () => {
    await home.signIn();
    home.changeToken('corp', { expiresAt: Date.now() - 1000 });
    const { startUrl } = home.idc;
    await validToken(deps(), { ...corp(), legacyUrls: [startUrl] });
    expect(home.token(startUrl).accessToken.expose()).toBe(home.token('corp').accessToken.expose());
    expect(home.token(startUrl).startUrl).toBe(startUrl);
  });

  it('sets a broken file aside and says so', async () => {
    const file = home.tokenFile('corp');
    home.write(file.slice(home.home.length + 1), '{"accessToken": "cut');
    await expect(validToken(deps(), corp())).rejects.toMatchObject({ code: 'SIGN_IN_NEEDED' });
    expect(existsSync(file)).toBe(false);
    const [aside, ...more] = readdirSync(home.paths.ssoCacheDir);
    expect(aside).toMatch(/\.json\.broken-\d{8}T\d{6}Z$/);
    expect(more).toEqual([]);
    expect(warnings.join()).toContain(aside);
  });
});

describe('after invalid_grant, the twin under the start URL', () => {
  const subject = (): TokenSubject => ({ ...corp(), legacyUrls: [home.idc.startUrl] });

  /** Another tool, which knows only the file under the start URL, renews the token through it. */
  async function renewThroughTwin(): Promise<string> {
    const { startUrl } = home.idc;
    const twin = home.token(startUrl);
    const { clientId = '', clientSecret = new Secret(''), refreshToken = new Secret('') } = twin;
    const { clients } = deps();
    const place = { region: twin.region ?? '', family: null };
    const reply = await oidcOf(clients, place).refresh({ clientId, clientSecret }, refreshToken);
    clients.close();
    if (reply.kind !== 'token') throw new Error(reply.kind);
    const { accessToken, refreshToken: next, livesMs } = reply.token;
    writeToken(home.paths, startUrl, {
      ...twin,
      accessToken,
      refreshToken: next,
      expiresAt: Date.now() + livesMs,
    });
    return accessToken.expose();
  }

  beforeEach(async () => {
    const { startUrl, region } = home.idc;
    home.config(corpConfig(home.idc, `[profile old]\nsso_start_url = ${startUrl}\nsso_region = ${region}\n`));
    await home.signIn();
    expect(home.token(startUrl).accessToken.expose()).toBe(home.token('corp').accessToken.expose());
  });

  it.each([
    ['over', -MINUTE],
    ['due', 5 * MINUTE],
  ])(
    'is what was renewed elsewhere, and the session has it from then on (own token %s)',
    async (_how, left) => {
      const renewed = await renewThroughTwin();
      home.changeToken('corp', { expiresAt: Date.now() + left });
      const { token, how } = await validToken(deps(), subject());
      expect([token.accessToken.expose(), how]).toEqual([renewed, 'cached']);
      expect(home.token('corp').accessToken.expose()).toBe(renewed);
      expect(home.token('corp').startUrl).toBe(home.idc.startUrl);
      expect(refreshes()).toBe(2);
      // And it can be renewed again, by us.
      home.changeToken('corp', { expiresAt: Date.now() - MINUTE });
      expect((await validToken(deps(), subject())).how).toBe('refreshed');
      expect(home.token(home.idc.startUrl).accessToken.expose()).toBe(
        home.token('corp').accessToken.expose(),
      );
    },
  );

  it('gives its refresh token when it is over as well', async () => {
    await renewThroughTwin();
    for (const key of ['corp', home.idc.startUrl]) home.changeToken(key, { expiresAt: Date.now() - MINUTE });
    expect((await validToken(deps(), subject())).how).toBe('refreshed');
    expect(refreshes()).toBe(3);
  });

  it('is not taken when it is the sign-in of another client, or the same token', async () => {
    home.changeToken('corp', { expiresAt: Date.now() - MINUTE });
    home.idc.endPortalSessions();
    const foreign = {
      clientId: 'another',
      accessToken: new Secret('theirs'),
      expiresAt: Date.now() + 60 * MINUTE,
    };
    home.changeToken(home.idc.startUrl, foreign);
    await expect(validToken(deps(), subject())).rejects.toMatchObject({ code: 'SIGN_IN_NEEDED' });
    await expect(validToken(deps(), subject())).rejects.toMatchObject({ code: 'SIGN_IN_NEEDED' });
    expect(refreshes()).toBe(1);
    expect(home.token(home.idc.startUrl).accessToken.expose()).toBe('theirs');
  });

  it('is tried once: when AWS rejects that as well, a sign-in is needed', async () => {
    await renewThroughTwin();
    for (const key of ['corp', home.idc.startUrl]) home.changeToken(key, { expiresAt: Date.now() - MINUTE });
    home.idc.endPortalSessions();
    await expect(validToken(deps(), subject())).rejects.toMatchObject({ code: 'SIGN_IN_NEEDED' });
    await expect(validToken(deps(), subject())).rejects.toMatchObject({ code: 'SIGN_IN_NEEDED' });
    expect(refreshes()).toBe(3);
  });
});

describe('a token that the portal refuses', () => {
  it('is renewed once, and the call made again', async () => {
    const before = await home.signIn();
    home.changeToken('corp', { accessToken: new Secret('looks-good-but-is-not') });
    const answer = await askPortal(deps());
    expect(answer.accountList?.length).toBeGreaterThan(0);
    expect(refreshes()).toBe(1);
    expect(home.token('corp').accessToken.expose()).not.toBe(before.accessToken.expose());
  });

  it('means a sign-in when it cannot be renewed', async () => {
    await home.signIn();
    home.idc.revokeTokens();
    await expect(askPortal(deps())).rejects.toMatchObject({ code: 'SIGN_IN_NEEDED', exitCode: 4 });
    await home.signIn();
    home.changeToken('corp', { refreshToken: undefined });
    home.idc.revokeTokens();
    await expect(askPortal(deps())).rejects.toMatchObject({ code: 'TOKEN_REJECTED', exitCode: 4 });
  });

  it('is remembered as dead, so that the next command does not try it', async () => {
    await home.signIn();
    home.changeToken('corp', { refreshToken: undefined });
    home.idc.revokeTokens();
    await expect(askPortal(deps())).rejects.toMatchObject({ code: 'TOKEN_REJECTED' });
    const asked = home.idc.requests.length;
    await expect(askPortal(deps())).rejects.toMatchObject({ code: 'TOKEN_REJECTED' });
    expect(home.idc.requests.length).toBe(asked);
  });

  it('means a sign-in when the portal refuses every token', async () => {
    await home.signIn();
    home.idc.faults.add({ operation: 'ListAccounts', status: 401, type: 'UnauthorizedException' });
    await expect(askPortal(deps())).rejects.toMatchObject({ code: 'TOKEN_REJECTED' });
    expect(refreshes()).toBe(1);
  });
});

describe('a clock that is wrong', () => {
  const hours = 3_600_000;

  it.each([
    ['behind', -5],
    ['ahead', 5],
  ])(
    'five hours %s is corrected by the Date of the answers, also for the next command',
    async (_side, skew) => {
      const skewed = () => Date.now() + skew * hours;
      await home.signIn();
      home.changeToken('corp', {
        expiresAt: Date.now() - 1000,
        registrationExpiresAt: Date.now() + 90 * 24 * hours,
      });
      // The first command finds out, whatever it believes about the token; the second one knows.
      await askPortal(deps(skewed));
      await askPortal(deps(skewed));
      expect((await validToken(deps(skewed), corp())).how).toBe('cached');
      expect(openServerClock(home.paths, skewed, () => 1000).now() - Date.now()).toBeLessThan(10_000);
      await askPortal(deps(skewed));
      expect(refreshes()).toBeLessThanOrEqual(2);
    },
  );
});
