import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import type { Machine } from './machine.ts';

/**
 * Throws ROOT_REFUSED when root is about to register awsher in the wrong home: in another user's (HOME kept by sudo),
 * or in root's own although a person typed `sudo`, whose browsers would never look there. Root in its own home is
 * fine. `named`: the person said where, so there is nothing to mistake.
 */
export function refuseForeignHome(machine: Machine, command: string, named: boolean): void {
  const { uid, disk, paths, env } = machine;
  if (uid !== 0) return;
  const owner = disk.owner(paths.home);
  const person = env.SUDO_USER;
  const withoutSudo = `run \`awsher ${command}\` without sudo${person && person !== 'root' ? `, as ${person}` : ''}`;
  if (owner !== undefined && owner !== 0) {
    throw new AwsherError(
      'ROOT_REFUSED',
      `awsher runs as root, but the home folder ${paths.home} belongs to ${person && person !== 'root' ? person : `user ${owner}`}.`,
      { hint: `${withoutSudo}; for all users of this computer, add \`--system\`` },
    );
  }
  if (person && person !== 'root' && !named) {
    throw new AwsherError(
      'ROOT_REFUSED',
      `With sudo, awsher would be registered in root's home ${paths.home}, where ${person}'s browsers do not look.`,
      {
        hint: `${withoutSudo}; for all users of this computer, add \`--system\`; for root's own browsers, name them with \`--browser\``,
      },
    );
  }
}

/** Throws INSTALL_FAILED when the places for all users are not this user's to write. Windows decides by itself. */
export function requireRoot({ uid }: Pick<Machine, 'uid'>, command: string): void {
  if (uid === undefined || uid === 0) return;
  throw new AwsherError(
    'INSTALL_FAILED',
    'Only root may change what is installed for all users of this computer.',
    {
      hint: `run \`sudo awsher ${command} --system\``,
    },
  );
}
