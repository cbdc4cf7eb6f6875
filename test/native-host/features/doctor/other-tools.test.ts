import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Finding } from '../../../../native-host/features/doctor/check.ts';
import { otherTools } from '../../../../native-host/features/doctor/checks/other-tools.ts';
import type { DoctorContext } from '../../../../native-host/features/doctor/context.ts';
import { type FakeMachine, fakeMachine } from '../../base/install/fake-machine.ts';

let machine: FakeMachine;
beforeEach(() => {
  machine = fakeMachine('linux');
});
afterEach(() => machine.remove());

async function look(env: Record<string, string> = {}, home = '/nowhere'): Promise<Finding> {
  const context: DoctorContext = {
    env: { ...machine.env, ...env },
    platform: 'linux',
    paths: { ...machine.paths, home },
    now: () => 0,
    machine,
    packageRoot: undefined,
    version: '1.0.0',
    nodeVersion: '22.0.0',
    talk: async () => ({ code: 0, stdout: Buffer.alloc(0), stderr: '' }),
    output: async () => '',
    probe: async () => ({ kind: 'failed', code: 'X', proxy: false }),
  };
  return otherTools.run(context);
}

describe("doctor, other tools' sign-ins", () => {
  it('has nothing to say where there is none', async () => {
    expect(await look()).toMatchObject({ result: 'skip' });
  });

  it.each([
    ['/opt/aws-cli/v2/2.21.3/bin', /^aws: you are asked .* code .*; `awsher setup-shell`/],
    ['/opt/aws-cli/v2/2.22.0/bin', /^aws: approved by itself$/],
    ['/opt/homebrew/Cellar/awscli/2.36.7/bin', /^aws: approved by itself$/],
    ['/opt/aws-cli/v2/3.0.0/bin', /^aws: approved by itself$/],
    // Nothing tells its version.
    ['/usr/bin', /^aws: approved by itself, unless it shows a code; for that, `awsher setup-shell`/],
  ])('the AWS CLI in %s', async (folder, says) => {
    machine.put(`${folder}/aws`);
    const { result, detail } = await look({ PATH: `/bin:${folder}` });
    expect(result).toBe('ok');
    expect(detail).toMatch(says);
  });

  it('a shell whose BROWSER is awsher has them all approved', async () => {
    for (const name of ['aws', 'aws-vault', 'granted']) machine.put(`/usr/bin/${name}`);
    expect((await look({ BROWSER: 'awsher open-url %s' })).detail.split('\n')).toEqual([
      'aws: approved by itself',
      'aws-vault: approved by itself',
      'granted: approved by itself',
    ]);
    const { detail } = await look({ BROWSER: 'firefox' });
    expect(detail).toMatch(/^aws-vault: you are asked/m);
    expect(detail).toMatch(/^granted: approved by itself, unless .* CustomSSOBrowserPath/m);
  });

  it('editors with an extension of AWS', async () => {
    machine.putFolder('/home/.vscode/extensions/amazonwebservices.aws-toolkit-vscode-3.80.0');
    machine.putFolder('/home/.cursor/extensions/other.thing-1.0.0');
    expect((await look({}, `${machine.root}/home`)).detail).toBe('VS Code: approved by itself');
  });
});
