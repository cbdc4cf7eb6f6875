import { type Check, type Finding, fail, inline, ok, skip, together } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { callerArguments, shakeHands } from '../launcher-run.ts';
import { programOfManifest } from '../manifest-check.ts';
import { registrations, titleOf } from '../registrations.ts';

/** The whole way that a browser goes: from its manifest to the program, hello in frames over stdin and stdout. */
export const handshake: Check = {
  id: 'handshake',
  title: 'Host handshake',
  async run(context) {
    const ways = waysIn(context);
    if (ways.length === 0) {
      const { expected } = registrations(context.machine);
      if (expected.length > 0 && expected.every(({ variant }) => variant === 'flatpak')) {
        return skip(
          'Only flatpak browsers are registered, and they start programs only inside their sandbox.',
        );
      }
      return fail('awsher is not registered, so no browser can start the host.', 'run `awsher install`');
    }
    return together(await Promise.all(ways.map((way) => go(way, context))));
  },
};

/** One program as browsers start it. */
export interface WayIn {
  readonly title: string;
  readonly program: string;
  readonly args: readonly string[];
}

/** Every program that a manifest of ours names, once for each kind of caller. Flatpak's wrappers run only inside it. */
export function waysIn({ machine }: Pick<DoctorContext, 'machine'>): WayIn[] {
  const ways = new Map<string, WayIn>();
  for (const registration of registrations(machine).expected) {
    if (registration.variant === 'flatpak') continue;
    const { browser, files, registryKeys } = registration;
    const named = registryKeys.flatMap((key) => machine.registry.read(key) ?? []);
    for (const file of [...files, ...named]) {
      const program = programOfManifest(file, machine);
      const key = `${browser.family} ${program}`;
      if (program === undefined || ways.has(key)) continue;
      const args = callerArguments(browser.family, file);
      ways.set(key, { title: titleOf(registration), program, args });
    }
  }
  return [...ways.values()];
}

async function go({ title, program, args }: WayIn, context: DoctorContext): Promise<Finding> {
  const result = await shakeHands(program, args, context);
  if (result.kind === 'greeted') return ok(`${title}: host ${inline(result.version)}`);
  return fail(
    `${title}: the host started, but ${inline(result.why)}`,
    'run `awsher install`; if that does not help, reinstall awsher',
  );
}
