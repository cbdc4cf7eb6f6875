import { FILE_VARIABLES, readLauncher } from '../../../base/install/launcher.ts';
import { filesOfShell } from '../../../base/install/package-launcher.ts';
import { ownPlaces } from '../../../base/install/places.ts';
import { type Check, fail, ok, shortPath, skip } from '../check.ts';

/** Whether the host that browsers start reads the AWS files that this shell reads: its environment is the browser's. */
export const sameFiles: Check = {
  id: 'same-files',
  title: 'Shell and browser use the same AWS files',
  aboutShell: true,
  run({ machine }) {
    const { disk, paths } = machine;
    const carried = readLauncher(disk.read(ownPlaces(machine, false).launcher) ?? '', paths.home)?.files;
    if (carried === undefined) return skip('There is no launcher yet.');
    const own = filesOfShell(machine);
    const apart = FILE_VARIABLES.filter((name) => own[name] !== carried[name]);
    if (apart.length === 0) return ok('the browser reads the files that this shell reads');
    const usual = { AWS_CONFIG_FILE: '~/.aws/config', AWS_SHARED_CREDENTIALS_FILE: '~/.aws/credentials' };
    const words = apart.map((name) => {
      const [here, there] = [own[name], carried[name]].map((path) =>
        path === undefined ? usual[name] : shortPath(path, paths.home),
      );
      return `${name}: this shell reads ${here}, the browser ${there}.`;
    });
    return fail(
      words.join('\n'),
      'run `awsher install` in a shell that uses the right files, then restart the browser',
    );
  },
};
