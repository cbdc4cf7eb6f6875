// Who imports from whom is as scripts/rooms.mjs says, types included: Biome reads the imports, this writes its rules from the
// table. That nothing goes round in a circle is a rule of biome.json.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { SHARED_PACKAGES, WORLDS } from './rooms.mjs';
import { root } from './setup.mjs';

/** Room → the rooms that it may import from. */
const rooms = new Map(
  Object.entries(WORLDS).flatMap(([world, all]) =>
    Object.entries(all).map(([name, may]) => {
      const own = [name, ...may].map((other) => posix.join(world, other, '.'));
      return [posix.join(world, name, '.'), [...own, 'shared', ...(world === 'shared' ? [] : ['manifests'])]];
    }),
  ),
);
const folders = ['manifests', ...Object.keys(WORLDS)].flatMap(foldersIn);
const problems = folders
  .filter((folder) => hasSources(folder) && roomOf(folder) === undefined)
  .map((folder) => `${folder}/ is in no room of scripts/rooms.mjs`);

const place = mkdtempSync(join(tmpdir(), 'awsher-imports-'));
try {
  const overrides = folders.filter((folder) => roomOf(folder) !== undefined).map(ruleOf);
  const config = {
    root: true,
    files: { includes: ['**'] },
    linter: { rules: { preset: 'none' } },
    overrides,
  };
  writeFileSync(join(place, 'biome.json'), JSON.stringify(config));
  const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  const report = [
    '--colors=off',
    '--reporter=concise',
    '--max-diagnostics=none',
    '--diagnostic-level=error',
    '--no-errors-on-unmatched',
  ];
  const args = ['lint', ...report, `--config-path=${place}`];
  const { status, stdout, stderr } = spawnSync(process.execPath, [biome, ...args, ...Object.keys(WORLDS)], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) problems.push(stdout + stderr);
} finally {
  rmSync(place, { recursive: true, force: true });
}
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}

/** The rule for the files that lie in one folder: everything is forbidden but what is written out. */
function ruleOf(folder) {
  const room = roomOf(folder);
  const may = rooms.get(room) ?? [];
  const open = folders
    .filter((other) => isOpen(may, other) || isSharedForAll(folder, other))
    .map((other) => `!${relative(folder, other)}/*`);
  const packages = folder.startsWith('shared') ? ['**', ...SHARED_PACKAGES.map((name) => `!${name}`)] : [];
  const named = may.filter((other) => other !== room).join(', ');
  const message = `${room} may import from itself, ${named} (scripts/rooms.mjs)`;
  const patterns = [{ group: [...packages, './**', '../**', ...open], message }];
  const rule = { level: 'error', options: { patterns } };
  return {
    includes: [`**/${folder}/*`],
    linter: { rules: { style: { noRestrictedImports: rule } } },
  };
}

function isOpen(may, folder) {
  const room = roomOf(folder);
  return room === undefined ? may.some((other) => `${folder}/`.startsWith(`${other}/`)) : may.includes(room);
}

/** The extension and the host side may use all of shared/. */
function isSharedForAll(folder, other) {
  return !folder.startsWith('shared') && /^shared(?:\/|$)/.test(other);
}

/** The innermost room in which a folder lies; a folder of `shared/` is a room of its own, or none. */
function roomOf(folder) {
  if (folder === 'shared') return folder;
  for (let at = folder; at !== '.' && at !== 'shared'; at = posix.dirname(at)) if (rooms.has(at)) return at;
  return undefined;
}

function relative(from, to) {
  const path = posix.relative(from, to);
  return path.startsWith('.') ? path : path === '' ? '.' : `./${path}`;
}

function foldersIn(top) {
  const inside = readdirSync(join(root, top), { recursive: true, withFileTypes: true });
  return [
    top,
    ...inside
      .filter((entry) => entry.isDirectory())
      .map((entry) =>
        posix.relative(root.replaceAll('\\', '/'), join(entry.parentPath, entry.name).replaceAll('\\', '/')),
      ),
  ];
}

function hasSources(folder) {
  return readdirSync(join(root, folder)).some((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'));
}
