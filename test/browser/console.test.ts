import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { federationEndpoint } from '../../native-host/aws/roles/federation.ts';
import { openConsole } from '../../native-host/programs/cli/commands/console.ts';
import { testContext } from '../support/credentials/context.ts';
import { hostPids } from '../support/home-files.ts';
import { listenOnLoopback } from '../support/loopback.ts';
import { ownStage } from '../support/own-stage.ts';
import { asSecondUser, NO_SECOND_USER } from '../support/second-user.ts';
import { until } from '../support/until.ts';

/** Looks again and again at every command line that names the home, and prints each address of a console or of this computer. */
const thiefOf = (home: string) => `
const fs = require('node:fs');
const seen = new Set();
setInterval(() => {
  for (const pid of fs.readdirSync('/proc').filter((name) => /^[0-9]+$/.test(name))) {
    let line = '';
    try { line = fs.readFileSync('/proc/' + pid + '/cmdline', 'utf8'); } catch {}
    if (Number(pid) === process.pid || !line.includes(${JSON.stringify(home)})) continue;
    for (const [url] of line.matchAll(/SigninToken=\\S*|#\\/console\\?\\S*|http:\\/\\/127\\.0\\.0\\.1:[0-9]+\\/[\\w-]{32}/g)) seen.add(url);
  }
}, 5);
process.stdin.once('data', () => { console.log(JSON.stringify([...seen])); process.exit(); });
`;

it('the address of the console goes through the connected extension, where no other user can ask it', async (test) => {
  // Skipped only where no second user can be played; the reason is in the summary.
  test.skip(NO_SECOND_USER !== null, NO_SECOND_USER ?? '');
  const stage = await ownStage(test);
  const { home, idc, browser, env } = stage;
  await mkdir(join(home, '.aws'), { recursive: true });
  await writeFile(
    join(home, '.aws/config'),
    [
      `[sso-session corp]\nsso_start_url = ${idc.startUrl}\nsso_region = us-east-1`,
      '[profile dev]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Reader\nregion = eu-west-1',
      '[profile keys]\naws_access_key_id = ASIA1\naws_secret_access_key = s\naws_session_token = t\n',
    ].join('\n'),
  );
  // What would be started if the extension were passed over.
  const opened = join(home, 'opened');
  await writeFile(join(home, 'browser'), `#!/bin/sh\necho "$1" >${opened}\n`, { mode: 0o755 });
  env.BROWSER = join(home, 'browser');
  test.onTestFinished(() => void delete env.BROWSER);
  await until(() => hostPids(home).length > 0, 30_000);
  const thief = asSecondUser(thiefOf(home));
  try {
    const portal = browser.nextPage();
    const { code, stderr } = await stage.awsher('console', '--profile', 'dev', '--service', 's3');
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'The console opens in your browser.\n' });
    await (await portal).waitForURL(/#\/console\?account_id=111122223333&role_name=Reader&destination=/);

    const federation = createServer((_request, response) =>
      response.end('{"SigninToken":"signin-token-secret"}'),
    );
    const endpoint = `http://127.0.0.1:${await listenOnLoopback(federation)}/federation`;
    const signIn = browser.nextPage();
    try {
      const { context, stderr: said } = testContext(env);
      const invocation = { arguments: [], options: { profile: 'keys' } };
      // The answer of a stand-in, at the address that AWS has: the extension opens no other.
      await openConsole(context, invocation, { endpoint, signIn: federationEndpoint('us-east-1') });
      expect(said()).toBe('The console opens in your browser.\n');
    } finally {
      federation.close();
    }
    const tab = await signIn;
    // Nobody answers there; the tab's history has what it was opened with.
    const devtools = await browser.context.newCDPSession(tab);
    await until(async () => {
      const { entries } = await devtools.send('Page.getNavigationHistory');
      return entries.some(
        ({ url }) =>
          url.startsWith('https://signin.aws.amazon.com/federation?Action=login&') &&
          url.includes('SigninToken=signin-token-secret'),
      );
    });
    thief.child.stdin?.write('\n');
    expect(JSON.parse(await thief.line)).toEqual([]);
    expect(existsSync(opened)).toBe(false);
  } finally {
    thief.stop();
  }
});
