import type { DoctorContext } from '../../../../native-host/features/doctor/context.ts';
import type { FakeMachine } from '../../base/install/fake-machine.ts';

/** What a check sees of a fake Linux, on which no program says anything and no address answers. */
export const fakeContext = (machine: FakeMachine, changes: Partial<DoctorContext> = {}): DoctorContext => ({
  env: machine.env,
  platform: 'linux',
  paths: machine.paths,
  now: () => 0,
  machine,
  packageRoot: undefined,
  version: '1.0.0',
  nodeVersion: '22.0.0',
  talk: async () => ({ code: 0, stdout: Buffer.alloc(0), stderr: '' }),
  output: async () => '',
  probe: async () => ({ kind: 'failed', code: 'X', proxy: false }),
  ...changes,
});
