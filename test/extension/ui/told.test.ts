import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CHECKS, TOLD } from '../../../extension/ui/told.ts';
import { CHECKS as DOCTOR } from '../../../native-host/features/doctor/checks.ts';
import { ERROR_CODES } from '../../../shared/errors/codes.ts';

const ROOT = new URL('../../../', import.meta.url).pathname;
/** Where codes are sorted, not made. */
const TABLES = /^(?:shared\/errors\/codes|extension\/ui\/(?:told|help-for))\.ts$/;

/** Every file that runs in the browser or in the host that it starts, by its imports. */
function behindViews(): string[] {
  const waiting = ['extension', 'native-host/programs/host'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => join(folder, name)),
  );
  const seen = new Set<string>();
  for (const file of waiting) {
    if (seen.has(file)) continue;
    seen.add(file);
    for (const [, named = ''] of source(file).matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'(\.[^']+\.tsx?)'/g)) {
      const found = resolve('/', dirname(file), named).slice(1);
      if (existsSync(join(ROOT, found))) waiting.push(found);
    }
  }
  return [...seen];
}

const source = (file: string): string =>
  readFileSync(join(ROOT, file), 'utf8').replace(/^(?:import|export) type [^;]+;/gm, '');

describe('what a view says in the language of the person', () => {
  const made = behindViews()
    .filter((file) => !TABLES.test(file))
    .map(source)
    .join('\n');

  it('has a sentence for every code that something behind a view can say, and for no other', () => {
    const sayable = Object.keys(ERROR_CODES).filter((code) => made.includes(`'${code}'`));
    const told = Object.entries(TOLD).flatMap(([code, texts]) => (texts === null ? [] : code));
    expect(told).toEqual(sayable);
    expect(sayable).toContain('LOCK_TIMEOUT');
    expect(sayable).not.toContain('SESSION_AMBIGUOUS');
  });

  it('has every check that the options page runs, and no other', () => {
    const shown = DOCTOR.filter(({ aboutShell }) => !aboutShell).map(({ id }) => id);
    expect(Object.keys(CHECKS).sort()).toEqual(shown.sort());
  });
});
