import { pathsOf } from '../../../base/install/machine.ts';
import { hostScript } from '../../../base/install/package-launcher.ts';
import { type Check, fail, ok, shortPath } from '../check.ts';

/** The parts of this package that browsers need. */
export const packageParts: Check = {
  id: 'package',
  title: 'Package',
  run({ packageRoot, machine, version }) {
    const again = 'run `npm install -g awsher` again';
    if (packageRoot === undefined) return fail('awsher cannot find its own package folder.', again);
    const { join } = pathsOf(machine);
    const extension = (engine: string) => join(packageRoot, 'dist', 'extension', engine, 'manifest.json');
    const wanted = [hostScript(packageRoot, machine), extension('chromium'), extension('firefox')];
    const missing = wanted.filter((file) => machine.disk.kind(file) !== 'file');
    if (missing.length === 0) return ok(`awsher ${version} in ${shortPath(packageRoot, machine.paths.home)}`);
    return fail(`Parts of the package are missing: ${missing.join(', ')}`, again);
  },
};
