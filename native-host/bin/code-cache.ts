// `node code-cache.js`, beside the built command: leaves V8's code cache for its fast lanes, for this very Node. Run by
// the build and by `awsher install`; a lane is run once in a made-up home first, because the cache holds what was compiled.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { wrap } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { sha1Hex } from '../files/sha1.ts';
import { cacheFile, laneFile } from '../platform/code-cache.ts';

declare const __LANES__: string;

const LANES = [
  { name: 'fast-status', entry: 'runFastStatus', argv: ['status'] },
  {
    name: 'fast-credentials',
    entry: 'runFastCredentials',
    argv: ['credential-process', '--profile', 'sample'],
  },
] as const;

const home = mkdtempSync(join(tmpdir(), 'awsher-cache-'));
try {
  furnish(home);
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  process.env.HOME = home;
  process.env.USERPROFILE = home;
  for (const { name, entry, argv } of LANES) {
    const files = { folder: __dirname, name, id: __LANES__, node: process.version };
    const filename = laneFile(files);
    const script = new Script(wrap(readFileSync(filename, 'utf8')), { filename });
    const module: { exports: Record<string, unknown> } = { exports: {} };
    const run: unknown = script.runInThisContext();
    if (typeof run === 'function') run(module.exports, require, module, filename, __dirname);
    const lane = module.exports[entry];
    if (typeof lane === 'function') lane(argv);
    writeFileSync(cacheFile(files), script.createCachedData());
  }
} finally {
  rmSync(home, { recursive: true, force: true });
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
