import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from '../support/root.ts';

// needs: seconds

/** A small repository of its own, with this one's rules and the files of a test. */
export interface Planted {
  add(file: string, text: string): void;
  /** Runs one of the programs under `scripts/` on it, or Biome with its arguments. */
  check(program: string, ...args: string[]): { code: number | null; problems: string };
  remove(): void;
}

export function plantRepository(): Planted {
  const root = mkdtempSync(join(tmpdir(), 'awsher-repository-'));
  for (const folder of ['shared', 'extension', 'native-host', 'test', 'scripts'])
    mkdirSync(join(root, folder));
  for (const name of ['setup.mjs', 'rooms.mjs', 'check-imports.mjs', 'check-house-rules.mjs']) {
    cpSync(join(ROOT, 'scripts', name), join(root, 'scripts', name));
  }
  cpSync(join(ROOT, 'manifests'), join(root, 'manifests'), { recursive: true });
  cpSync(join(ROOT, 'biome.json'), join(root, 'biome.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'), 'junction');
  return {
    add(file, text) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    },
    check(program, ...args) {
      const file = program === 'biome' ? 'node_modules/@biomejs/biome/bin/biome' : `scripts/${program}`;
      const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, file), ...args], {
        cwd: root,
        encoding: 'utf8',
      });
      return { code: status, problems: `${stdout}${stderr}` };
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
