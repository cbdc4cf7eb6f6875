import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Check, fail, ok, shortPath, skip } from '../check.ts';

/** Deep enough for every file of awsher's own and of AWS's caches. */
const DEPTH = 3;

/** After one `sudo awsher ...` or `sudo aws ...` files in the person's own home are root's, and much fails for that one reason. */
export const ownership: Check = {
  id: 'ownership',
  title: "Files' owner",
  run({ machine, paths }) {
    const { uid } = machine;
    if (uid === undefined) return skip('Windows has no such owners.');
    const places = [paths.awsDir, paths.stateDir, paths.dataDir].filter((path) =>
      path.startsWith(`${paths.home}/`),
    );
    const foreign = [...new Set(places.flatMap((path) => foreignIn(path, uid, DEPTH)))];
    if (foreign.length === 0) return ok('Your files belong to you');
    const shown = foreign.map((path) => shortPath(path, paths.home));
    const others = shown.length > 3 ? ` and ${shown.length - 3} more` : '';
    // The whole folders: what lies deeper is mended with them.
    const roots = places.filter((place) =>
      foreign.some((path) => path === place || path.startsWith(`${place}/`)),
    );
    // What is somebody's is not to become root's: in a container it is their home outside.
    if (uid === 0) {
      const owner = lstatSync(foreign[0] ?? '/').uid;
      return fail(
        `${shown[0]} belongs to user ${owner}, and awsher is running as root.`,
        `run awsher as that user, in a container with \`--user ${owner}\`, or give root a HOME of its own`,
      );
    }
    return fail(
      `${shown.slice(0, 3).join(', ')}${others} ${foreign.length === 1 ? 'belongs' : 'belong'} to another user, as after a \`sudo\`.`,
      `run \`sudo chown -R "$(id -u):$(id -g)" ${roots.map((path) => `"${path}"`).join(' ')}\``,
    );
  },
};

function foreignIn(path: string, uid: number, depth: number): string[] {
  try {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return [];
    if (stats.uid !== uid) return [path];
    if (!stats.isDirectory() || depth === 0) return [];
    return readdirSync(path).flatMap((name) => foreignIn(join(path, name), uid, depth - 1));
  } catch {
    return [];
  }
}
