import { AwsherError } from '../../../../shared/errors/awsher-error.ts';
import { type InstallReport, install } from '../../../base/install/install.ts';
import { type Check, type Finding, fail, ok, shortPath, together } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { manifestProblem } from '../manifest-check.ts';
import { type Registration, registrations, titleOf } from '../registrations.ts';

/** The manifests that tell browsers where the host is: there, readable, with the right keys, ids and path. */
export const manifests: Check = {
  id: 'manifests',
  title: 'Host manifests',
  run(context) {
    const { expected, others } = registrations(context.machine);
    if (expected.length === 0) {
      return fail(
        'awsher is not registered with any browser, and found none it supports.',
        'run `awsher install --browser NAME` with the browser you use',
      );
    }
    const finding = together(expected.map((registration) => manifestFinding(registration, context)));
    if (finding.result !== 'ok' || others.length === 0) return finding;
    return ok(`${finding.detail}\nnot registered, which is fine if you do not use it: ${others.join(', ')}`);
  },
};

function manifestFinding(registration: Registration, context: DoctorContext): Finding {
  const { machine } = context;
  const { browser, files, registryKeys } = registration;
  const title = titleOf(registration);
  const named = registryKeys.map((key) => ({ key, file: machine.registry.read(key) }));
  const problems = [
    ...named.flatMap(({ key, file }) => (file === undefined ? `the registry key ${key} does not exist` : [])),
    ...[...files, ...named.flatMap(({ file }) => file ?? [])].flatMap((file) => {
      const problem = manifestProblem(file, browser.family, machine);
      return problem === undefined ? [] : `${shortPath(file, machine.paths.home)} ${problem}`;
    }),
  ];
  if (problems.length === 0) return ok(title);
  const next = `run \`${command(registration)}\`, or \`awsher doctor --fix\``;
  return fail(`${title}: ${[...new Set(problems)].join('; ')}`, next, () => register(registration, context));
}

function command({ browser, userDataDir, allUsers }: Registration): string {
  const folder = userDataDir === undefined ? '' : ` --user-data-dir "${userDataDir}"`;
  return `${allUsers ? 'sudo ' : ''}awsher install --browser ${browser.id}${folder}${allUsers ? ' --system' : ''}`;
}

function register(registration: Registration, { machine, packageRoot }: DoctorContext): string {
  const { browser, userDataDir, allUsers } = registration;
  if (packageRoot === undefined)
    throw new AwsherError('INTERNAL', 'awsher cannot find its own package folder.');
  const report = install({ names: [browser.id], userDataDir, allUsers, dryRun: false, packageRoot }, machine);
  throwFirst(report);
  return `${titleOf(registration)} was registered again`;
}

function throwFirst({ browsers }: InstallReport): void {
  const error = browsers.find((browser) => browser.error)?.error;
  if (error) throw error;
}
