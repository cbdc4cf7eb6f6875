import { AwsherError } from '../../../../shared/errors/awsher-error.ts';
import { readLauncher } from '../../../base/install/launcher.ts';
import { type Machine, pathsOf } from '../../../base/install/machine.ts';
import { launcherInputs, launcherText } from '../../../base/install/package-launcher.ts';
import { ownPlaces } from '../../../base/install/places.ts';
import { type Check, type Finding, fail, inline, ok, shortPath, together } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { callerArguments, endWords, startBare } from '../launcher-run.ts';

/** The small program that manifests point at: there, naming a node and a host that exist, and running without any environment. */
export const launcher: Check = {
  id: 'launcher',
  title: 'Launcher starts in an empty environment',
  async run(context) {
    const { machine } = context;
    const forAll = ownPlaces(machine, true).launcher;
    const own = ownPlaces(machine, false).launcher;
    const isThere = (path: string) => machine.disk.kind(path) === 'file';
    if (!isThere(own) && isThere(forAll)) return launcherFinding(forAll, true, context);
    const findings = [await launcherFinding(own, false, context)];
    if (isThere(forAll)) findings.push(await launcherFinding(forAll, true, context));
    return together(findings);
  },
};

async function launcherFinding(path: string, allUsers: boolean, context: DoctorContext): Promise<Finding> {
  const { machine } = context;
  const shown = shortPath(path, machine.paths.home);
  const broken = (detail: string) =>
    fail(
      `${shown} ${detail}`,
      allUsers ? 'run `sudo awsher install --system`' : 'run `awsher install`, or `awsher doctor --fix`',
      () => rewrite(path, allUsers, context),
    );
  const problem = problemOf(path, machine);
  if (problem !== undefined) return broken(problem);
  const end = await startBare(path, callerArguments('chromium', ''), context);
  if (end.code === 0 && end.stdout.length === 0) return ok(`${shown} runs ${nodeOf(path, machine)}`);
  if (end.code === 0) return broken('writes to stdout before the first request');
  return broken(`does not run: ${inline(endWords(end))}`);
}

function problemOf(path: string, { disk, system, paths }: Machine): string | undefined {
  if (disk.kind(path) !== 'file') return 'does not exist';
  const named = readLauncher(disk.read(path) ?? '', paths.home);
  if (named === undefined) return 'differs from what awsher writes';
  if (system !== 'win32' && ((disk.mode(path) ?? 0) & 0o111) === 0) return 'is not executable';
  if (disk.kind(named.host) !== 'file') return `names the host ${inline(named.host)}, which is gone`;
  return disk.kind(named.node) === 'file' ? undefined : `names the node ${inline(named.node)}, which is gone`;
}

function nodeOf(path: string, { disk, paths }: Machine): string {
  return inline(readLauncher(disk.read(path) ?? '', paths.home)?.node ?? 'node');
}

function rewrite(path: string, allUsers: boolean, { machine, packageRoot }: DoctorContext): string {
  if (packageRoot === undefined)
    throw new AwsherError('INTERNAL', 'awsher cannot find its own package folder.');
  machine.disk.makeFolder(pathsOf(machine).dirname(path), allUsers ? 0o755 : 0o700);
  const files = readLauncher(machine.disk.read(path) ?? '', machine.paths.home)?.files;
  const inputs = launcherInputs(machine, packageRoot, allUsers, { files });
  machine.disk.write(path, launcherText(inputs, machine), 0o755);
  return `${shortPath(path, machine.paths.home)} was rewritten`;
}
