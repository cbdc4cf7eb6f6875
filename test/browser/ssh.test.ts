import type { ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { COMMAND } from '../support/awsher.ts';
import { tokenFiles } from '../support/home-files.ts';
import { type OwnStage, ownStage } from '../support/own-stage.ts';
import { hasSshd, startSshd } from '../support/sshd.ts';
import { until } from '../support/until.ts';

// SKIP without openssh-server and openssh-client.
describe.skipIf(!hasSshd)('`awsher login` through a real SSH server', () => {
  let stage: OwnStage;
  let sshd: Awaited<ReturnType<typeof startSshd>>;
  let far: string;
  beforeEach(async (test) => {
    far = await mkdtemp(join(tmpdir(), 'awsher-far-'));
    sshd = await startSshd();
    stage = await ownStage(test, { signedIn: true });
    // Whatever would be opened over there leaves a trace.
    await mkdir(join(far, 'bin'));
    for (const name of ['xdg-open', 'gio', 'chromium', 'firefox', 'x-www-browser'])
      await writeFile(join(far, 'bin', name), `#!/bin/sh\necho "$0 $*" >> '${far}/opened'\n`, {
        mode: 0o755,
      });
  });
  afterEach(async () => {
    await sshd?.close();
    await rm(far, { recursive: true, force: true, maxRetries: 5 });
  });

  /** The command over there, with what the shell of `home` would have in its environment. */
  function login(home: string, tty: boolean) {
    const { HOME: _, ...env } = stage.env;
    const variables = { ...env, HOME: home, PATH: `${far}/bin:${env.PATH}` };
    const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
    const assigned = Object.entries(variables).map(([name, value]) => quote(`${name}=${value}`));
    const words = ['env', ...assigned, ...[process.execPath, COMMAND, 'login', ...stage.corp].map(quote)];
    return heard(sshd.ssh(words.join(' '), { tty }));
  }

  it.each([
    ['with a terminal', true],
    ['without a terminal', false],
  ])('%s: prints address, code and the line that hands it over; that line ends it', async (_, tty) => {
    const remote = login(far, tty);
    await until(() => remote.said().includes('Approve only if the page shows'));
    const code = stage.idc.deviceCodes[0]?.userCode ?? '';
    expect(remote.said()).toContain(`This is a remote shell (SSH_CONNECTION is set)`);
    expect(remote.said()).toContain(`Code   ${code}`);
    const line = /^ +awsher open-url '(.*)'\r?$/m.exec(remote.said())?.[1] ?? '';
    expect(line).toContain(code);
    // Nothing was opened, neither there nor in the browser that runs on the same machine.
    expect(stage.browser.context.pages()).toHaveLength(1);
    await expect(readFile(join(far, 'opened'))).rejects.toThrow();

    const opened = stage.browser.nextPage();
    const handed = stage.awsher('open-url', line);
    const dialog = await opened;
    await dialog.waitForSelector('#approve');
    await dialog.waitForTimeout(700);
    await dialog.click('#approve').catch(() => {});
    expect((await handed).code).toBe(0);
    expect(await remote.ended).toBe(0);
    expect(remote.said()).toContain('signed in to corp');
    expect(await tokenFiles(far)).toHaveLength(1);
    expect(await tokenFiles(stage.home)).toHaveLength(0);
    expect(stage.idc.unexpected).toEqual([]);
  });

  it('uses no browser of that machine, even one that has awsher; the end of the connection ends it', async () => {
    const remote = login(stage.home, true);
    await until(() => remote.said().includes('Approve only if the page shows'));
    expect(stage.browser.context.pages()).toHaveLength(1);
    remote.child.kill();
    // Its turn is over: the next one need not wait for it.
    const again = login(stage.home, true);
    await until(() => again.said().includes('Approve only if the page shows'));
    expect(again.said()).not.toContain('Another terminal');
    again.child.kill();
    await again.ended;
  });
});

function heard(child: ChildProcess) {
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, ended, said: () => text };
}
