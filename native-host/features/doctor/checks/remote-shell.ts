import { type Marks, mayOpenBrowser, whereAmI, wslInterop } from '../../../base/platform/remote.ts';
import { type Check, fail, ok, skip } from '../check.ts';

const NAMES = {
  local: 'the machine itself',
  ssh: 'a remote shell',
  container: 'a container',
  codespaces: 'a codespace',
  wsl: 'WSL',
} as const;

/** Where this terminal is, and so whether a browser can be opened from it. */
export const remoteShell: Check = {
  id: 'place',
  title: 'This terminal',
  aboutShell: true,
  run(context) {
    const { disk } = context.machine;
    const marks: Marks = {
      exists: (path) => disk.kind(path) !== undefined,
      read: (path) => disk.read(path) ?? '',
    };
    const where = whereAmI(context, marks);
    const what = `${NAMES[where.kind]} (${where.reason})`;
    const may = mayOpenBrowser(context, where, marks);
    if (where.kind === 'wsl' && !may && !wslInterop(marks)) {
      return fail(
        `This is ${what}, and Windows programs cannot be started from it.`,
        'switch interop on in /etc/wsl.conf ([interop] enabled=true), then `wsl --shutdown` in Windows; until then `awsher login` prints address and code',
      );
    }
    if (may) return ok(where.kind === 'local' ? 'on the machine itself' : `${what}; a browser can be opened`);
    const words = where.kind === 'local' ? 'There is no display here' : `This is ${what}`;
    return skip(`${words}: \`awsher login\` prints address and code (docs/remote.md).`);
  },
};
