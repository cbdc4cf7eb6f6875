import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMAND, type Finished } from '../support/awsher.ts';
import { corpConfig, type Home, openHome } from '../support/credentials/home.ts';
import { fault } from './support/fault.ts';

let home: Home;
beforeAll(async () => {
  home = await openHome();
  home.config(corpConfig(home.idc));
  await home.signIn();
});
afterAll(() => home.close());

/** Each command that answers on stdout, and both ways of credential-process: asked at the portal, and from the cache. */
const ANSWERING = [
  ['--version'],
  ['--help'],
  ['status'],
  ['status', '--json'],
  ['accounts', '--json'],
  ['whoami', '--profile', 'dev'],
  ['profiles', 'list'],
  ['explain', 'dev'],
  ['files'],
  ['audit', '--json'],
  ['credential-process', '--profile', 'dev'],
  ['credential-process', '--profile', 'dev'],
  ['export', '--profile', 'dev', '--format', 'env'],
  ['completion', 'bash'],
] as const;

/** Runs the command behind a shell that says where stdout goes. */
function inShell(script: string, args: readonly string[]): Promise<Finished> {
  return new Promise((resolve) => {
    const child = spawn('bash', ['-c', script, 'bash', process.execPath, COMMAND, ...args], {
      env: home.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const text = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const)
      child[stream].setEncoding('utf8').on('data', (chunk: string) => {
        text[stream] += chunk;
      });
    child.on('close', (code, signal) => resolve({ code, signal, ...text }));
  });
}

describe('an answer that cannot be written', () => {
  const skip = existsSync('/dev/full') ? undefined : 'this system has no /dev/full';

  fault(
    {
      breaks: 'The disk behind stdout is full',
      sees: '[FILE_WRITE] one sentence, for every command that answers',
      exit: 1,
      within: 5,
    },
    async (ends) => {
      for (const args of ANSWERING) {
        const { stderr } = await ends(() => inShell('"$@" > /dev/full', args));
        expect(stderr, args.join(' ')).toMatch(/^✗ Cannot write to standard output: the disk is full/m);
        expect(stderr.match(/✗/g), args.join(' ')).toHaveLength(1);
      }
    },
    skip,
  );

  fault(
    {
      breaks: 'Nobody reads stdout any more (`awsher … | head`)',
      sees: 'nothing: it ends quietly',
      exit: 0,
      within: 5,
    },
    async (ends) => {
      for (const args of ANSWERING) {
        const { stderr } = await ends(() =>
          inShell('set -o pipefail; { sleep 0.3; "$@"; } | true; exit "${PIPESTATUS[0]}"', args),
        );
        expect(stderr, args.join(' ')).toBe('');
      }
    },
  );

  it('is told also when only its end did not fit', async () => {
    const script = 'ulimit -f 1; trap "" XFSZ; "$@" > "$HOME/out"';
    const { code, stderr } = await inShell(script, ['completion', 'bash']);
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('standard output') });
  });
});
