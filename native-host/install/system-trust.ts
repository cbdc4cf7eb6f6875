import { AwsherError } from '../../shared/errors/awsher-error.ts';
import { type Machine, pathsOf } from './machine.ts';

interface Trusting {
  readonly system: Machine['system'];
  readonly disk: Pick<Machine['disk'], 'mode' | 'owner' | 'real'>;
}

/**
 * Throws INSTALL_FAILED when a program that every user's browser is to start, or a folder above it, is another user's or may be
 * written by one: whoever that is could put their own program in its place. Windows' own rights on its program folders are
 * not looked at.
 */
export function refuseUntrusted({ system, disk }: Trusting, programs: readonly string[]): void {
  if (system === 'win32') return;
  const { dirname } = pathsOf({ system });
  for (const program of programs) {
    for (const start of new Set([program, disk.real(program) ?? program])) {
      for (let path = start; ; path = dirname(path)) {
        const mode = disk.mode(path) ?? 0;
        const owner = disk.owner(path) ?? 0;
        if (owner !== 0 || (mode & 0o022) !== 0) throw untrusted(path, owner);
        if (path === dirname(path)) break;
      }
    }
  }
}

function untrusted(path: string, owner: number): AwsherError {
  const whose = owner === 0 ? 'may be written by others than root' : `belongs to user ${owner}`;
  return new AwsherError('INSTALL_FAILED', `${path} ${whose}, who could change what every browser starts.`, {
    hint: 'install awsher and Node where only root may write, as `sudo npm install -g awsher` does',
  });
}
