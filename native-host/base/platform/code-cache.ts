import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';

/** The files that a program which has to start fast needs to start from V8's code cache. */
export interface LaneFiles {
  /** Folder of the built program. */
  folder: string;
  name: 'fast-status' | 'fast-credentials' | 'fast-prompt' | 'host-main';
  /** Changes with the lanes' source: V8 itself compares nothing but its length. */
  id: string;
  /** `process.version`: V8 takes only what the very same build of it has written. */
  node: string;
}

export const laneFile = ({ folder, name }: Pick<LaneFiles, 'folder' | 'name'>): string =>
  join(folder, `${name}.js`);
export const cacheFile = ({ folder, name, id, node }: LaneFiles): string =>
  join(folder, `${name}-${id}-${node}.cache`);

/**
 * Loads a fast lane as `require` would, from V8's code cache where there is one that fits: compiling a small cold
 * program costs more than running it. Without a cache, or with one of another Node, V8 compiles as ever.
 */
export function loadLane(files: LaneFiles, require: NodeJS.Require): Record<string, unknown> {
  return runScript(files, require, cachedData(files)).exports;
}

/** Compiles and runs the file as Node does a CommonJS module. */
export function runScript(files: LaneFiles, require: NodeJS.Require, cache: { cachedData?: Buffer }) {
  const filename = laneFile(files);
  // `wrap` of `node:module` would do this, and load all that Node has for ESM with it.
  const source = `(function (exports, require, module, __filename, __dirname) { ${readFileSync(filename, 'utf8')}\n});`;
  const script = new Script(source, { filename, ...cache });
  const module: { exports: Record<string, unknown> } = { exports: {} };
  const run: unknown = script.runInThisContext();
  if (typeof run === 'function') run(module.exports, require, module, filename, files.folder);
  return { script, exports: module.exports };
}

function cachedData(files: LaneFiles): { cachedData?: Buffer } {
  try {
    return { cachedData: readFileSync(cacheFile(files)) };
  } catch {
    return {};
  }
}
