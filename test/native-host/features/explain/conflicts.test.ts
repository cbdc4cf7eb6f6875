import * as fs from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadSharedConfig } from '../../../../native-host/base/files/config-file.ts';
import { findConflicts } from '../../../../native-host/features/explain/conflicts.ts';
import { makeSandbox, type Sandbox } from '../../base/files/sandbox.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = makeSandbox();
  fs.mkdirSync(sandbox.paths.awsDir);
});
afterEach(() => sandbox.remove());

describe('findConflicts', () => {
  const conflicts = (config: string, credentials: string, names = ['a']): string[] => {
    fs.writeFileSync(sandbox.paths.configFile, config);
    fs.writeFileSync(sandbox.paths.credentialsFile, credentials);
    return findConflicts(loadSharedConfig(sandbox.paths), names);
  };
  const sso = '[profile a]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Admin\n';

  it('warns of static keys under the same name, with the place and who uses what', () => {
    const keys =
      '[other]\naws_access_key_id = AKIA0\n[a]\naws_access_key_id = AKIA1\naws_secret_access_key = SECRET\n';
    expect(conflicts(sso, keys)).toEqual([
      `The profile a also has static keys (${sandbox.paths.credentialsFile}, line 4): the AWS CLI and most SDKs take ` +
        'the sign-in, but the JavaScript and Go SDKs take those keys.',
    ]);
  });

  it('warns of other sources in the profile itself', () => {
    const found = conflicts(`${sso}role_arn = arn\ncredential_process = /bin/x\n`, '');
    expect(found.map((warning) => warning.split(': ').at(-1))).toEqual([
      'the AWS CLI and most SDKs take the role, but the Java, .NET, PHP and Ruby SDKs take the sign-in.',
      'the AWS CLI and most SDKs take the sign-in, but the JavaScript SDK runs the process.',
    ]);
  });

  it('is quiet for profiles with one source, and can look before a profile is written', () => {
    const keys = '[b]\naws_access_key_id = AKIA1\n';
    expect(conflicts(`${sso}[profile b]\nregion = x\n`, keys)).toEqual([]);
    expect(conflicts(sso, keys, ['b', 'c'])).toHaveLength(1);
  });
});
