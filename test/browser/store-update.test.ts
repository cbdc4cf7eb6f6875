import { execFile } from 'node:child_process';
import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import ids from '../../manifests/ids.json' with { type: 'json' };
import { type DrivenChromium, launchChromium, passTime } from '../support/browsers/chromium.ts';
import { findChromium } from '../support/browsers/find.ts';
import { createPasskey } from '../support/browsers/passkey.ts';
import { signIn } from '../support/browsers/person.ts';
import { type Ground, openGround } from '../support/ground.ts';
import { hostPids, tokenFiles } from '../support/home-files.ts';
import { listenOnLoopback } from '../support/loopback.ts';
import { ROOT } from '../support/root.ts';
import { EXTENSION } from '../support/stage.ts';
import { until } from '../support/until.ts';

// needs: build chromium

const run = promisify(execFile);
/** A code lives so long: until then a page may come with it, and no update is taken. */
const CODE_SECONDS = 600;
const SETTINGS = '/etc/chromium';
/** The policy is seen by this browser alone: it is mounted for it, which root may do. */
const maySetPolicy = process.getuid?.() === 0 && findChromium() !== null && existsSync(SETTINGS);

let ground: Ground;
let store: Server;
let browser: DrivenChromium | undefined;
beforeEach(async () => {
  ground = await openGround({ deviceCodeSeconds: CODE_SECONDS });
});
afterEach(async () => {
  await browser?.close();
  store?.close();
  await ground.clear();
});

it.skipIf(!maySetPolicy)(
  'an update of a store waits for the end of a sign-in, and is then taken',
  async () => {
    const { home, idc, env } = ground;
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const key = join(home, 'key.pem');
    await writeFile(key, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const id = extensionId(createPublicKey(privateKey).export({ type: 'spki', format: 'der' }));
    let offered = '1.0.0';
    const packed = new Map<string, Buffer>();
    store = createServer((request, response) => {
      const wanted = /^\/(\d\.\d\.\d)\.crx$/.exec(request.url ?? '')?.[1];
      if (wanted === undefined) response.end(updateManifest(id, offered, port));
      else response.setHeader('content-type', 'application/x-chrome-extension').end(packed.get(wanted));
    });
    const port = await listenOnLoopback(store);
    for (const version of ['1.0.0', '1.0.1']) {
      const folder = join(home, version);
      await cp(EXTENSION, folder, { recursive: true });
      const { key: _, ...manifest } = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
      const update_url = `http://127.0.0.1:${port}/updates.xml`;
      await writeFile(join(folder, 'manifest.json'), JSON.stringify({ ...manifest, version, update_url }));
      packed.set(version, await pack(folder, key, home));
    }
    const command = await commandFor(id, home);
    const awsher = (...args: string[]) => run(process.execPath, [command, ...args], { env, cwd: home });
    await awsher('install', '--browser', 'chromium', '--user-data-dir', join(home, 'profile'));
    browser = await launchChromium({
      idc,
      home,
      executable: await withPolicy(home, {
        // Without it nobody may look into what a policy installed.
        DeveloperToolsAvailability: 1,
        ExtensionInstallForcelist: [`${id};http://127.0.0.1:${port}/updates.xml`],
      }),
      withoutArgs: ['--disable-extensions', '--disable-background-networking'],
      env: idc.endpoints,
    });
    await until(() => hostPids(home).length === 1, 60_000);
    const before = hostPids(home);

    const passkey = await createPasskey(browser.context, idc.enrolUrl);
    const portal = browser.nextPage();
    const login = awsher('login', ...ground.corp);
    const tab = await portal;
    // No view of awsher's: one that is open would hold the update back too.
    const page = await browser.context.newPage();
    await page.goto(`chrome-extension://${id}/LICENSES.txt`);
    offered = '1.0.1';
    expect(await page.evaluate(() => chrome.runtime.requestUpdateCheck())).toMatchObject({
      status: 'update_available',
      version: '1.0.1',
    });
    await until(
      async () => (await page.evaluate(() => chrome.storage.session.get('update'))).update === true,
    );
    await signIn(tab, passkey);
    expect((await login).stdout).toContain('signed in to corp');
    expect(hostPids(home)).toEqual(before);
    expect(await tokenFiles(home)).toHaveLength(1);

    await passTime(browser, CODE_SECONDS * 1_000);
    await until(() => hostPids(home).length === 1 && hostPids(home)[0] !== before[0], 120_000);
    const after = await browser.context.newPage();
    await after.goto(`chrome-extension://${id}/LICENSES.txt`);
    expect(await after.evaluate(() => chrome.runtime.getManifest().version)).toBe('1.0.1');
  },
);

/** How Chromium names an extension: the beginning of the hash of its key, in the letters a to p. */
const extensionId = (publicKey: Buffer): string =>
  createHash('sha256')
    .update(publicKey)
    .digest('hex')
    .slice(0, 32)
    .replace(/./g, (digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)));

const updateManifest = (id: string, version: string, port: number): string =>
  `<?xml version='1.0' encoding='UTF-8'?>
<gupdate xmlns='http://www.google.com/update2/response' protocol='2.0'>
  <app appid='${id}'><updatecheck codebase='http://127.0.0.1:${port}/${version}.crx' version='${version}'/></app>
</gupdate>`;

async function pack(folder: string, key: string, home: string): Promise<Buffer> {
  const args = [`--pack-extension=${folder}`, `--pack-extension-key=${key}`];
  const profile = `--user-data-dir=${join(home, 'packer')}`;
  await run(findChromium() ?? '', ['--no-sandbox', '--headless', profile, ...args], {
    env: { ...process.env, HOME: home, TMPDIR: home },
  });
  return readFile(`${folder}.crx`);
}

/** The built command and host, for an extension of this id: nobody has the key of the development id. */
async function commandFor(id: string, home: string): Promise<string> {
  const [development = ''] = ids.chromium;
  for (const name of ['package.json', 'dist/cli', 'dist/host'])
    await cp(join(ROOT, name), join(home, 'package', name), { recursive: true });
  for (const part of ['cli', 'host']) {
    const folder = join(home, 'package/dist', part);
    for (const name of await readdir(folder, { recursive: true })) {
      if (!name.endsWith('.js')) continue;
      const text = await readFile(join(folder, name), 'utf8');
      if (text.includes(development)) await writeFile(join(folder, name), text.replaceAll(development, id));
    }
  }
  return join(home, 'package/dist/cli/awsher.js');
}

/** A program that starts Chromium with a policy of its own. */
async function withPolicy(home: string, policy: object): Promise<string> {
  const folder = join(home, 'settings');
  await mkdir(join(folder, 'policies/managed'), { recursive: true });
  await writeFile(join(folder, 'policies/managed/test.json'), JSON.stringify(policy));
  const program = join(home, 'chromium-with-policy');
  const start = `mount --bind '${folder}' ${SETTINGS} && exec '${findChromium()}' "$@"`;
  await writeFile(
    program,
    `#!/bin/sh\nexec unshare --mount sh -c '${start.replaceAll("'", "'\\''")}' sh "$@"\n`,
    {
      mode: 0o755,
    },
  );
  return program;
}
