import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import ids from '../../manifests/ids.json' with { type: 'json' };
import { policies } from '../../native-host/features/doctor/checks/policies.ts';
import { DEFAULT_SETTINGS } from '../../shared/protocol/internal.ts';
import { applyManaged } from '../../shared/settings/managed.ts';
import { type FakeMachine, fakeMachine } from '../native-host/base/install/fake-machine.ts';
import { fakeContext } from '../native-host/features/doctor/fake-context.ts';
import { ROOT } from '../support/root.ts';

const read = (path: string) => readFileSync(join(ROOT, 'packaging/fleet', path), 'utf8');

let machine: FakeMachine;
beforeEach(() => {
  machine = fakeMachine('linux');
});
afterEach(() => machine.remove());

const judge = () => policies.run(fakeContext(machine));

describe('the policy files for fleets', () => {
  it.each([
    ['linux/chrome.json', '/etc/opt/chrome/policies/managed'],
    ['linux/edge.json', '/etc/opt/edge/policies/managed'],
  ])('%s lets awsher through where everything else is blocked', async (file, folder) => {
    const policy: object = JSON.parse(read(file));
    const strict = { NativeMessagingBlocklist: ['*'], ExtensionInstallBlocklist: ['*'] };
    machine.put(`${folder}/strict.json`, JSON.stringify(strict));
    expect((await judge()).result).toBe('fail');
    machine.put(`${folder}/strict.json`, JSON.stringify({ ...strict, ...policy }));
    expect((await judge()).result).toBe('ok');
  });

  it('say the same on every system', () => {
    const inner = (text: string) => text.replaceAll('\\', '');
    for (const product of ['chrome', 'edge']) {
      const policy: { ExtensionSettings: object } = JSON.parse(read(`linux/${product}.json`));
      const registry = read(`windows/${product}.reg`);
      expect(inner(registry)).toContain(`"ExtensionSettings"="${JSON.stringify(policy.ExtensionSettings)}"`);
      expect(registry).toContain(`\\NativeMessagingAllowlist]\r\n"1"="${ids.host}"\r\n`);
      expect(registry.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    }
    const firefox: { policies: { ExtensionSettings: object } } = JSON.parse(read('firefox/policies.json'));
    expect(Object.keys(firefox.policies.ExtensionSettings)).toEqual([ids.firefox]);
    const profile = read('macos/awsher.mobileconfig');
    for (const id of [...ids.chromium, ids.firefox]) expect(profile).toContain(`<key>${id}</key>`);
    expect(profile.match(/<dict>/g)?.length).toBe(profile.match(/<\/dict>/g)?.length);
    expect(new Set(profile.match(/[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}/g)).size).toBe(
      4 + 2 * ids.chromium.length,
    );
  });

  it('give settings that awsher takes as they stand', () => {
    const chromium: { '3rdparty': { extensions: Record<string, unknown> } } = JSON.parse(
      read('linux/settings.json'),
    );
    const firefox: { policies: { '3rdparty': { Extensions: Record<string, unknown> } } } = JSON.parse(
      read('firefox/policies.json'),
    );
    const given = [
      ...ids.chromium.map((id) => chromium['3rdparty'].extensions[id]),
      firefox.policies['3rdparty'].Extensions[ids.firefox],
    ];
    for (const one of given) {
      const { managed, presets } = applyManaged(DEFAULT_SETTINGS, one);
      expect(managed).toEqual(['ask']);
      expect(presets).toHaveLength(1);
      for (const product of ['chrome', 'edge']) {
        const registry = read(`windows/${product}.reg`).replaceAll('\\"', '"');
        expect(registry).toContain(`\\${ids.chromium[0]}\\policy]`);
        expect(registry).toContain(`"sessions"="${JSON.stringify(Object(one).sessions)}"`);
        expect(registry).toContain('"ask"=dword:00000000');
      }
    }
  });
});
