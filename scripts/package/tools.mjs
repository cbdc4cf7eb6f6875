import { chmodSync, writeFileSync } from 'node:fs';
import { run } from '../setup.mjs';

/** The time of every file in a package. */
export const EPOCH = '315532800';

export function writeProgram(path, text) {
  writeFileSync(path, text);
  chmodSync(path, 0o755);
}

/** @param {string} program @param {string[]} args @param {Record<string, string>} [env] */
export const quietly = (program, args, env = {}) =>
  run(program, args, { quiet: true, what: `run ${program}`, env: { ...process.env, ...env } });
