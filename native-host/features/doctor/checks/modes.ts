import { chmodSync, lstatSync, readdirSync, type Stats } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Paths } from '../../../base/files/paths.ts';
import { namesIn } from '../../../base/files/read-file.ts';
import { readableConfig } from '../../../base/files/readable-config.ts';
import { octal } from '../../../base/formats/octal.ts';
import { knownNames } from '../../inventory/known-names.ts';
import { type Check, type Finding, fail, ok, shortPath, skip, together } from '../check.ts';
import type { DoctorContext } from '../context.ts';

/** Files with secrets are for their owner alone, and nobody else may write where they are. */
export const modes: Check = {
  id: 'modes',
  title: "Files' modes",
  run(context) {
    if (context.platform === 'win32')
      return skip('Windows has no file modes; your profile folder is private.');
    const findings = subjects(context.paths).flatMap((subject) => modeFinding(subject, context) ?? []);
    const loose = new Set(findings.filter(({ result }) => result === 'fail').map(({ detail }) => detail))
      .size;
    if (loose > 0) return together(findings);
    return findings.length === 0
      ? skip('There are no files yet.')
      : ok(`${findings.length} files and folders are private`);
  },
};

interface Subject {
  readonly path: string;
  /** Bits that may not be there. */
  readonly forbidden: number;
  /** What it gets. */
  readonly mode: number;
}

/**
 * The AWS CLI makes its cache folders with the umask and only the files in them 0600; a folder that others may list, but
 * not write to, gives nothing away. awsher's own folders are closed altogether.
 */
function subjects(paths: Paths): Subject[] {
  const secret = (path: string): Subject => ({ path, forbidden: 0o077, mode: 0o600 });
  const closed = (path: string): Subject => ({ path, forbidden: 0o077, mode: 0o700 });
  const notWritable = (path: string): Subject => ({ path, forbidden: 0o022, mode: 0o700 });
  const undo = join(paths.stateDir, 'undo');
  const undoCopies = namesIn(undo).flatMap((name) => files(join(undo, name)));
  const folders = [paths.awsDir, dirname(paths.ssoCacheDir), paths.ssoCacheDir];
  folders.push(dirname(paths.cliCacheDir), paths.cliCacheDir);
  return [
    ...folders.map(notWritable),
    closed(paths.stateDir),
    closed(paths.dataDir),
    { path: paths.configFile, forbidden: 0o022, mode: 0o600 },
    ...[paths.credentialsFile, ...knownFiles(paths)].map(secret),
    ...[...files(paths.stateDir), ...undoCopies].map(secret),
  ];
}

function modeFinding(
  { path, forbidden, mode }: Subject,
  { machine, paths }: DoctorContext,
): Finding | undefined {
  const stats = statOf(path);
  if (stats === undefined || !(stats.isFile() || stats.isDirectory())) return undefined;
  const shown = shortPath(path, paths.home);
  // The check of owners is about that.
  if (machine.uid !== undefined && stats.uid !== machine.uid) return undefined;
  if ((stats.mode & forbidden) === 0) return ok(shown);
  const now = octal(stats.mode);
  const wanted = octal(mode);
  return fail(
    `${shown} is ${now}, so others can ${stats.mode & 0o022 ? 'write to' : 'read'} it.`,
    `run \`chmod ${wanted.slice(1)} "${path}"\`, or \`awsher doctor --fix\``,
    () => {
      chmodSync(path, mode);
      return `${shown} is ${wanted} now`;
    },
  );
}

function statOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** Files of the caches that are awsher's or the AWS CLI's; those of other programs are theirs, and so are their modes. */
function knownFiles(paths: Paths): string[] {
  const { tokens, registrations, roles } = knownNames(paths, readableConfig(paths));
  return [
    ...files(paths.ssoCacheDir).filter((path) => tokens.has(basename(path)) || registrations.has(path)),
    ...files(paths.cliCacheDir).filter((path) => roles.has(basename(path, '.json'))),
  ];
}

function files(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => join(folder, name));
  } catch {
    return [];
  }
}
