import { expect, it } from 'vitest';
import { captureProgram } from '../../../../native-host/base/platform/captured-program.ts';

const env = { PATH: process.env.PATH ?? '' };
const shell = (script: string, timeoutMs = 60_000) =>
  captureProgram('sh', ['-c', script], { env, timeoutMs });

it('does not wait for what a shell started, neither after the deadline nor after too much', async () => {
  expect(await shell('(while echo; do sleep 0.05; done) & wait', 200)).toEqual({
    code: null,
    late: true,
    stdout: '',
  });
  expect(await shell('yes; true')).toEqual({ code: null, late: false, stdout: '' });
});

it('tells a signal from the deadline', async () => {
  expect(await shell('echo a; kill -9 $$')).toEqual({ code: null, late: false, stdout: 'a\n' });
  expect(await shell('echo a; exit 3')).toEqual({ code: 3, late: false, stdout: 'a\n' });
});
