import { spawn } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { COMMAND, type Finished } from '../support/awsher.ts';
import { runLine } from '../support/command-line.ts';
import { shellEnv } from '../support/shell-env.ts';
import { fault } from './support/fault.ts';
import { ownFolder } from './support/homes.ts';

// needs: build

const USER = 12_345;

function as(uid: number, args: readonly string[], home: string): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [COMMAND, ...args], {
      uid,
      gid: uid,
      env: shellEnv(home),
      cwd: '/',
    });
    const text = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const)
      child[stream].setEncoding('utf8').on('data', (chunk: string) => {
        text[stream] += chunk;
      });
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, ...text }));
  });
}

describe('after one sudo', () => {
  fault(
    {
      breaks: "awsher's state folder belongs to root",
      sees: '`doctor`: one finding, with the one `chown` that mends it',
      exit: 1,
      within: 10,
    },
    async (ends) => {
      const home = ownFolder('home');
      chmodSync(join(home, '..'), 0o755);
      for (const folder of ['', '.local', '.local/state', '.aws']) {
        mkdirSync(join(home, folder), { recursive: true });
        chownSync(join(home, folder), USER, USER);
      }
      const state = join(home, '.local/state/awsher');
      mkdirSync(state, { mode: 0o700 });
      writeFileSync(join(state, 'host.log'), '');
      const { stdout } = await ends(() => as(USER, ['doctor', '--json'], home));
      const { checks } = JSON.parse(stdout);
      const failed = checks.filter(({ result }: { result: string }) => result === 'fail');
      expect(failed).toEqual([
        expect.objectContaining({
          id: 'ownership',
          detail: expect.stringContaining('~/.local/state/awsher belongs to another user'),
          next: `run \`sudo chown -R "$(id -u):$(id -g)" "${state}"\``,
        }),
      ]);
    },
    process.geteuid?.() === 0 ? undefined : 'gives a folder to another user, as root',
  );

  fault(
    {
      breaks: "Root runs over somebody's `~/.aws`, as in a container that has it mounted",
      sees: '`doctor`: whose it is, and no `chown` that would take it away',
      exit: 1,
      within: 10,
    },
    async (ends) => {
      const home = ownFolder('home');
      mkdirSync(join(home, '.aws'), { mode: 0o700 });
      chownSync(join(home, '.aws'), USER, USER);
      const { stdout } = await ends(() => runLine(['doctor'], shellEnv(home)));
      expect(stdout).toContain(`~/.aws belongs to user ${USER}, and awsher is running as root.`);
      expect(stdout).toContain(`--user ${USER}`);
      expect(stdout).not.toContain('chown');
    },
    process.geteuid?.() === 0 ? undefined : 'is about root',
  );
});
