// What a test file needs besides Node and the packages: what it and the files that it imports say in a line like
// `// needs: build chromium`. `build` is dist/; the other words are Debian packages. Only Node's own modules may be
// imported here: it is read before anything is installed.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';

const BROWSERS = ['chromium', 'firefox-esr'];
const IMPORT = /(?:^|\n)\s*(?:import|export)(?! type)[^;'"]*['"](\.[^'"]+)['"]/g;

/** Every test file under test/, sorted, as `test/...`. */
export function testFiles(root) {
  return readdirSync(join(root, 'test'), { recursive: true })
    .map((name) => `test/${String(name).replaceAll(sep, '/')}`)
    .filter((name) => /\.test\.tsx?$/.test(name))
    .sort();
}

/** Reads what files need; each file is read once. */
export function needsReader(root) {
  const known = new Map();
  const read = (file) => {
    const found = known.get(file);
    if (found) return found;
    const text = readFileSync(file, 'utf8');
    const said = [...text.matchAll(/^\/\/ needs: (.+)$/gm)].flatMap(([, words]) => words.trim().split(/\s+/));
    const imports = [...text.matchAll(IMPORT)]
      .map(([, path]) => resolve(dirname(file), path))
      .filter((path) => path.startsWith(join(root, 'test')) && /\.tsx?$/.test(path));
    const one = { said, imports };
    known.set(file, one);
    return one;
  };
  return (name) => {
    const needs = new Set();
    const seen = new Set();
    const visit = (file) => {
      if (seen.has(file)) return;
      seen.add(file);
      const { said, imports } = read(file);
      for (const word of said) needs.add(word);
      imports.forEach(visit);
    };
    visit(join(root, name));
    return [...needs].sort();
  };
}

/** `unit` needs nothing, `browser` a browser, `process` the build or other programs. */
export function sizeOf(needs) {
  if (needs.length === 0) return 'unit';
  return needs.some((word) => BROWSERS.includes(word)) ? 'browser' : 'process';
}
