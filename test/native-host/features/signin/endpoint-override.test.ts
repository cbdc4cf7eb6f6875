import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { overridesEndpoint } from '../../../../native-host/features/signin/endpoint-override.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'awsher-endpoint-'));
  mkdirSync(join(home, '.aws'));
});
afterEach(() => rmSync(home, { recursive: true }));

/** A command of this home, whose environment differs from ours by `own`. */
function overrides(
  line: string,
  { config = '', env = {}, own = {} }: { config?: string; env?: object; own?: object } = {},
): boolean {
  writeFileSync(join(home, '.aws/config'), config);
  const proc = join(home, 'proc');
  mkdirSync(join(proc, '7'), { recursive: true });
  const lines = Object.entries({ HOME: home, ...own }).map(([name, value]) => `${name}=${value}\0`);
  writeFileSync(join(proc, '7/environ'), lines.join(''));
  const args = line.split(' ');
  return overridesEndpoint(
    { pid: 7, name: args[0] ?? '', args },
    { platform: 'linux', env: { HOME: home, ...env }, procDir: proc },
  );
}

const POISON = '[services x]\nsso_oidc =\n  endpoint_url = http://127.0.0.1:8000\n';
const LOGIN = 'aws sso login';

describe('an endpoint override is in force', () => {
  it.each([
    [
      'by the services section of its profile',
      `${LOGIN} --profile p`,
      { config: `[profile p]\nservices = x\n${POISON}` },
    ],
    ['of the default profile', LOGIN, { config: `[default]\nservices = x\n${POISON}` }],
    ['of AWS_PROFILE', LOGIN, { config: `[profile p]\nservices = x\n${POISON}`, env: { AWS_PROFILE: 'p' } }],
    [
      "of the command's own AWS_PROFILE",
      LOGIN,
      { config: `[profile p]\nservices=x\n${POISON}`, own: { AWS_PROFILE: 'p' } },
    ],
    [
      'by endpoint_url of the profile',
      `aws --profile=p sso login`,
      { config: '[profile p]\nendpoint_url = https://x\n' },
    ],
    [
      'by data_path of the profile',
      `aws --profile=p sso login`,
      { config: '[profile p]\ndata_path = models\n' },
    ],
    ['by a variable', LOGIN, { env: { AWS_ENDPOINT_URL_SSO_OIDC: 'https://oidc.example' } }],
    ['by the variable for all', LOGIN, { env: { AWS_ENDPOINT_URL: 'http://localhost:4566' } }],
    ['by a variable of its own', LOGIN, { own: { AWS_ENDPOINT_URL_SSO_OIDC: 'http://127.0.0.1:1' } }],
    ['by botocore models', LOGIN, { own: { AWS_DATA_PATH: '/tmp/models' } }],
    ['by a word', `aws --endpoint-url http://127.0.0.1:1 sso login`, {}],
    ['by a word with =', `aws --endpoint-url=http://x sso login`, {}],
    [
      'in any profile, for a tool whose profile nobody knows',
      'granted sso login',
      { config: `[profile p]\nservices = x\n${POISON}` },
    ],
    ['in a config that no SDK reads', LOGIN, { config: '[profile p\n' }],
  ])('%s', (_name, line, scene) => {
    expect(overrides(line, scene)).toBe(true);
  });

  it('in the config that a repository brought along', () => {
    writeFileSync(join(home, 'theirs'), `[default]\nservices = x\n${POISON}`);
    expect(overrides(LOGIN, { own: { AWS_CONFIG_FILE: join(home, 'theirs') } })).toBe(true);
  });

  it('when the environment of the command may not be seen', () => {
    expect(overridesEndpoint({ pid: 8, name: 'aws' }, { platform: 'linux', env: {}, procDir: home })).toBe(
      true,
    );
  });
});

describe('no endpoint override is in force', () => {
  it.each([
    ['with nothing set', LOGIN, {}],
    ['by the models that the AWS CLI hands on', LOGIN, { env: { AWS_DATA_PATH: '/usr/lib/awscli/data' } }],
    [
      'by another profile',
      `${LOGIN} --profile p`,
      { config: `[profile p]\nregion=x\n[profile q]\nservices = x\nendpoint_url = https://x\n${POISON}` },
    ],
    [
      'by another service',
      LOGIN,
      { config: '[default]\nservices = x\n[services x]\ns3 =\n  endpoint_url = http://127.0.0.1:9000\n' },
    ],
    ['by a variable of another service', LOGIN, { env: { AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9000' } }],
    [
      'for a tool in an ordinary config',
      'granted sso login',
      { config: '[profile p]\nregion = eu-west-1\n' },
    ],
  ])('%s', (_name, line, scene) => {
    expect(overrides(line, scene)).toBe(false);
  });

  it.runIf(process.platform === 'linux')('for a real process, as it was started', () => {
    const started = (env: Record<string, string>) =>
      spawn('/bin/sh', ['-c', 'read line'], {
        env: { HOME: home, ...env },
        stdio: ['pipe', 'ignore', 'ignore'],
      });
    const [plain, poisoned] = [started({}), started({ AWS_ENDPOINT_URL: 'https://x' })];
    const look = (pid = 0) =>
      overridesEndpoint(
        { pid, name: 'aws', args: ['aws', 'sso', 'login'] },
        { platform: 'linux', env: { HOME: home } },
      );
    try {
      expect([look(plain.pid), look(poisoned.pid)]).toEqual([false, true]);
    } finally {
      plain.kill();
      poisoned.kill();
    }
  });
});
