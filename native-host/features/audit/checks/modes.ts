import { lstatSync, type Stats } from 'node:fs';
import { dirname } from 'node:path';
import { octal } from '../../../base/formats/octal.ts';
import { shellPath } from '../../../base/formats/shell-path.ts';
import type { AuditCheck, AuditContext, Finding } from '../finding.ts';
import { secretFiles } from '../secret-files.ts';

/** Who else may read the secrets, or write where programs are named that run as you. */
export const modes: AuditCheck = {
  id: 'modes',
  about: 'who may read and write the AWS files',
  run: (context) =>
    context.platform === 'win32' ? [] : subjects(context).flatMap((one) => modeFindings(one, context)),
};

interface Subject {
  readonly paths: readonly string[];
  /** All of them, for a command. */
  readonly whole: string;
  readonly secret: boolean;
  readonly mode: '600' | '700';
}

function subjects(context: AuditContext): Subject[] {
  const { paths } = context;
  const folders = [paths.awsDir, dirname(paths.ssoCacheDir), paths.ssoCacheDir];
  folders.push(dirname(paths.cliCacheDir), paths.cliCacheDir);
  const folder = (path: string): Subject => ({ paths: [path], whole: path, secret: false, mode: '700' });
  const file = (path: string, secret: boolean): Subject => ({
    paths: [path],
    whole: path,
    secret,
    mode: '600',
  });
  // A folder's files were made by one program in one way: one finding for all of them.
  const inFolders = new Map<string, string[]>();
  for (const path of secretFiles(context)) {
    if (path === paths.configFile || path === paths.credentialsFile) continue;
    inFolders.set(dirname(path), [...(inFolders.get(dirname(path)) ?? []), path]);
  }
  return [
    ...folders.map(folder),
    { ...folder(paths.stateDir), secret: true },
    file(paths.configFile, false),
    file(paths.credentialsFile, true),
    ...[...inFolders.values()].map(
      (files): Subject => ({
        paths: files,
        whole: files.map((one) => shellPath(one, paths.home)).join(' '),
        secret: true,
        mode: '600',
      }),
    ),
  ];
}

/** Of each kind of problem one finding: the first file's, or that of all of them. */
function modeFindings(subject: Subject, { uid, paths }: AuditContext): Finding[] {
  const problems = new Map<
    string,
    { severity: 'high'; title: string; path: string; count: number; owner: boolean }
  >();
  for (const path of subject.paths) {
    const problem = problemOf(path, subject, uid, paths.home);
    if (problem === undefined) continue;
    const { count = 0, path: first = path } = problems.get(problem.title) ?? {};
    problems.set(problem.title, { severity: 'high', ...problem, path: first, count: count + 1 });
  }
  return [...problems.values()].map(({ severity, title, path, count, owner }) => {
    const target = count === 1 ? shellPath(path, paths.home) : subject.whole;
    return {
      severity,
      title: count === 1 ? title : `${title}, and ${count - 1} more there`,
      file: path,
      line: null,
      fix: owner
        ? `run \`sudo chown "$(id -u):$(id -g)" ${target}\``
        : `run \`chmod ${subject.mode} ${target}\``,
    };
  });
}

function problemOf(
  path: string,
  { secret }: Subject,
  uid: number | undefined,
  home: string,
): { title: string; owner: boolean } | undefined {
  const stats = statOf(path);
  if (stats === undefined || !(stats.isFile() || stats.isDirectory())) return undefined;
  const now = octal(stats.mode);
  if (uid !== undefined && stats.uid !== uid && !path.startsWith(`${home}/`)) return undefined;
  if (uid !== undefined && stats.uid !== uid)
    return { title: `it belongs to user ${stats.uid}, not to you`, owner: true };
  if (stats.mode & 0o022)
    return { title: `others can write to it (${now}), and run programs as you`, owner: false };
  if (secret && stats.mode & 0o077) return { title: `others can read its secrets (${now})`, owner: false };
  return undefined;
}

function statOf(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}
