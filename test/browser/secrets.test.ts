import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { signIn } from '../support/browsers/person.ts';
import { openStage } from '../support/stage.ts';
import { until } from '../support/until.ts';

/** Where a secret of AWS may stand, and only there. */
const ALLOWED = [
  /^\.aws\/sso\/cache\/[0-9a-f]{40}\.json$/,
  /^\.local\/state\/awsher\/registrations\.json$/,
  // A role's credentials, where the AWS CLI keeps them, too.
  /^\.aws\/cli\/cache\/[0-9a-f]{40}\.json$/,
];

/** Every place in a text or a file tree that holds one of the secrets. */
function leaksIn(where: string, text: string, secrets: readonly string[]): string[] {
  return secrets.filter((secret) => text.includes(secret)).map(() => where);
}

async function leaksInFolder(folder: string, secrets: readonly string[]): Promise<string[]> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const leaks: string[] = [];
  for (const entry of names.filter((name) => name.isFile())) {
    const file = join(entry.parentPath, entry.name);
    const name = relative(folder, file);
    if (ALLOWED.some((pattern) => pattern.test(name))) continue;
    leaks.push(...leaksIn(name, await readFile(file, 'latin1').catch(() => ''), secrets));
  }
  return leaks;
}

it("no token, code or client secret is in any output, log, storage, argument, DOM or file but its own; a role's keys stand in the view that shows them, while it shows them, and nowhere else", async ({
  onTestFinished,
}) => {
  // Closed before its files are searched.
  const stage = await openStage({ passkey: true, center: { accounts: 3, rolesPerAccount: 1 } });
  onTestFinished(() => stage.close());
  const { browser, passkey, idc, home } = stage;
  const { worker, id } = await browser.extension();
  const opened = browser.nextPage();
  const login = stage.start('login', ...stage.corp, '--verbose');
  const page = await opened;
  const dom: string[] = [];
  const logged: string[] = [];
  page.on('console', (message) => logged.push(message.text()));
  worker.on('console', (message) => logged.push(message.text()));
  page.on('domcontentloaded', async () => dom.push(await page.content().catch(() => '')));
  await login.until(/Sign in on the page/);
  const popup = await browser.context.newPage();
  await popup.goto(`chrome-extension://${id}/popup/popup.html`);
  await popup.getByText('corp').first().waitFor();
  dom.push(await popup.content());
  const argv = await commandLines();
  await page.bringToFront();
  await signIn(page, passkey);
  const done = await login.finished;
  expect(done.code).toBe(0);
  await popup
    .getByText(/signed in until/i)
    .first()
    .waitFor();
  dom.push(await popup.content());
  const forced = await stage.awsher('login', 'corp', '--force', '--json', '--verbose');
  expect(forced.code).toBe(0);
  const refused = await stage.awsher('login', 'corp', '--force', '--verbose', '--timeout', '0.2');
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('[SIGN_IN_TIMEOUT]') });
  // While a sign-in runs its device code is in storage.session, and only there; this one was just given up.
  await until(async () => {
    const { state } = await worker.evaluate(() => chrome.storage.session.get('state'));
    return (
      JSON.stringify(state).includes('"phase":"ended"') && !/"phase":"(?!ended)/.test(JSON.stringify(state))
    );
  });
  const storage = (): Promise<string> =>
    worker.evaluate(async () =>
      JSON.stringify([
        await chrome.storage.session.get(null),
        await chrome.storage.local.get(null),
        await chrome.storage.sync.get(null),
      ]),
    );
  const secrets = [...idc.secrets];
  expect(secrets.length).toBeGreaterThan(6);
  // The search itself finds what is there: the token file holds four of them.
  const [own] = (await readdir(join(home, '.aws/sso/cache'))).map((name) =>
    join(home, '.aws/sso/cache', name),
  );
  expect(leaksIn('own', await readFile(own ?? '', 'utf8'), secrets).length).toBeGreaterThanOrEqual(3);

  const leaks = [
    ...leaksIn('output of login', done.stdout + done.stderr, secrets),
    ...leaksIn('output of login --force', forced.stdout + forced.stderr, secrets),
    ...leaksIn('output of a refused login', refused.stdout + refused.stderr, secrets),
    ...leaksIn('arguments', argv, secrets),
    ...leaksIn('DOM', dom.join('\n'), secrets),
    ...leaksIn('console', logged.join('\n'), secrets),
    ...leaksIn('extension storage', await storage(), secrets),
  ];
  expect(leaks).toEqual([]);
  await popup.close();

  const keysView = await browser.context.newPage();
  keysView.on('console', (message) => logged.push(message.text()));
  await keysView.clock.install();
  await keysView.goto(`chrome-extension://${id}/popup/popup.html`);
  await keysView.locator('#tab-roles').click();
  await keysView.getByText('3 roles').waitFor();
  const show = async (): Promise<void> => {
    await keysView.getByRole('button', { name: 'Show for one minute' }).click();
    await keysView.getByText(/AWS_ACCESS_KEY_ID=ASIA/).waitFor();
  };
  const shown = async (): Promise<string> =>
    (await keysView.content()) +
    (await keysView.evaluate(() =>
      JSON.stringify([...document.querySelectorAll('input')].map(({ value }) => value)),
    ));
  const keys = (): string[] => idc.secrets.filter((secret) => !secrets.includes(secret)).flatMap(parts);
  const pageStorage = (): Promise<string> =>
    keysView.evaluate(async () =>
      JSON.stringify([
        { ...localStorage },
        { ...sessionStorage },
        history.state,
        location.href,
        await indexedDB.databases(),
        await caches.keys(),
      ]),
    );

  await keysView.getByRole('button', { name: 'More' }).click();
  await keysView.getByRole('button', { name: 'Show short-lived keys…' }).click();
  expect(idc.count('GetRoleCredentials')).toBe(0);
  await show();
  // The search finds what is there, and while it is there it is nowhere else.
  expect(leaksIn('DOM', await shown(), keys())).not.toEqual([]);
  const during = [
    ...leaksIn('extension storage', await storage(), keys()),
    ...leaksIn("the page's storage", await pageStorage(), keys()),
    ...leaksIn('arguments', await commandLines(), keys()),
  ];
  expect(during).toEqual([]);

  // The minute is over.
  await keysView.clock.fastForward(61_000);
  await keysView.getByText('The keys are hidden again').waitFor();
  const afterwards = leaksIn('DOM after the minute', await shown(), keys());

  // Shown again, and the view is left; then again, and the whole popup is closed.
  await show();
  await keysView.locator('#tab-sessions').click();
  await keysView.locator('.key-lines').waitFor({ state: 'detached' });
  afterwards.push(...leaksIn('DOM of another view', await shown(), keys()));
  await keysView.locator('#tab-roles').click();
  await keysView.getByRole('button', { name: 'More' }).click();
  await keysView.getByRole('button', { name: 'Show short-lived keys…' }).click();
  await show();
  await keysView.close();
  const { stdout, stderr } = await stage.line('history').finished;
  afterwards.push(
    ...leaksIn('extension storage', await storage(), keys()),
    ...leaksIn('console', logged.join('\n'), keys()),
    ...leaksIn('history', stdout + stderr, keys()),
  );
  expect(afterwards).toEqual([]);
  await browser.close();
  await until(async () => (await commandLines()).includes(home) === false);
  expect(await leaksInFolder(home, [...secrets, ...keys()])).toEqual([]);
});

/** A secret, and the beginning of one that a view shortens. */
const parts = (secret: string): string[] => (secret.length > 60 ? [secret, secret.slice(0, 40)] : [secret]);

/** The command lines of all processes. */
async function commandLines(): Promise<string> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  return lines.join('\n');
}
