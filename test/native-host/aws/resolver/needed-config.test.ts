import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { neededConfig } from '../../../../native-host/aws/resolver/needed-config.ts';
import { planProfile } from '../../../../native-host/aws/resolver/plan-profile.ts';
import { loadSharedConfig } from '../../../../native-host/base/files/config-file.ts';

let folder: string;
let paths: { configFile: string; credentialsFile: string };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'awsher-needed-'));
  paths = { configFile: join(folder, 'config'), credentialsFile: join(folder, 'credentials') };
});
afterEach(() => rmSync(folder, { recursive: true }));

const SSO = 'sso_account_id = 111122223333\nsso_role_name = Admin\n';
const CORP = '[sso-session corp]\nsso_start_url = https://d-123.awsapps.com/start\nsso_region = us-east-1\n';

/** The plan by the whole config, and by the part: `undefined` stands for what the slow path has to say. */
function both(config: string, credentials = ''): { whole: unknown; part: unknown } {
  writeFileSync(paths.configFile, config);
  writeFileSync(paths.credentialsFile, credentials);
  const plan = (shared: ReturnType<typeof neededConfig>) =>
    shared &&
    planProfile({
      config: shared,
      credentialsFile: paths.credentialsFile,
      env: {},
      profile: 'p',
      explicit: true,
    });
  return { whole: plan(loadSharedConfig(paths)), part: plan(neededConfig(paths, 'p')) };
}

describe('the part of the config that a profile needs', () => {
  it.each<[string, string, string?]>([
    ['its session', `[profile a]\nx = y\n${CORP}[profile p]\nsso_session = corp\n${SSO}[profile z]\n`],
    ['before its session', `[profile p]\nsso_session = corp\n${SSO}\n# comment\n${CORP}`],
    [
      'its sources, and their session',
      `[profile p]\nrole_arn = a\nsource_profile = q\n[profile q]\nrole_arn = b\nsource_profile = r\n[profile r]\nsso_session = corp\n${SSO}${CORP}`,
    ],
    [
      'a source in the credentials file',
      '[profile p]\nrole_arn = a\nsource_profile = q\n',
      '[q]\naws_access_key_id = A\naws_secret_access_key = s\n[r]\n',
    ],
    [
      'a quoted header, CRLF, comments',
      `# hello\r\n\r\n[profile "p"] # c\r\nsso_session = corp\r\n${SSO}${CORP}`,
    ],
    [
      'nested lines that look like a header',
      `[profile p]\nsso_session = corp\ns3 =\n  [profile p] = x\n${SSO}${CORP}`,
    ],
    ['no newline at the end', `${CORP}[profile p]\n${SSO}sso_session = corp`],
  ])('gives the same plan: %s', (_case, config, credentials) => {
    const { whole, part } = both(config, credentials);
    const plain = (value: unknown) => JSON.stringify(value);
    expect(part).not.toBeNull();
    expect(plain(part)).toBe(plain(whole));
  });

  it.each([
    ['a duplicate section', `[profile p]\n${SSO}[profile p]\n`],
    ['a duplicate key', `[profile p]\n${SSO}sso_role_name = x\n`],
    ['a key before any section', `x = y\n[profile p]\n${SSO}`],
    ['a byte order mark', `\uFEFF[profile p]\n${SSO}`],
  ])('is left alone when SDKs reject it: %s', (_case, config) => {
    writeFileSync(paths.configFile, config);
    expect(neededConfig(paths, 'p')).toBeNull();
  });

  it('is empty without files', () => {
    expect(neededConfig(paths, 'p')?.profiles.size).toBe(0);
  });
});
