import { join, resolve } from 'node:path';
import { AwsherError } from '../../../../shared/errors/awsher-error.ts';
import type { BrowserResult, InstallReport } from '../../../base/install/install.ts';
import type { Machine } from '../../../base/install/machine.ts';
import type { Context } from '../../../base/platform/context.ts';
import { type Command, type Declaration, flag, type Invocation, list, text } from '../command.ts';
import { EXIT } from '../exit.ts';
import { createOutput, describeError, type Output, plain } from '../output.ts';
import { canPick } from '../pick/pick.ts';
import { width } from '../width.ts';

export const declaration: Declaration = {
  name: 'install',
  summary: 'Set up awsher in your browsers',
  description:
    'Registers awsher with each browser it finds, then waits for the extension and continues to your first sign-in. Safe to run again.',
  options: [
    {
      flag: '--browser',
      value: 'NAME',
      description: 'Only these browsers, separated by commas; "all" is every one found',
      completes: 'browser',
      repeatable: true,
    },
    {
      flag: '--user-data-dir',
      value: 'DIR',
      description: 'The user data folder you start that browser with',
      completes: 'file',
    },
    { flag: '--system', description: 'For all users of this computer (needs administrator rights)' },
    { flag: '--dry-run', description: 'Show what would be done, and do nothing' },
  ],
  examples: ['awsher install', 'awsher install --browser firefox,chrome', 'awsher install --dry-run'],
};

/** What a test puts in the place of this computer. */
export interface InstallDependencies {
  machine?: Machine;
  packageRoot?: string;
}

export async function run(
  context: Context,
  invocation: Invocation,
  dependencies: InstallDependencies = {},
): Promise<number> {
  const [{ install }, { machineOf }, { packageRoot }, { makeCodeCache }] = await Promise.all([
    import('../../../base/install/install.ts'),
    import('../../../base/install/machine.ts'),
    import('../../../base/platform/package-root.ts'),
    import('../../../base/install/code-cache.ts'),
  ]);
  const output = createOutput(context, invocation);
  const root = dependencies.packageRoot ?? packageRoot();
  const dryRun = flag(invocation, 'dryRun');
  const report = install(
    {
      names: browserNames(invocation),
      userDataDir: userDataDirOf(context, invocation),
      allUsers: flag(invocation, 'system'),
      dryRun,
      packageRoot: root,
    },
    dependencies.machine ?? machineOf(context),
  );
  if (output.json) output.data(toJson(report, root, dryRun));
  else await show(report, { root, dryRun, output, home: context.paths.home });
  if (!dryRun && dependencies.machine === undefined) makeCodeCache(root, machineOf(context).execPath);
  const code = exitOf(report);
  const guides =
    code === EXIT.done && !dryRun && !output.json && !output.quiet && !flag(invocation, 'system');
  if (!guides || !canPick(context)) return code;
  const { goOn } = await import('../guided-install.ts');
  return (await goOn(context, invocation, output)) ?? code;
}

export const install: Command = { declaration, run: (context, invocation) => run(context, invocation) };

