import { installedEditors } from '../../signin/listening-tools.ts';
import { type Check, ok, skip } from '../check.ts';
import { asksAwsher, inPath } from './browser-variable.ts';

const WRAPPER = 'run `awsher setup-shell`';

/**
 * Commands that sign in, with the line that changes it where a page of AWS asks for a code: the answer of such a sign-in
 * comes to no port of this computer, so nothing tells the browser who asked (docs/other-tools.md).
 */
const COMMANDS: readonly { program: string; shows: 'code' | 'either'; line: string }[] = [
  { program: 'aws', shows: 'either', line: WRAPPER },
  { program: 'aws-sso-util', shows: 'code', line: WRAPPER },
  { program: 'aws-vault', shows: 'code', line: WRAPPER },
  { program: 'aws-sso', shows: 'either', line: 'set AuthUrlAction in its config (docs/other-tools.md)' },
  {
    program: 'granted',
    shows: 'either',
    line: 'set CustomSSOBrowserPath in its config (docs/other-tools.md)',
  },
];

/** How the sign-ins of other tools that are here are approved today: by itself, or by the person's word about a code. */
export const otherTools: Check = {
  id: 'other-tools',
  title: 'Sign-ins of other tools',
  aboutShell: true,
  run(context) {
    const handsOver = asksAwsher(context);
    const commands = COMMANDS.flatMap(({ program, shows, line }) => {
      const file = inPath(program, context);
      if (file === undefined) return [];
      const version = program === 'aws' ? versionIn(context.machine.disk.real(file)) : undefined;
      // The others open the page as their own config says, and ask no variable.
      const byItself =
        (handsOver && line === WRAPPER) || (version !== undefined && isAtLeast(version, 2, 22));
      if (byItself) return [`${program}: approved automatically`];
      if (version !== undefined || shows === 'code')
        return [
          `${program}: awsher asks whether its code matches your terminal; to approve it automatically, ${line}`,
        ];
      return [`${program}: approved automatically, except with a code; for those, ${line}`];
    });
    const editors = installedEditors(context.paths.home).map((name) => `${name}: approved automatically`);
    const found = [...commands, ...editors];
    return found.length === 0 ? skip('No other sign-in tool was found.') : ok(found.join('\n'));
  },
};

/** `[2, 22]` of the folder that the AWS CLI's installer and Homebrew put it in; asking it costs a second. */
function versionIn(path: string | undefined): readonly [number, number] | undefined {
  const [, major, minor] = /[\\/](\d+)\.(\d+)\.\d+[\\/]/.exec(path ?? '') ?? [];
  return major === undefined ? undefined : [Number(major), Number(minor)];
}

const isAtLeast = ([major, minor]: readonly [number, number], wanted: number, and: number): boolean =>
  major > wanted || (major === wanted && minor >= and);
