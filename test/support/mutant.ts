import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as v from 'valibot';
import type { Plugin } from 'vite';
import { ROOT } from './root.ts';

/** One place in a source, as it stands there and as it stands with its guard taken out. */
type Cut = readonly [file: string, from: string, to: string];

/** What guards a press besides the checks: by name, where it stands, and how it is taken out. */
const GUARDS: Readonly<Record<string, readonly Cut[]>> = {
  'our visit': [
    ['extension/background/approvals.ts', 'if (!live) return WATCH;', ''],
    [
      'extension/background/approvals.ts',
      'visits.setStep(live.id, step ===',
      'if (live) visits.setStep(live.id, step ===',
    ],
  ],
  'read again': [
    ['extension/content/content.iife.ts', ' || JSON.stringify(readPage()) !== JSON.stringify(expected)', ''],
  ],
  'address at the press': [
    ['extension/content/content.iife.ts', 'if (location.href !== address) return false;', ''],
  ],
  'one at the press': [['extension/content/read-page.ts', 'visible.length === 1 && ', '']],
  'uncovered at the press': [['extension/content/read-page.ts', ' && !isCovered(button)', '']],
  'visible at the press': [
    [
      'extension/content/read-page.ts',
      'found.filter(isVisible);\n  const [button]',
      'found;\n  const [button]',
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

const builder = v.object({ buildExtension: v.function() });

/**
 * The extension as the real builder makes it, without the named checks and guards, in a temp folder that the caller
 * removes. Fails when a name is not found in the sources: a mutation that changes nothing would prove nothing.
 */
export async function buildMutant(
  without: readonly string[],
  engine: 'chromium' | 'firefox' = 'chromium',
): Promise<{ folder: string; extension: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'awsher-mutant-'));
  const done = new Set<string>();
  const script = pathToFileURL(join(ROOT, 'scripts/build/extension.mjs')).href;
  const { buildExtension } = v.parse(builder, await import(/* @vite-ignore */ script));
  await buildExtension(engine, folder, { plugins: [takeOut(without, done)] });
  const left = without.filter((name) => !done.has(name));
  if (left.length > 0) throw new Error(`nothing in the sources is called ${left.join(', ')}`);
  return { folder, extension: join(folder, 'extension', engine) };
}

function takeOut(names: readonly string[], done: Set<string>): Plugin {
  return {
    name: 'awsher-mutant',
    enforce: 'pre',
    transform(source, id) {
      const path = id.replaceAll('\\', '/');
      let code = source;
      if (path.endsWith(`/${CHECKS_FILE}`)) code = withoutChecks(code, names, done);
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

function withoutChecks(source: string, names: readonly string[], done: Set<string>): string {
  const checks = names.filter((name) => GUARDS[name] === undefined);
  for (const name of checks) if (source.includes(`    name: '${name}',`)) done.add(name);
  return `${source.replace('export const CHECKS:', 'const ALL_CHECKS:')}
export const CHECKS = ALL_CHECKS.filter(({ name }) => !${JSON.stringify(checks)}.includes(name));
`;
}
