import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

// needs: openssh-server

const SSHD = '/usr/sbin/sshd';

/** Whether this machine has OpenSSH's server, and may start it. */
export const hasSshd = fs.existsSync(SSHD) && fs.existsSync('/usr/bin/ssh') && process.platform === 'linux';

/** OpenSSH's server on a loopback port, with keys and settings of its own. */
export interface Sshd {
  /** Runs a command line on "the other machine"; with a terminal there as `ssh -t` does. */
  ssh(line: string, options?: { tty?: boolean }): ChildProcess;
  close(): Promise<void>;
}

export async function startSshd(): Promise<Sshd> {
  const folder = fs.mkdtempSync(join(tmpdir(), 'awsher-sshd-'));
  const file = (name: string) => join(folder, name);
  for (const name of ['host', 'key'])
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file(name)]);
  const port = await freePort();
  const [kind, key] = fs.readFileSync(file('host.pub'), 'utf8').split(' ');
  fs.writeFileSync(file('known'), `[127.0.0.1]:${port} ${kind} ${key}\n`);
  fs.writeFileSync(
    file('config'),
    [
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${file('host')}`,
      `AuthorizedKeysFile ${file('key.pub')}`,
      'PidFile none',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'PermitRootLogin yes',
      'UsePAM no',
      // The temporary folder is everybody's.
      'StrictModes no',
      '',
    ].join('\n'),
  );
  // The server wants this folder for its unprivileged part, and only its package's start script makes it.
  if (process.getuid?.() === 0) fs.mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  const server = spawn(SSHD, ['-D', '-e', '-f', file('config')], { stdio: ['ignore', 'ignore', 'pipe'] });
  await listening(server);
  return {
    ssh(line, { tty = false } = {}) {
      const options = [`UserKnownHostsFile=${file('known')}`, 'BatchMode=yes', 'LogLevel=ERROR'];
      const args = ['-F', '/dev/null', '-p', String(port), '-i', file('key'), tty ? '-tt' : '-T'];
      const target = `${userInfo().username}@127.0.0.1`;
      return spawn('ssh', [...args, ...options.flatMap((option) => ['-o', option]), target, line], {
        stdio: ['pipe', 'pipe', 'pipe'],
      });
    },
    async close() {
      const ended = new Promise((resolve) => server.once('close', resolve));
      server.kill();
      await ended;
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

function listening(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes('listening on')) resolve();
    });
    server.once('close', () => reject(new Error(`sshd does not start: ${said}`)));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(address !== null && typeof address === 'object' ? address.port : 0));
    });
  });
}
