// Command and host, built again whenever one of their sources changes.
import { watch } from 'node:fs';
import { join } from 'node:path';
import { buildPrograms } from '../build/programs.mjs';
import { root } from '../setup.mjs';

/** An editor writes a file in several steps. */
const QUIET_MS = 50;

/**
 * Builds them, and again after each change. Resolves after the first build.
 *
 * @param {string} dist
 * @param {(error: unknown) => void} built called after each further build, with what was wrong with it
 * @returns {Promise<{ close(): void }>}
 */
export async function watchPrograms(dist, built) {
  const build = () => buildPrograms(dist, { dev: true });
  await build();
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  let running = Promise.resolve();
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(build).then(() => built(null), built);
    }, QUIET_MS);
  };
  const watchers = ['native-host', 'shared', 'manifests'].map((folder) =>
    watch(join(root, folder), { recursive: true }, changed),
  );
  return {
    close() {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}
