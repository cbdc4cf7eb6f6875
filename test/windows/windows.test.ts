import * as fs from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type IdentityCenter, startIdentityCenter } from '../support/identity-center/index.ts';
import { ROOT } from '../support/root.ts';
import { findWine, Windows } from './wine.ts';

// needs: build

const HERE = fileURLToPath(new URL('.', import.meta.url));
const STEPS = fs.readFileSync(join(HERE, 'steps.mjs'), 'utf8');
const NAMES = [...STEPS.matchAll(/^ {2}(?:async )?'(.+)'\(\) \{$/gm)].map(([, name = '']) => name);
const HOME = 'C:\\users\\Ana Müller 한글 & Co';
const PACKAGE = `${HOME}\\AppData\\Roaming\\npm\\node_modules\\awsher`;
const wine = findWine(ROOT);

// SKIP without Wine and a Windows node: wine.ts says where they are looked for.
describe.skipIf(wine === undefined)('the built package in a Windows node', () => {
  let windows: Windows;
  let idc: IdentityCenter;
  let approving: NodeJS.Timeout;
  let results: Record<string, string> = {};

  beforeAll(async () => {
    if (wine === undefined) return;
    windows = new Windows(wine);
    idc = await startIdentityCenter();
    approving = setInterval(() => {
      const [first] = idc.deviceCodes;
      if (first === undefined) return;
      clearInterval(approving);
      idc.approve(first.userCode);
    }, 200);
    furnish(windows);
    const [account] = idc.accounts;
    const job = join(windows.folder, 'job.json');
    const result = join(windows.folder, 'result.json');
    const env = {
      AWS_ENDPOINT_URL_SSO: idc.httpUrl,
      AWS_ENDPOINT_URL_SSO_OIDC: idc.httpUrl,
      AWS_ENDPOINT_URL_STS: idc.httpUrl,
    };
    const { startUrl } = idc;
    fs.writeFileSync(
      job,
      JSON.stringify({ env, startUrl, account: account?.accountId, role: account?.roles[0] }),
    );
    const said = await windows.run(join(HERE, 'steps.mjs'), [job, result]);
    if (!fs.existsSync(result)) throw new Error(`the Windows node did not start: ${said}`);
    results = JSON.parse(fs.readFileSync(result, 'utf8'));
  }, 400_000);
  afterAll(async () => {
    clearInterval(approving);
    await idc?.close();
    windows?.remove();
  });

  it.each(NAMES)('%s', (name) => {
    expect(results[name]).toBe('held');
  });
});

/** Two browsers, and the package where `npm install -g` puts it. */
function furnish(windows: Windows): void {
  for (const program of ['Google\\Chrome\\Application\\chrome.exe', 'Mozilla Firefox\\firefox.exe']) {
    const file = windows.real(`C:\\Program Files\\${program}`);
    fs.mkdirSync(dirname(file), { recursive: true });
    fs.writeFileSync(file, '');
  }
  const target = windows.real(PACKAGE);
  fs.mkdirSync(join(windows.real(HOME), 'AppData', 'Local'), { recursive: true });
  for (const part of ['package.json', 'dist/cli', 'dist/host', 'dist/extension'])
    fs.cpSync(join(ROOT, part), join(target, part), {
      recursive: true,
      filter: (source) => !source.endsWith('.cache'),
    });
}
