import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openServerClock } from '../../native-host/aws/calls/server-clock.ts';
import { storeSamlCredentials } from '../../native-host/aws/resolver/saml-credentials.ts';
import { keepStranded } from '../../native-host/aws/tokens/stranded-token.ts';
import { ensureSsoSession } from '../../native-host/base/files/sso-session.ts';
import { hashCode, leaveVouch, VOUCH_MS } from '../../native-host/base/files/vouches.ts';
import { noteUsed } from '../../native-host/features/catalogue/frecency.ts';
import { writeCatalogue } from '../../native-host/features/catalogue/store.ts';
import { useAssertion } from '../../native-host/features/saml/used.ts';
import { keepLastBrowser } from '../../native-host/features/signin/last-browser.ts';
import { Secret } from '../../shared/secret.ts';
import { HELLO, startHost } from '../native-host/programs/host/real-host.ts';
import { awsher, startAwsher } from '../support/awsher.ts';
import { type Home, openHome } from '../support/credentials/home.ts';
import { ROOT } from '../support/root.ts';

/** The names in the first column of the table of awsher's own files; a folder's without its slash. */
function namedOnThePage(): string[] {
  const page = readFileSync(join(ROOT, 'docs/files.md'), 'utf8');
  const [, own = ''] = page.split("## awsher's own");
  const cells = [...own.matchAll(/^\| (`.+?) \|/gm)].map(([, cell = '']) => cell);
  return cells.flatMap((cell) => [...cell.matchAll(/`([^`]+?)\/?`/g)].map(([, name = '']) => name)).sort();
}

/** Every place of the sources that builds a path in the state folder, and the name that it puts there. */
function builtInTheSources(): { file: string; name: string | undefined }[] {
  return readdirSync(join(ROOT, 'native-host'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => {
      const source = readFileSync(join(ROOT, 'native-host', file), 'utf8');
      const places = source.matchAll(/\bjoin\(\s*(?:\w+\.)*stateDir,\s*(?:'([^']+)')?/g);
      return [...places].map(([, name]) => ({ file, name }));
    });
}

describe('docs/files.md', () => {
  it('names every file that the sources put into the state folder, and no other', () => {
    const built = builtInTheSources();
    expect(built.filter(({ name }) => name === undefined)).toEqual([]);
    // The older piece of the log has the log's name with a number.
    const names = new Set([...built.map(({ name }) => name), 'host.log.1']);
    expect([...names].sort()).toEqual(namedOnThePage());
  });

  describe('against a state folder that was lived in', () => {
    let home: Home;
    beforeEach(async () => {
      home = await openHome();
    });
    afterEach(() => home.close());

    it('names everything that is there', async () => {
      home.write('.local/state/awsher/host.log', 'x'.repeat(300 * 1024));
      const host = startHost({ home: home.home, env: home.env });
      await host.extension.call('hello', HELLO);
      const { startUrl, region } = home.idc;
      const args = ['login', 'corp', '--start-url', startUrl, '--region', region, '--no-browser'];
      const login = startAwsher(args, home.env);
      await login.until(/Code/);
      home.idc.approve(home.idc.deviceCodes[0]?.userCode ?? '');
      expect((await login.finished).code).toBe(0);
      await ensureSsoSession(home.paths, { name: 'other', startUrl, region });
      await awsher(
        ['install', '--browser', 'chromium', '--user-data-dir', join(home.home, 'profile')],
        home.env,
      );
      openServerClock(home.paths, () => Date.now()).observe(Date.now() + 3_600_000);
      writeCatalogue(home.paths, { session: 'corp', startUrl, region, accountsAsOf: null, accounts: [] });
      const keys = { accessKeyId: 'x', secretAccessKey: new Secret('x'), sessionToken: new Secret('x') };
      storeSamlCredentials(home.paths, 'corp', { ...keys, expiresAt: Date.now() });
      await useAssertion(home.paths, { issuer: 'x', id: 'x', notOnOrAfter: Date.now() }, Date.now());
      keepStranded(home.paths, 'corp', home.token('corp'), home.token('corp'));
      noteUsed(home.paths, { profile: 'dev', accountId: null, roleName: null }, Date.now());
      const vouch = {
        codeHash: hashCode('ABCD-EFGH'),
        until: Date.now() + VOUCH_MS,
        command: 'x',
        pid: 1,
        parents: [],
      };
      await leaveVouch(home.paths, vouch, Date.now());
      keepLastBrowser(home.paths, { browser: 'chromium', label: 'work' });
      home.write('.aws/sso/cache/old.json.broken-20260101T000000Z', '{');
      await awsher(['files', '--clean', '--yes'], home.env);
      const there = readdirSync(home.paths.stateDir).sort();
      host.closeStdin();
      await host.ended;
      expect(there).toEqual(namedOnThePage());
    });
  });
});