/** The values of `--browser`, also those that one value separates by commas. */
export function browserNames(invocation: Invocation): string[] {
  return list(invocation, 'browser')
    .flatMap((value) => value.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** `--user-data-dir` as an absolute path. Throws USAGE when it does not go with the other options. */
export function userDataDirOf(
  context: Context,
  invocation: Invocation,
  command: 'install' | 'uninstall' = 'install',
): string | undefined {
  const given = text(invocation, 'userDataDir');
  if (given === undefined) return undefined;
  const names = browserNames(invocation);
  const unnamed = names.length === 0 || names.includes('all');
  if (given === '' || (unnamed && command === 'install')) {
    throw new AwsherError('USAGE', '--user-data-dir needs a folder and its browser.', {
      hint: `type \`awsher ${command} --browser chromium --user-data-dir DIR\``,
    });
  }
  if (flag(invocation, 'system')) {
    throw new AwsherError('USAGE', '--user-data-dir and --system cannot be combined.', {
      hint: 'leave one of them out',
    });
  }
  return resolve(context.cwd, given);
}

function exitOf({ browsers }: InstallReport): number {
  const failed = browsers.some(({ result }) => result === 'failed');
  const done = browsers.some(({ result }) => result !== 'failed' && result !== 'unsupported');
  return failed || !done ? EXIT.failed : EXIT.done;
}

interface ShowInputs {
  root: string;
  dryRun: boolean;
  output: Output;
  home: string;
}

const WORDS = {
  registered: ['registered', 'would be registered'],
  updated: ['updated', 'would be updated'],
  unchanged: ['already registered', 'is already registered'],
  unsupported: ['cannot work', 'cannot work'],
  failed: ['failed', 'would fail'],
} as const;

async function show(report: InstallReport, { root, dryRun, output, home }: ShowInputs): Promise<void> {
  const { browserNamed } = await import('../../../base/install/browsers-table.ts');
  for (const result of report.browsers) {
    output.answer(placed(lineOf(result, dryRun, home), output.room));
    if (result.error)
      output.warn(describeError(result.error, output.style, Number.POSITIVE_INFINITY).trimEnd());
    else if (result.note) output.warn(`${titleOf(result)}: ${result.note}`);
  }
  if (report.browsers.every(({ result }) => result === 'failed' || result === 'unsupported')) return;
  output.detail(`launcher ${report.launcher}, node ${report.node}, host ${report.host}`);
  for (const [name, path] of Object.entries(report.files)) {
    const now = dryRun ? 'Browsers would use' : 'Browsers use';
    output.tell(
      `${now} ${name}=${plain(path)}, as this shell does; run \`awsher install\` again when that changes.`,
    );
  }
  if (dryRun) return;
  const families = new Map(
    report.browsers.map(({ id }) => {
      const browser = browserNamed(id);
      return [browser.family, browser];
    }),
  );
  for (const [family, { extensionsPage }] of families)
    output.tell(extensionStep(family, extensionsPage, root));
}

function extensionStep(family: 'chromium' | 'gecko', page: string, root: string): string {
  return family === 'chromium'
    ? `Next, the extension: open ${page}, switch on developer mode, "Load unpacked", ${join(root, 'dist', 'extension', 'chromium')}`
    : `Next, the extension: open ${page}, "Load Temporary Add-on", ${join(root, 'dist', 'extension', 'firefox', 'manifest.json')}`;
}

function titleOf({ name, variant }: BrowserResult): string {
  return variant === 'native' ? name : `${name} (${variant})`;
}

function lineOf(result: BrowserResult, dryRun: boolean, home: string): string[] {
  const word = WORDS[result.result][dryRun ? 1 : 0];
  const where = result.where.map((place) =>
    place.startsWith(`${home}/`) ? `~${place.slice(home.length)}` : place,
  );
  return [titleOf(result), word, ...where];
}

/** A browser, what was done, and where: below it where there is no room for the places. */
export function placed([title = '', done = '', ...places]: readonly string[], room: number): string {
  const line = [`${title}  ${done}`, places.join(', ')].filter((part) => part !== '').join('  ');
  return width(line) <= room ? line : [`${title}  ${done}`, ...places].join('\n  ');
}

function toJson(report: InstallReport, root: string, dryRun: boolean): unknown {
  return {
    dryRun,
    launcher: report.launcher,
    node: report.node,
    host: report.host,
    files: report.files,
    browsers: report.browsers.map(({ id, name, variant, userDataDir, result, where, note, error }) => ({
      browser: id,
      name,
      variant,
      userDataDir: userDataDir ?? null,
      result,
      where,
      note: note ?? null,
      error: error?.toWire() ?? null,
    })),
    extension: {
      chromium: join(root, 'dist', 'extension', 'chromium'),
      firefox: join(root, 'dist', 'extension', 'firefox'),
    },
  };
}
