import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as v from 'valibot';
import type { Plugin } from 'vite';
import { ROOT } from './root.ts';

/** One place in a source, as it stands there and as it stands when its guard can be switched off. */
type Switch = readonly [file: string, from: string, to: string];

/** True in the built extension when the guard is switched off. */
const off = (name: string): string => `globalThis.awsherWithout.includes(${JSON.stringify(name)})`;

/** What guards a press besides the checks: by name, where it stands, and how it is switched. */
const GUARDS: Readonly<Record<string, readonly Switch[]>> = {
  'our visit': [
    [
      'extension/background/approval/approvals.ts',
      'if (!isDue) return WATCH;',
      `if (!isDue && !${off('our visit')}) return WATCH;`,
    ],
  ],
  'read again': [
    [
      'extension/content/content.iife.ts',
      ' || JSON.stringify(readPage()) !== JSON.stringify(expected)',
      ` || (!${off('read again')} && JSON.stringify(readPage()) !== JSON.stringify(expected))`,
    ],
  ],
  'address at the press': [
    [
      'extension/content/content.iife.ts',
      'if (location.href !== address) return false;',
      `if (!${off('address at the press')} && location.href !== address) return false;`,
    ],
  ],
  'one at the press': [
    [
      'extension/content/read-page.ts',
      'visible.length === 1 && ',
      `(${off('one at the press')} || visible.length === 1) && `,
    ],
  ],
  'uncovered at the press': [
    [
      'extension/content/read-page.ts',
      ' && !isCovered(button)',
      ` && (${off('uncovered at the press')} || !isCovered(button))`,
    ],
  ],
  'visible at the press': [
    [
      'extension/content/read-page.ts',
      'found.filter(isVisible);\n  const [button]',
      `(${off('visible at the press')} ? found : found.filter(isVisible));\n  const [button]`,
    ],
  ],
  // No guard: Chromium before 148 has no such name, and webextension-polyfill has its work to do.
  'the name `browser`': [
    [
      'webextension-polyfill/dist/browser-polyfill.js',
      'if (!(globalThis.browser && globalThis.browser.runtime && globalThis.browser.runtime.id)) {',
      'if (true) {',
    ],
  ],
};

const CHECKS_FILE = 'shared/approval/checks.ts';
/** What decides, and what presses. */
const SCRIPTS = ['background.js', 'content.js'];

const builder = v.object({ buildExtension: v.function() });

/** An extension whose checks and guards can be switched off; all of them are on at first. */
export interface Breakable {
  readonly extension: string;
  /** Writes which checks and guards are off; an extension that runs has to be loaded again. */
  without(names: readonly string[]): Promise<void>;
  remove(): Promise<void>;
}

/**
 * Builds the extension for Chromium once, as the real builder makes it, with switches for the named checks and guards, in a temp
 * folder. Fails when a name is not found in the sources: a mutation that changes nothing would prove nothing.
 */
export async function buildBreakable(names: readonly string[]): Promise<Breakable> {
  const folder = await mkdtemp(join(tmpdir(), 'awsher-mutant-'));
  const done = new Set<string>();
  const script = pathToFileURL(join(ROOT, 'scripts/build/extension.mjs')).href;
  const { buildExtension } = v.parse(builder, await import(/* @vite-ignore */ script));
  await buildExtension('chromium', folder, { plugins: [switches(new Set(names), done)] });
  const left = names.filter((name) => !done.has(name));
  if (left.length > 0) throw new Error(`nothing in the sources is called ${left.join(', ')}`);
  const extension = join(folder, 'extension', 'chromium');
  const built = await Promise.all(
    SCRIPTS.map(
      async (name) => [join(extension, name), await readFile(join(extension, name), 'utf8')] as const,
    ),
  );
  const without = async (off: readonly string[]): Promise<void> => {
    const unknown = off.filter((name) => !done.has(name));
    if (unknown.length > 0) throw new Error(`no switch for ${unknown.join(', ')}`);
    const head = `globalThis.awsherWithout=${JSON.stringify(off)};\n`;
    for (const [file, code] of built) await writeFile(file, head + code);
  };
  await without([]);
  return { extension, without, remove: () => rm(folder, { recursive: true, force: true }) };
}

function switches(names: ReadonlySet<string>, done: Set<string>): Plugin {
  return {
    name: 'awsher-mutant',
    enforce: 'pre',
    transform(source, id) {
      const path = id.replaceAll('\\', '/');
      let code = source;
      if (path.endsWith(`/${CHECKS_FILE}`)) code = switchedChecks(code, names, done);
      for (const name of names) {
        for (const [file, from, to] of GUARDS[name] ?? []) {
          if (!path.endsWith(`/${file}`)) continue;
          if (code.split(from).length !== 2) throw new Error(`${name}: not once in ${file}: ${from}`);
          code = code.replace(from, () => to);
          done.add(name);
        }
      }
      return code === source ? null : { code, map: null };
    },
  };
}

function switchedChecks(source: string, names: ReadonlySet<string>, done: Set<string>): string {
  for (const name of names) if (source.includes(`    name: '${name}',`)) done.add(name);
  return `${source.replace('export const CHECKS:', 'const ALL_CHECKS:')}
export const CHECKS = ALL_CHECKS.filter(({ name }) => !globalThis.awsherWithout.includes(name));
`;
}
