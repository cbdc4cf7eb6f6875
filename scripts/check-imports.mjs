// The import rules of docs/architecture.md, and no cycles. A broken rule names the two files and the reason.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { root } from './setup.mjs';

/**
 * [files that match] must not import [files that match]: reason.
 *
 * @type {[RegExp, RegExp, string][]}
 */
const RULES = [
  [/^shared\//, /^(?!shared\/)/, 'shared/ is pure and stands alone'],
  [/^extension\//, /^(?!extension\/|shared\/|manifests\/)/, 'the extension knows itself, shared/ and data'],
  [
    /^native-host\//,
    /^(?!native-host\/|shared\/|manifests\/)/,
    'the host side knows itself, shared/ and data',
  ],
  [
    /^extension\/(popup|options|ui|notice|content)\//,
    /^extension\/background\//,
    'views and content speak to the background by messages',
  ],
  [
    /^extension\/background\/request\//,
    /^extension\/background\/(?!request\/|(?:state|decision-log|settings|host-link|portal|waiting-here)\.ts)/,
    'requests know what is kept and the host, and nobody who asks or judges',
  ],
  [
    /^extension\/background\/(state|tidy-state|decision-log|settings)\.ts/,
    /^extension\/background\/(?!(?:state|tidy-state)\.ts)/,
    'what is kept knows nobody who keeps it',
  ],
  [/^extension\/popup\//, /^extension\/(options|content|notice)\//, 'views do not know each other'],
  [/^extension\/options\//, /^extension\/(popup|content|notice)\//, 'views do not know each other'],
  [
    /^extension\/welcome\//,
    /^extension\/(?:(?:background|popup|content|notice)\/|options\/(?!session-form|region-of))/,
    'the welcome page knows no other view but the form for a session',
  ],
  [/^extension\/content\//, /^extension\/(popup|options|ui)\//, 'the content script stays small'],
  [/^native-host\/host\//, /^native-host\/cli\//, 'host and command never import each other'],
  [/^native-host\/cli\//, /^native-host\/host\//, 'host and command never import each other'],
  [
    /^native-host\/(files|formats)\//,
    /^native-host\/(cli|host|link|signin|install)\//,
    'files and formats are the lowest layer',
  ],
  [
    /^native-host\/catalogue\//,
    /^native-host\/(cli|host|link|signin|install)\//,
    'the catalogue serves commands and host, and knows neither',
  ],
  [/^(extension|native-host|shared)\//, /^test\//, 'the product does not know its tests'],
];
/** What shared/ may import from packages; everything else there is written out. */
const SHARED_PACKAGES = new Set(['valibot']);

const files = ['shared', 'extension', 'native-host', 'test', 'scripts'].flatMap(sourcesIn);
const graph = new Map(files.map((file) => [file, importsOf(file)]));
const problems = [];
for (const [file, imports] of graph) {
  for (const { target, specifier } of imports) {
    if (!target) {
      const name = specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/');
      if (file.startsWith('shared/') && !SHARED_PACKAGES.has(name)) {
        problems.push(
          `${file} imports ${specifier}: shared/ uses no package but ${[...SHARED_PACKAGES].join(', ')}`,
        );
      }
      continue;
    }
    for (const [from, to, reason] of RULES) {
      if (from.test(file) && to.test(target)) problems.push(`${file} imports ${target}: ${reason}`);
    }
  }
}
for (const cycle of cycles()) problems.push(`cycle: ${cycle.join(' → ')}`);
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}

function sourcesIn(folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .map((name) => join(folder, String(name)).replaceAll('\\', '/'))
    .filter(
      (name) =>
        /\.(ts|tsx|mjs)$/.test(name) && !name.includes('node_modules') && statSync(join(root, name)).isFile(),
    );
}

function importsOf(file) {
  const source = readFileSync(join(root, file), 'utf8').replace(/^\s*(\/\/|\*|\/\*).*$/gm, '');
  const found = [];
  for (const match of source.matchAll(
    /^\s*(?:import|export)\s[^'"`;]*?from\s+['"]([^'"]+)['"]|^\s*import\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm,
  )) {
    const specifier = match[1] ?? match[2] ?? match[3];
    const typeOnly = /^\s*(import|export)\s+type\s/.test(match[0]);
    const target = specifier.startsWith('.')
      ? relative(root, resolve(root, dirname(file), specifier.split('?')[0])).replaceAll('\\', '/')
      : null;
    found.push({ specifier, target, typeOnly });
  }
  return found;
}

/** Cycles among run-time imports; types vanish and may refer to each other. */
function cycles() {
  const state = new Map();
  const found = [];
  const visit = (file, path) => {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') {
      found.push([...path.slice(path.indexOf(file)), file]);
      return;
    }
    state.set(file, 'open');
    for (const { target, typeOnly } of graph.get(file) ?? []) {
      if (target && !typeOnly && graph.has(target)) visit(target, [...path, file]);
    }
    state.set(file, 'done');
  };
  for (const file of graph.keys()) visit(file, []);
  return found;
}
