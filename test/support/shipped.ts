import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from './root.ts';

/** The folder of the extension as it was built. */
export const shipped = (engine: string): string => join(ROOT, 'dist', 'extension', engine);

/** A page or a script of the extension, and every script and style that it loads, and what they load; each once. */
export function loadedWith(engine: string, name: string, seen = new Set<string>()): Set<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  const source = readFileSync(join(shipped(engine), name), 'utf8');
  const links = source.matchAll(
    /(?:\bfrom|\bimport|\bsrc=|\bhref=)\s*["'](\.{1,2}\/[^"']+\.(?:js|css))["']/g,
  );
  for (const [, path = ''] of links) loadedWith(engine, join(dirname(name), path), seen);
  return seen;
}

/** Bytes of all of that. */
export const loadedBytes = (engine: string, name: string): number =>
  [...loadedWith(engine, name)].reduce((sum, file) => sum + statSync(join(shipped(engine), file)).size, 0);
