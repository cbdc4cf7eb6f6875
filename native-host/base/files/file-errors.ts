import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { nodeOs } from './lazy-modules.ts';

/** The `code` of an error that Node's file functions throw (`ENOENT`, ...), or undefined. */
export function errnoOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}

/**
 * A failed write as one sentence with a next step. An AwsherError passes through. `offersInPlace`: the command that is
 * running has the option `--in-place`.
 */
export function writeError(
  file: string,
  folder: string,
  thrown: unknown,
  offersInPlace = false,
): AwsherError {
  if (thrown instanceof AwsherError) return thrown;
  const code = errnoOf(thrown);
  const [because, hint] = protection(code, file, folder) ?? reason(code, standing(folder), offersInPlace);
  return new AwsherError('FILE_WRITE', `${file} could not be written: ${because}.`, { hint, cause: thrown });
}

/** What of a path is there: that is what can be looked at, and what is in the way. */
function standing(path: string): string {
  for (let at = path; ; at = dirname(at)) {
    try {
      statSync(at);
      return at;
    } catch {
      if (at === dirname(at)) return path;
    }
  }
}

/** The answer of a command that did not get out. */
export function outputError(thrown: unknown): AwsherError {
  const [because] = reason(errnoOf(thrown), '', false);
  return new AwsherError('FILE_WRITE', `Cannot write to standard output: ${because}.`, {
    hint: 'check where the output goes, then run the command again',
    cause: thrown,
  });
}

/** The folder lets itself be written, and yet the system says no: then it is about the file. */
function protection(
  code: string | undefined,
  file: string,
  folder: string,
): [because: string, hint: string] | undefined {
  if (code !== 'EPERM' || nodeOs().platform() === 'win32') return undefined;
  try {
    accessSync(folder, constants.W_OK);
    const inMode = statSync(folder).mode & 0o1000;
    if (inMode !== 0 && statSync(file).uid !== process.geteuid?.()) return undefined;
  } catch {
    return undefined;
  }
  const [look, mend] =
    nodeOs().platform() === 'darwin'
      ? [`ls -lOd "${file}" "${folder}"`, `chflags nouchg,nouappnd "${file}"`]
      : [`lsattr -d "${file}" "${folder}"`, `sudo chattr -ia "${file}"`];
  return [
    'it or its folder is protected against any change (immutable or append-only)',
    `look at \`${look}\`, and lift it with \`${mend}\``,
  ];
}

function reason(
  code: string | undefined,
  folder: string,
  offersInPlace: boolean,
): [because: string, hint: string] {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return ['the disk is full', `free some space (\`df -h "${folder}"\`), then run the command again`];
    case 'EACCES':
    case 'EPERM':
      return [
        `you have no write access to its folder ${folder}`,
        `look at \`ls -ld "${folder}"\` and give yourself write access, or point HOME at a folder of yours`,
      ];
    case 'EROFS':
      return ['the file system is read-only', `mount ${folder} writable, or point HOME at another folder`];
    case 'ENOTDIR':
    case 'EEXIST':
      return [
        `${folder} is not a folder`,
        `look at \`ls -ld "${folder}"\`, or point HOME at a folder of yours`,
      ];
    case 'EBUSY':
    case 'EXDEV':
      return [
        'it is mounted on its own and cannot be replaced',
        offersInPlace
          ? 'run the command again with `--in-place`'
          : `mount its folder ${folder} instead of the file`,
      ];
    case 'ENAMETOOLONG':
      return ['its path is too long for this file system', 'choose a shorter path'];
    default:
      return [`the system says ${code ?? 'only that it failed'}`, 'run `awsher doctor`'];
  }
}
