import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Finding } from '../../../../native-host/features/doctor/check.ts';
import { sandbox } from '../../../../native-host/features/doctor/checks/sandbox.ts';
import { type FakeMachine, fakeMachine } from '../../base/install/fake-machine.ts';
import { fakeContext } from './fake-context.ts';

let machine: FakeMachine;
beforeEach(() => {
  machine = fakeMachine('linux');
});
afterEach(() => machine.remove());

async function look(): Promise<Finding> {
  return sandbox.run(fakeContext(machine));
}

const CHROME = 'com.google.Chrome';

describe('sandboxed browsers', () => {
  it('are skipped where there is none', async () => {
    machine.put('/usr/bin/firefox');
    expect((await look()).result).toBe('skip');
  });

  it('a snap that cannot start the host is a failure when it is the only browser, and else just told', async () => {
    machine.putFolder('/snap/chromium');
    expect(await look()).toMatchObject({
      result: 'fail',
      detail: expect.stringContaining('Chromium (snap) cannot start the host'),
      next: expect.stringContaining('use the browser'),
    });
    machine.put('/usr/bin/firefox');
    expect(await look()).toMatchObject({
      result: 'skip',
      detail: expect.stringContaining('another browser'),
    });
  });

  it.each([`/home/ana maría/.local/share/flatpak/overrides/${CHROME}`, '/var/lib/flatpak/overrides/global'])(
    'a flatpak needs the override, for example in %s',
    async (file) => {
      machine.putFolder(`/var/lib/flatpak/app/${CHROME}`);
      expect(await look()).toMatchObject({
        result: 'fail',
        next: expect.stringContaining(
          `flatpak override --user --talk-name=org.freedesktop.Flatpak ${CHROME}`,
        ),
      });
      machine.put(file, '[Session Bus Policy]\norg.freedesktop.Flatpak=talk\n');
      expect((await look()).result).toBe('ok');
    },
  );
});
