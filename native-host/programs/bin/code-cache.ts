// `node code-cache.js`, beside the built command: leaves V8's code cache for its fast lanes, for this very Node. Run by
// the build and by `awsher install`; a lane is run once in a made-up home first, because the cache holds what was compiled.
// `node code-cache.js host` does the same for the host, which ends its own process.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import ids from '../../../manifests/ids.json' with { type: 'json' };
import { ownProtocol } from '../../../shared/protocol/version.ts';
import { sha1Hex } from '../../base/files/sha1.ts';
import { encodeFrame } from '../../base/link/frames.ts';
import { cacheFile, type LaneFiles, laneFile, runScript } from '../../base/platform/code-cache.ts';

declare const __LANES__: string;
declare const __HOST__: string;

const LANES = [
  { name: 'fast-status', entry: 'runFastStatus', argv: ['status'] },
  { name: 'fast-prompt', entry: 'runFastPrompt', argv: ['prompt'] },
  {
    name: 'fast-credentials',
    entry: 'runFastCredentials',
    argv: ['credential-process', '--profile', 'sample'],
  },
] as const;

// Short, because the host's socket lies in it.
const home = mkdtempSync(join(process.platform === 'win32' ? tmpdir() : '/tmp', 'awsher-cache-'));
const clear = () => rmSync(home, { recursive: true, force: true });
furnish(home);
for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
process.env.HOME = home;
process.env.USERPROFILE = home;
process.env.AWS_PROFILE = 'sample';
if (process.argv[2] === 'host') runHostOnce();
else {
  try {
    for (const { name, entry, argv } of LANES) {
      const { script, exports, files } = load(__dirname, name, __LANES__);
      const lane = exports[entry];
      if (typeof lane === 'function') lane(argv);
      writeFileSync(cacheFile(files), script.createCachedData());
    }
  } finally {
    clear();
  }
}

/** A browser that says hello and goes away. */
function runHostOnce(): void {
  process.once('exit', clear);
  const { script, exports, files } = load(join(__dirname, '..', 'host'), 'host-main', __HOST__);
  process.once('exit', () => writeFileSync(cacheFile(files), script.createCachedData()));
  const params = { ...ownProtocol(), version: '0.0.0', browser: 'chromium', label: '' };
  const hello = encodeFrame({ jsonrpc: '2.0', id: 1, method: 'hello', params });
  const { runHost } = exports;
  if (typeof runHost !== 'function') return;
  runHost([`chrome-extension://${ids.chromium[0]}/`], { input: Readable.from([hello]), write: () => {} });
}

function load(folder: string, name: LaneFiles['name'], id: string) {
  const files = { folder, name, id, node: process.version };
  return { files, ...runScript(files, createRequire(laneFile(files)), {}) };
}

/** A home with one session, one profile and made-up credentials, so that the lanes walk their usual way. */
function furnish(folder: string): void {
  const end = `${new Date(Date.now() + 3_600_000).toISOString().slice(0, 19)}Z`;
  const put = (path: string, text: string) => writeFileSync(join(folder, path), text);
  for (const path of ['.aws/sso/cache', '.aws/cli/cache']) mkdirSync(join(folder, path), { recursive: true });
  put(
    '.aws/config',
    '# sample\n[profile sample]\nsso_session = sample\nsso_account_id = 111122223333\nsso_role_name = Admin\n\n' +
      '[sso-session sample]\nsso_start_url = https://sample.awsapps.com/start\nsso_region = us-east-1\n' +
      'sso_registration_scopes = sso:account:access\n',
  );
  const startUrl = 'https://sample.awsapps.com/start';
  const client = { clientId: 'x', clientSecret: 'x', registrationExpiresAt: end, refreshToken: 'x' };
  const token = { startUrl, region: 'us-east-1', accessToken: 'x', expiresAt: end, ...client };
  put(`.aws/sso/cache/${sha1Hex('sample')}.json`, JSON.stringify(token));
  const keys = { AccessKeyId: 'x', SecretAccessKey: 'x', SessionToken: 'x', Expiration: end };
  const name = sha1Hex('{"accountId":"111122223333","roleName":"Admin","sessionName":"sample"}');
  put(`.aws/cli/cache/${name}.json`, JSON.stringify({ ProviderType: 'sso', Credentials: keys }));
}
