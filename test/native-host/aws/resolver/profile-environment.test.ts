import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { profileVariables } from '../../../../native-host/aws/resolver/profile-environment.ts';
import { loadSharedConfig } from '../../../../native-host/base/files/config-file.ts';
import { command as exec } from '../../../../native-host/programs/cli/commands/exec.ts';
import { command as exportCommand } from '../../../../native-host/programs/cli/commands/export.ts';
import { command as whoami } from '../../../../native-host/programs/cli/commands/whoami.ts';
import { runCommand } from '../../../support/credentials/context.ts';
import { corpConfig, type Home, openHome } from '../../../support/credentials/home.ts';

let home: Home;
beforeEach(async () => {
  home = await openHome();
});
afterEach(() => home.close());

/** botocore 1.43 gives a client of these services these addresses. */
const SERVICES =
  '[services local]\nsts =\n  endpoint_url = http://sts.test\ns3 =\n  endpoint_url = http://s3.test\nsso oidc =\n';

describe("a profile's settings as variables", () => {
  it.each<[what: string, config: string, env: Record<string, string>, expected: Record<string, string>]>([
    ['endpoint_url', 'endpoint_url = http://all.test', {}, { AWS_ENDPOINT_URL: 'http://all.test' }],
    ['output', 'output = yaml', {}, { AWS_DEFAULT_OUTPUT: 'yaml' }],
    ['no pager', 'cli_pager =', {}, { AWS_PAGER: '' }],
    ["the environment's pager", 'cli_pager = less', { AWS_PAGER: '' }, {}],
    [
      'what only newer SDKs know',
      'sdk_ua_app_id = app\ndefaults_mode = standard\nauth_scheme_preference = sigv4a\ndisable_request_compression = true',
      {},
      {
        AWS_SDK_UA_APP_ID: 'app',
        AWS_DEFAULTS_MODE: 'standard',
        AWS_AUTH_SCHEME_PREFERENCE: 'sigv4a',
        AWS_DISABLE_REQUEST_COMPRESSION: 'true',
      },
    ],
    [
      'services before endpoint_url',
      'services = local\nendpoint_url = http://all.test',
      {},
      {
        AWS_ENDPOINT_URL: 'http://all.test',
        AWS_ENDPOINT_URL_STS: 'http://sts.test',
        AWS_ENDPOINT_URL_S3: 'http://s3.test',
      },
    ],
    [
      'AWS_ENDPOINT_URL before both',
      'services = local\nendpoint_url = http://a',
      { AWS_ENDPOINT_URL: 'http://e' },
      {},
    ],
    [
      "a service's variable before its section",
      'services = local',
      { AWS_ENDPOINT_URL_STS: 'http://e' },
      { AWS_ENDPOINT_URL_S3: 'http://s3.test' },
    ],
    [
      'the rest',
      'ca_bundle = /etc/ca.pem\nuse_fips_endpoint = true\nuse_dualstack_endpoint = true\nignore_configured_endpoint_urls = true',
      { AWS_USE_FIPS_ENDPOINT: 'false' },
      {
        AWS_CA_BUNDLE: '/etc/ca.pem',
        AWS_USE_DUALSTACK_ENDPOINT: 'true',
        AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
      },
    ],
    [
      'nothing of services where a variable names the endpoint, or none is wanted',
      'services = nope\nignore_configured_endpoint_urls = true',
      {},
      { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' },
    ],
    [
      'services that are not there, below a variable',
      'services = nope',
      { AWS_ENDPOINT_URL: 'http://e' },
      {},
    ],
    [
      'a key that is not how the SDKs write the service',
      'services = odd\n[services odd]\nsso-oidc =\n  endpoint_url = http://o.test',
      {},
      {},
    ],
  ])('%s', (_what, settings, env, expected) => {
    home.config(`[profile p]\n${settings}\n${SERVICES}`);
    expect(profileVariables(loadSharedConfig(home.paths), 'p', env)).toEqual(expected);
  });
});

describe('services that no section has', () => {
  it.each([
    ['a name', 'services = nope'],
    ['quotes', 'services = "local"'],
    ['beside endpoint_url', 'services = nope\nendpoint_url = http://all.test'],
  ])('%s: refused, as by the AWS CLI, and AWS is not asked', async (_what, settings) => {
    const keys = 'aws_access_key_id = test\naws_secret_access_key = test\n';
    home.config(`[profile p]\n${keys}${settings}\n${SERVICES}`);
    const env = { HOME: home.home, PATH: process.env.PATH ?? '' };
    for (const command of [whoami, exec, exportCommand]) {
      const { error, stdout } = await runCommand(command, env, { profile: 'p', format: 'env' }, ['true']);
      expect({ stdout, code: error?.code, message: error?.message }).toEqual({
        stdout: '',
        code: 'CONFIG_INVALID',
        message: expect.stringMatching(
          /^The profile p names the services .*, which do not exist \(.*config, line 4\)\.$/,
        ),
      });
    }
  });
});

describe('a profile with its own endpoints', () => {
  const KEYS = 'aws_access_key_id = test\naws_secret_access_key = test\nregion = us-east-1\n';
  /** No variable says where AWS is. */
  const shell = () => ({ HOME: home.home, PATH: process.env.PATH ?? '' });

  it('signs in, gets roles and asks STS there, without a variable', async () => {
    const { httpUrl } = home.idc;
    home.config(
      `${corpConfig(home.idc)}services = local\n[services local]\nsso =\n  endpoint_url = ${httpUrl}\nsso_oidc =\n  endpoint_url = ${httpUrl}\nsts =\n  endpoint_url = ${httpUrl}\n`,
    );
    await home.signIn();
    home.changeToken('corp', { expiresAt: Date.now() - 1000 });
    const { code, stdout } = await runCommand(whoami, shell(), { profile: 'dev' });
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringMatching(/arn +arn:aws:sts/) });
  });

  it('hands them on to a child and to a shell', async () => {
    home.config(
      `[profile local]\n${KEYS}endpoint_url = http://localhost:4566\nca_bundle = ${home.home}/ca.pem\n`,
    );
    writeFileSync(join(home.home, 'ca.pem'), '');
    const out = join(home.home, 'env');
    const { code } = await runCommand(exec, shell(), { profile: 'local' }, ['sh', '-c', `env > ${out}`]);
    expect(code).toBe(0);
    expect(home.read('env')).toMatch(/^AWS_ENDPOINT_URL=http:\/\/localhost:4566$/m);
    expect(home.read('env')).toMatch(/^AWS_CA_BUNDLE=.*ca\.pem$/m);
    const { stdout } = await runCommand(exportCommand, shell(), { profile: 'local', format: 'env' });
    const set = `${stdout}\nprintf '%s %s' "$AWS_ENDPOINT_URL" "$AWS_CA_BUNDLE"`;
    expect(execFileSync('sh', ['-c', set], { encoding: 'utf8' })).toBe(
      `http://localhost:4566 ${home.home}/ca.pem`,
    );
  });
});
