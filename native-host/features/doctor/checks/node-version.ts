import { type Check, fail, ok } from '../check.ts';

const WANTED = [20, 19] as const;

export const nodeVersion: Check = {
  id: 'node',
  title: 'Node.js',
  run({ nodeVersion: version, machine }) {
    const [major = 0, minor = 0] = version.split('.').map(Number);
    const enough = major > WANTED[0] || (major === WANTED[0] && minor >= WANTED[1]);
    if (enough) return ok(`${version} (${machine.execPath})`);
    return fail(
      `${version} is too old: awsher needs ${WANTED.join('.')} or newer.`,
      'install a newer Node.js, then run `awsher install`',
    );
  },
};
