import { ownPlaces } from '../../../base/install/places.ts';
import { type Check, fail, inline, ok, skip } from '../check.ts';
import type { DoctorContext } from '../context.ts';

/** A browser that runs in the C locale does not find a launcher whose path has other letters than ASCII. */
export const locale: Check = {
  id: 'locale',
  title: 'Letters in paths',
  run({ machine, env }) {
    if (machine.system !== 'linux') return skip('Only on Linux.');
    const { launcher } = ownPlaces(machine, false);
    if (/^[\x20-\x7e]*$/.test(launcher)) return ok('The path of the launcher is plain ASCII.');
    const name = localeOf(env);
    if (/utf-?8/i.test(name))
      return ok(`The path has non-ASCII letters, and the locale ${inline(name)} supports them.`);
    return fail(
      `The path of the launcher has non-ASCII letters (${inline(launcher)}), and the locale is ${inline(name || 'C')}.`,
      'start the browser with a UTF-8 locale: `LANG=C.UTF-8`; or install for all users: `sudo awsher install --system`',
    );
  },
};

/** The locale of letters, as setlocale(3) finds it. */
function localeOf({ LC_ALL, LC_CTYPE, LANG }: DoctorContext['env']): string {
  return LC_ALL || LC_CTYPE || LANG || '';
}
