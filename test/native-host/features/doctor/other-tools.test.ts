import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Finding } from '../../../../native-host/features/doctor/check.ts';
import { otherTools } from '../../../../native-host/features/doctor/checks/other-tools.ts';
import { type FakeMachine, fakeMachine } from '../../base/install/fake-machine.ts';
import { fakeContext } from './fake-context.ts';

let machine: FakeMachine;
beforeEach(() => {
  machine = fakeMachine('linux');
});
afterEach(() => machine.remove());

async function look(env: Record<string, string> = {}, home = '/nowhere'): Promise<Finding> {
  return otherTools.run(
    fakeContext(machine, { env: { ...machine.env, ...env }, paths: { ...machine.paths, home } }),
  );
}

describe("doctor, other tools' sign-ins", () => {
  it('has nothing to say where there is none', async () => {
    expect(await look()).toMatchObject({ result: 'skip' });
  });

  it.each([
    [
      '/opt/aws-cli/v2/2.21.3/bin',
      /^aws: awsher asks .* code .*; to approve it automatically, run `awsher setup-shell`/,
    ],
    ['/opt/aws-cli/v2/2.22.0/bin', /^aws: approved automatically$/],
    ['/opt/homebrew/Cellar/awscli/2.36.7/bin', /^aws: approved automatically$/],
    ['/opt/aws-cli/v2/3.0.0/bin', /^aws: approved automatically$/],
    // Nothing tells its version.
    ['/usr/bin', /^aws: approved automatically, except with a code; for those, run `awsher setup-shell`/],
  ])('the AWS CLI in %s', async (folder, says) => {
    machine.put(`${folder}/aws`);
    const { result, detail } = await look({ PATH: `/bin:${folder}` });
    expect(result).toBe('ok');
    expect(detail).toMatch(says);
  });

  it('what asks BROWSER is approved in a shell where that is awsher, and really opens', async () => {
    for (const name of ['aws', 'aws-vault', 'granted', 'awsher']) machine.put(`/usr/bin/${name}`);
    const granted = /^granted: approved automatically, except .* CustomSSOBrowserPath/m;
    const { detail } = await look({ BROWSER: 'awsher open-url %s' });
    expect(detail).toMatch(/^aws: approved automatically\naws-vault: approved automatically\n/);
    expect(detail).toMatch(granted);
    // Another browser; awsher without its word; an awsher that is not there.
    for (const BROWSER of ['firefox', 'awsher %s', '/gone/awsher open-url %s']) {
      const said = (await look({ BROWSER })).detail;
      expect(said).toMatch(/^aws-vault: awsher asks/m);
      expect(said).toMatch(granted);
    }
  });

  it('editors with an extension of AWS', async () => {
    machine.putFolder('/home/.vscode/extensions/amazonwebservices.aws-toolkit-vscode-3.80.0');
    machine.putFolder('/home/.cursor/extensions/other.thing-1.0.0');
    expect((await look({}, `${machine.root}/home`)).detail).toBe('VS Code: approved automatically');
  });
});
