import { otherProxy, proxyToAws } from '../../../aws/calls/proxy.ts';
import { placesRead } from '../../../base/files/paths.ts';
import { FILE_VARIABLES, readLauncher } from '../../../base/install/launcher.ts';
import { filesOfShell } from '../../../base/install/package-launcher.ts';
import { ownPlaces } from '../../../base/install/places.ts';
import { type Check, type Finding, fail, inline, ok, shortPath, skip, together } from '../check.ts';
import { contactHosts } from '../connected.ts';

/** How a desktop, and so a browser and its host, gets a variable that a shell's start-up file sets. */
const PROXY_HINTS = {
  linux: 'put HTTPS_PROXY into ~/.config/environment.d/proxy.conf',
  darwin: 'run `launchctl setenv HTTPS_PROXY ADDRESS`',
  win32: 'run `setx HTTPS_PROXY ADDRESS`',
};

/** Whether the hosts that browsers start, and those that run, read the files that this shell reads: their environment is the browser's. */
export const sameFiles: Check = {
  id: 'same-files',
  title: 'Shell and browser use the same AWS files and proxy',
  aboutShell: true,
  async run(context) {
    const { machine } = context;
    const { disk, paths, env } = machine;
    const carried = readLauncher(disk.read(ownPlaces(machine, false).launcher) ?? '', paths.home)?.files;
    if (carried === undefined) return skip('There is no launcher yet.');
    const usual = placesRead(paths, {}, machine.system);
    const named = filesOfShell(machine);
    // What this shell names and nobody could hand on (the null device of an `exec`) is nothing to compare.
    const own = { ...placesRead(paths, env, machine.system), ...named };
    const words = (there: Readonly<Record<string, string>>, who: string) =>
      FILE_VARIABLES.filter((name) => name in named || !env[name] || own[name] === usual[name])
        .filter((name) => there[name] !== undefined && there[name] !== own[name])
        .map((name) => {
          const [here, other] = [own[name], there[name] ?? ''].map(
            (path) => shortPath(path, paths.home) || 'none',
          );
          return `${name}: this shell reads ${here}, ${who} ${other}.`;
        });
    const next = 'run `awsher install` in a shell that uses the right files, then restart the browser';
    const started = words({ ...usual, ...carried }, 'the browser').map((detail) => fail(detail, next));
    if (started.length > 0) return together(started);
    const running = (await contactHosts(context)).flatMap((contact): Finding[] => {
      if (contact.kind !== 'greeted') return [];
      const browser = inline(contact.browser);
      const restart = `restart ${browser}, from a desktop or shell that does not name other files`;
      const files = words(contact.reads ?? {}, browser).map((detail) => fail(detail, restart));
      const detail = otherProxy(proxyToAws(env), contact.reads?.proxy, browser);
      if (detail === undefined) return files;
      return [...files, fail(detail, `${PROXY_HINTS[machine.system]}, then log out and in again`)];
    });
    return together([ok('the browser reads the same files as this shell'), ...running]);
  },
};
