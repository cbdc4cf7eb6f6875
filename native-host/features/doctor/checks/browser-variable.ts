import { delimiter, isAbsolute, join } from 'node:path';
import { isOwnName, shellWords } from '../../../base/platform/browser-variable.ts';
import { type Check, fail, inline, ok, skip } from '../check.ts';
import type { DoctorContext } from '../context.ts';

const RECIPE = '`BROWSER="awsher open-url %s" aws sso login`';

/** `BROWSER`, through which other tools hand their sign-in to awsher. */
export const browserVariable: Check = {
  id: 'browser-variable',
  title: 'BROWSER',
  aboutShell: true,
  run(context) {
    const value = context.env.BROWSER;
    if (!value) return skip(`Not set. To approve another tool's sign-in: ${RECIPE}.`);
    const entries = entriesOf(value, context);
    const own = entries.find(([program = '']) => isOwnName(program));
    if (own) return ownEntry(own, context);
    const found = entries.filter(([program]) => program && isThere(program, context));
    if (found.length === 0) {
      return fail(
        `BROWSER names ${inline(entries.map(([program]) => program ?? '').join(', '))}, which does not exist.`,
        'run `unset BROWSER`, or set it to a program that exists',
      );
    }
    return ok(`BROWSER is ${inline(value)}. To approve another tool's sign-in: ${RECIPE}.`);
  },
};

/** Whether a tool that asks `BROWSER` hands its sign-in to awsher. */
export function asksAwsher(context: DoctorContext): boolean {
  const own = entriesOf(context.env.BROWSER ?? '', context).find(([program = '']) => isOwnName(program));
  return own !== undefined && ownEntry(own, context).result === 'ok';
}

function entriesOf(value: string, { platform }: DoctorContext): string[][] {
  const windows = platform === 'win32';
  return value.split(windows ? ';' : ':').map((entry) => shellWords(entry.trim(), windows));
}

function ownEntry(words: readonly string[], context: DoctorContext) {
  const [program = '', ...rest] = words;
  if (!isThere(program, context)) {
    return fail(
      `BROWSER names ${inline(program)}, which is not in PATH.`,
      'run `npm install -g awsher`, or write its full path',
    );
  }
  const isOpener = /awsher-open(\.\w+)?$/i.test(program);
  if (!isOpener && rest[0] !== 'open-url') {
    return fail(
      'BROWSER starts awsher without `open-url`, so nothing is opened.',
      'run `export BROWSER="awsher open-url %s"`',
    );
  }
  return ok('Other tools send their sign-ins to awsher.');
}

const isThere = (program: string, context: DoctorContext): boolean => inPath(program, context) !== undefined;

/** The file that a shell starts for a program's name or whole path. */
export function inPath(program: string, { env, machine, platform }: DoctorContext): string | undefined {
  const endings = platform === 'win32' ? ['', '.cmd', '.exe', '.bat'] : [''];
  const files = isAbsolute(program)
    ? [program]
    : (env.PATH ?? '')
        .split(delimiter)
        .flatMap((folder) => endings.map((ending) => join(folder, program + ending)));
  return files.find((file) => machine.disk.kind(file) === 'file');
}
