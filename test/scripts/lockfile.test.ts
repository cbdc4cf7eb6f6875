import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { ROOT } from '../support/root.ts';

const lockfile = v.object({
  packages: v.record(
    v.string(),
    v.object({
      version: v.optional(v.string()),
      integrity: v.optional(v.string()),
      resolved: v.optional(v.string()),
      optionalDependencies: v.optional(v.record(v.string(), v.string()), {}),
    }),
  ),
});

const read = async () =>
  v.parse(lockfile, JSON.parse(await readFile(join(ROOT, 'package-lock.json'), 'utf8')));

/** npm also leaves the sum out for platforms that it did not install for, and `npm ci` then takes whatever comes. */
it('knows the bytes of every package, and names no registry', async () => {
  const { packages } = await read();
  const others = Object.entries(packages).filter(([place]) => place !== '');
  expect(
    others.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([place]) => place),
  ).toEqual([]);
  expect(others.filter(([, { resolved }]) => resolved !== undefined).map(([place]) => place)).toEqual([]);
});

/**
 * npm leaves the packages of other platforms out of a lock that it wrote where it could not see them (npm/cli #4828),
 * and `npm ci` then refuses the whole lock, or installs a builder without its binary.
 */
it('locks the native packages of every platform at the version that is wanted', async () => {
  const { packages } = await read();
  const missing = Object.entries(packages).flatMap(([place, { optionalDependencies }]) =>
    Object.entries(optionalDependencies)
      .filter(([, wanted]) => /^\d+\.\d+\.\d+$/.test(wanted))
      .filter(([name, wanted]) => packages[nearest(place, name)]?.version !== wanted)
      .map(([name, wanted]) => `${name}@${wanted} for ${place}`),
  );
  expect(missing).toEqual([]);

  /** Where Node finds the package from there. */
  function nearest(place: string, name: string): string {
    const here = `${place === '' ? '' : `${place}/`}node_modules/${name}`;
    if (place === '' || here in packages) return here;
    return nearest(place.slice(0, Math.max(0, place.lastIndexOf('/node_modules/'))), name);
  }
});
