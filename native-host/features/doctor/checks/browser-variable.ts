import { delimiter, isAbsolute, join } from 'node:path';
import { shellWords } from '../../../base/platform/browser-variable.ts';
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
    const windows = context.platform === 'win32';
    const entries = value.split(windows ? ';' : ':').map((entry) => shellWords(entry.trim(), windows));
    const own = entries.find(([program = '']) => isAwsher(program));
    if (own) return ownEntry(own, context);
    const found = entries.filter(([program]) => program && isThere(program, context));
    if (found.length === 0) {
      return fail(
        `BROWSER names ${inline(entries.map(([program]) => program ?? '').join(', '))}, which is not there.`,
        'run `unset BROWSER`, or set it to a program that is there',
      );
    }
    return ok(`BROWSER is ${inline(value)}. To approve another tool's sign-in: ${RECIPE}.`);
  },
};

function ownEntry(words: readonly string[], context: DoctorContext) {
  const [program = '', ...rest] = words;
  if (!isThere(program, context)) {
    return fail(
      `BROWSER names ${inline(program)}, which is not in PATH.`,
      'run `npm install -g awsher`, or write its whole path',
    );
  }
  const isOpener = /awsher-open(\.\w+)?$/i.test(program);
  if (!isOpener && rest[0] !== 'open-url') {
    return fail(
      'BROWSER starts awsher without `open-url`, so nothing is opened.',
      'run `export BROWSER="awsher open-url %s"`',
    );
  }
  return ok('Sign-ins of other tools come to awsher.');
}

function isAwsher(program: string): boolean {
  return /^awsher(-open)?(\.(js|cmd|exe|ps1))?$/i.test(program.replace(/^.*[\\/]/, ''));
}

function isThere(program: string, { env, machine, platform }: DoctorContext): boolean {
  if (isAbsolute(program)) return machine.disk.kind(program) === 'file';
  const endings = platform === 'win32' ? ['', '.cmd', '.exe', '.bat'] : [''];
  return (env.PATH ?? '')
    .split(delimiter)
    .some((folder) => endings.some((ending) => machine.disk.kind(join(folder, program + ending)) === 'file'));
}
