import { afterEach, describe, expect, it } from 'vitest';
import ids from '../../../../manifests/ids.json' with { type: 'json' };
import type { System } from '../../../../native-host/base/install/system.ts';
import { policies } from '../../../../native-host/features/doctor/checks/policies.ts';
import type { DoctorContext } from '../../../../native-host/features/doctor/context.ts';
import { registryTree } from '../../../../native-host/features/doctor/policy-sources.ts';
import { type FakeMachine, fakeMachine } from '../../base/install/fake-machine.ts';
import { fakeContext } from './fake-context.ts';

let machine: FakeMachine;
const machines: FakeMachine[] = [];
afterEach(() => {
  for (const one of machines.splice(0)) one.remove();
});

function contextOf(system: System, output: DoctorContext['output']): DoctorContext {
  machine = fakeMachine(system);
  machines.push(machine);
  return fakeContext(machine, { env: { ...machine.env, USER: 'ana' }, platform: system, output });
}

const [extension = ''] = ids.chromium;

const REG = `
HKEY_LOCAL_MACHINE\\Software\\Policies\\Google\\Chrome
    NativeMessagingUserLevelHosts    REG_DWORD    0x0
    ExtensionSettings    REG_SZ    {"*":{"installation_mode":"blocked"},"${extension}":{"installation_mode":"allowed"}}

HKEY_LOCAL_MACHINE\\Software\\Policies\\Google\\Chrome\\NativeMessagingBlocklist
    1    REG_SZ    *
`.replaceAll('\n', '\r\n');

describe('policies', () => {
  it("reads reg.exe's tree", () => {
    expect(registryTree(REG, 'Software\\Policies\\Google\\Chrome')).toEqual({
      NativeMessagingUserLevelHosts: 0,
      ExtensionSettings: {
        '*': { installation_mode: 'blocked' },
        [extension]: { installation_mode: 'allowed' },
      },
      NativeMessagingBlocklist: ['*'],
    });
  });

  it('finds them in the registry, and lets an extension in that has its own rule', async () => {
    const context = contextOf('win32', async (_program, [, key = '']) => {
      if (key === 'HKLM\\Software\\Policies\\Google\\Chrome') return REG;
      throw new Error('not found');
    });
    const finding = await policies.run(context);
    expect(finding.result).toBe('fail');
    expect(finding.detail).toMatch(
      /UserLevelHosts is off \(HKLM\\Software.*\n.*NativeMessagingBlocklist blocks/,
    );
    expect(finding.detail).not.toContain('blocks the extension');
    expect(finding.next).toContain('awsher install --system');
  });

  it('finds them in managed preferences', async () => {
    const context = contextOf('darwin', async (_program, args) =>
      args.at(-1)?.includes('/ana/') ? '{"NativeMessagingBlocklist": ["*"]}' : '{}',
    );
    machine.put('/Library/Managed Preferences/ana/com.google.Chrome.plist', 'bplist00');
    expect(await policies.run(context)).toMatchObject({
      result: 'fail',
      next: expect.stringContaining(`"${ids.host}"`),
    });
  });

  it('does not mind the ban on hosts of users once the host is there for all', async () => {
    const context = contextOf('linux', async () => '');
    machine.put('/etc/opt/chrome/policies/managed/a.json', '{"NativeMessagingUserLevelHosts": false}');
    expect((await policies.run(context)).result).toBe('fail');
    const browsers = [{ id: 'chrome', variant: 'native', files: [], registryKeys: [] }];
    const record = { version: 1, shared: [], browsers, created: { folders: [], registryKeys: [] } };
    machine.put('/usr/local/share/awsher/installed.json', JSON.stringify(record));
    expect((await policies.run(context)).result).toBe('ok');
  });

  it('is not about browsers that nobody uses, nor about files that are no policies', async () => {
    const context = contextOf('linux', async () => '');
    machine.put('/etc/opt/edge/policies/managed/a.json', '{"NativeMessagingUserLevelHosts": false}');
    machine.put('/etc/opt/chrome/policies/managed/b.json', 'not JSON');
    machine.put('/usr/bin/google-chrome');
    expect((await policies.run(context)).result).toBe('skip');
  });
});
