import { browsersTable } from '../../../base/install/browsers-table.ts';
import { findBrowsers, isThere, type Place, placesOf } from '../../../base/install/find-browsers.ts';
import type { Machine } from '../../../base/install/machine.ts';
import { type Check, type Finding, fail, ok, skip, together } from '../check.ts';
import { contactHosts } from '../connected.ts';

/** Browsers from flatpak and snap, whose sandbox may not let them start the host. */
export const sandbox: Check = {
  id: 'sandbox',
  title: 'Sandboxed browsers',
  async run(context) {
    const { machine } = context;
    if (machine.system !== 'linux') return skip('Only on Linux.');
    const places = browsersTable()
      .flatMap((browser) => placesOf(browser, machine))
      .filter((place) => place.variant !== 'native' && isThere(place, machine));
    if (places.length === 0) return skip('No browser on this computer comes from flatpak or snap.');
    const usable = findBrowsers(machine).some(({ variant }) => variant === 'native');
    const connected = (await contactHosts(context)).some(({ kind }) => kind === 'greeted');
    const findings = places.map((place) => placeFinding(place, machine));
    const bad = findings.filter(({ result }) => result === 'fail');
    if (bad.length === 0 || !(usable || connected)) return together(findings);
    const { detail } = together(findings);
    return skip(`${detail}\nanother browser on this computer works`, together(bad).next);
  },
};

function placeFinding(place: Place, machine: Machine): Finding {
  const title = `${place.browser.name} (${place.variant})`;
  const note = place.note ?? '';
  switch (place.works) {
    case 'yes':
      return ok(`${title} works`);
    case 'portal':
      return ok(`${title}: ${note}`);
    case 'no':
      return fail(
        `${title} cannot start the host. ${note}`,
        'use the browser from its vendor or your distribution',
      );
    case 'override': {
      const app = place.flatpakApp ?? '';
      if (mayTalkToFlatpak(app, machine)) return ok(`${title} may start programs outside of its sandbox`);
      return fail(
        `${title} may not start programs outside its sandbox.`,
        `run \`flatpak override --user --talk-name=org.freedesktop.Flatpak ${app}\`, then restart the browser`,
      );
    }
  }
}

/** Overrides are key files; the person's own and the computer's, for the app or for all (`global`). */
function mayTalkToFlatpak(app: string, { disk, paths }: Machine): boolean {
  return [`${paths.home}/.local/share/flatpak/overrides`, '/var/lib/flatpak/overrides']
    .flatMap((folder) => [`${folder}/${app}`, `${folder}/global`])
    .some((file) => /^org\.freedesktop\.Flatpak=(talk|own)$/m.test(disk.read(file) ?? ''));
}
