import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addNotes } from '../../../../native-host/aws/tokens/session-notes.ts';
import { type Home, openHome } from '../../../support/credentials/home.ts';
import { HELLO, type RealHost, startHost } from './real-host.ts';

const MINUTE = 60_000;
let home: Home;
let host: RealHost;

beforeEach(async () => {
  home = await openHome();
  home.config(
    `[sso-session corp]\nsso_start_url = ${home.idc.startUrl}\nsso_region = us-east-1\n\n[sso-session away]\nsso_start_url = ${home.idc.startUrl}\n`,
  );
  await home.signIn();
  addNotes(home.paths, 'corp', { refreshedAt: Date.now() - 5 * MINUTE });
  host = startHost({ home: home.home, env: home.env });
  await host.extension.call('hello', HELLO);
});
afterEach(async () => {
  host.child.kill('SIGKILL');
  await host.ended;
  await home.close();
});

const renew = (session = 'corp') => host.extension.call('session.renew', { session });

describe('the host, asked to renew a session', () => {
  it('renews a token that has most of its life before it, and once when it is asked twice', async () => {
    const before = home.token('corp');
    const asked = home.idc.count('CreateToken');
    const [one, two] = await Promise.all([renew(), renew()]);
    const after = home.token('corp');
    expect(after.accessToken.expose()).not.toBe(before.accessToken.expose());
    expect(after.refreshToken?.expose()).not.toBe(before.refreshToken?.expose());
    expect(Date.parse(one.expiresAt ?? '')).toBe(after.expiresAt);
    expect(two).toEqual(one);
    expect(home.idc.count('CreateToken') - asked).toBe(1);
    expect(
      host.frames.some((frame) => home.idc.secrets.some((it) => JSON.stringify(frame).includes(it))),
    ).toBe(false);
  });

  it('says that a sign-in is needed when the portal session is over, and leaves the token that is still good', async () => {
    const before = home.token('corp');
    home.idc.endPortalSessions();
    expect(await renew()).toEqual({ expiresAt: null });
    expect(home.token('corp').accessToken.expose()).toBe(before.accessToken.expose());
    // AWS is not asked again with a refresh token that it has refused.
    const asked = home.idc.count('CreateToken');
    expect(await renew()).toEqual({ expiresAt: null });
    expect(home.idc.count('CreateToken')).toBe(asked);
  });

  it.each([
    ['there is no refresh token', () => home.changeToken('corp', { refreshToken: undefined }), 'corp'],
    ['the config has no such session', () => {}, 'other'],
    ['the session lacks its region', () => {}, 'away'],
  ])('says the same when %s, without asking AWS', async (_, change, session) => {
    change();
    const asked = home.idc.count('CreateToken');
    expect(await renew(session)).toEqual({ expiresAt: null });
    expect(home.idc.count('CreateToken')).toBe(asked);
  });

  it('says what stood in the way when AWS cannot be reached', async () => {
    await home.idc.close();
    await expect(renew()).rejects.toMatchObject({ code: 'NETWORK' });
  });
});
