import { AwsherError } from '../../shared/errors/awsher-error.ts';

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
  const [because, hint] = reason(errnoOf(thrown), folder, offersInPlace);
  return new AwsherError('FILE_WRITE', `${file} could not be written: ${because}.`, { hint, cause: thrown });
}

function reason(
  code: string | undefined,
  folder: string,
  offersInPlace: boolean,
): [because: string, hint: string] {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return ['the disk is full', `make room (\`df -h "${folder}"\`), then run the command again`];
    case 'EACCES':
    case 'EPERM':
      return [
        `its folder ${folder} may not be written by this user`,
        `look at \`ls -ld "${folder}"\` and give yourself the right to write`,
      ];
    case 'EROFS':
      return ['the file system is read-only', `mount ${folder} writable, or point HOME at another folder`];
    case 'ENOTDIR':
    case 'EEXIST':
      return [`a part of the path ${folder} is not a folder`, `look at \`ls -ld "${folder}"\``];
    case 'EBUSY':
    case 'EXDEV':
      return [
        'it is mounted by itself and cannot be replaced as a whole',
        offersInPlace
          ? 'run the command again with `--in-place`'
          : `mount its folder ${folder} instead of the file`,
      ];
    case 'ENAMETOOLONG':
      return ['its path is too long for this file system', 'choose a shorter path'];
    default:
      return [`the system says ${code ?? 'no more than that it failed'}`, 'run `awsher doctor`'];
  }
}
