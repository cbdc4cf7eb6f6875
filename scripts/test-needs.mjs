// What a test file needs besides Node and the packages: what it, and the files that it imports, say in lines like
// `// needs: build chromium`. `build` is dist/, `seconds` is more time than a unit test has; the other words are Debian
// packages. Only Node's own modules may be imported here: it runs before anything is installed.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';

const BROWSERS = ['chromium', 'firefox-esr'];
const IMPORT = /(?:^|\n)\s*(?:import|export)(?! type)[^;'"]*['"](\.[^'"]+)['"]/g;

/** Every test file with what it needs and its size: `unit`, `process` or `browser`. */
export function readTests(root) {
  const needsOf = needsReader(root);
  return readdirSync(join(root, 'test'), { recursive: true })
    .map((name) => `test/${String(name).replaceAll(sep, '/')}`)
    .filter((name) => /\.test\.tsx?$/.test(name))
    .sort()
    .map((file) => {
      const needs = needsOf(join(root, file));
      return { file, needs, size: sizeOf(needs) };
    });
}

/** Debian's packages among the needs of some tests. */
export function debianPackages(tests) {
  const words = new Set(tests.flatMap(({ needs }) => needs));
  return [...words].filter((word) => word !== 'build' && word !== 'seconds').sort();
}

function sizeOf(needs) {
  if (needs.length === 0) return 'unit';
  return needs.some((word) => BROWSERS.includes(word)) ? 'browser' : 'process';
}

/** Reads what a file needs; each file is read once. */
function needsReader(root) {
  const known = new Map();
  const read = (file) => {
    const text = readFileSync(file, 'utf8');
    const said = [...text.matchAll(/^\/\/ needs: (.+)$/gm)].flatMap(([, words]) => words.trim().split(/\s+/));
    const imports = [...text.matchAll(IMPORT)]
      .map(([, path]) => resolve(dirname(file), path))
      .filter((path) => path.startsWith(join(root, 'test')) && /\.tsx?$/.test(path));
    const found = { said, imports };
    known.set(file, found);
    return found;
  };
  return (start) => {
    const needs = new Set();
    const seen = new Set();
    const visit = (file) => {
      if (seen.has(file)) return;
      seen.add(file);
      const { said, imports } = known.get(file) ?? read(file);
      for (const word of said) needs.add(word);
      imports.forEach(visit);
    };
    visit(start);
    return [...needs].sort();
  };
}
