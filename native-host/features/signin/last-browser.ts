import { join } from 'node:path';
import { writeFileAtomic } from '../../base/files/atomic-write.ts';
import type { Paths } from '../../base/files/paths.ts';
import { readJson } from '../../base/files/read-file.ts';
import { fieldsOf } from '../../base/formats/json.ts';

/** The browser that the last sign-in went through. */
export interface LastBrowser {
  /** As in `manifests/browsers.json`. */
  browser: string;
  /** The name that the person gave it; empty without one. */
  label: string;
}

const file = ({ stateDir }: Pick<Paths, 'stateDir'>): string => join(stateDir, 'last-browser.json');

/** `undefined` when nothing is known. Never throws. */
export function readLastBrowser(paths: Pick<Paths, 'stateDir'>): LastBrowser | undefined {
  const fields = fieldsOf(readJson(file(paths)));
  const [browser, label] = [fields.get('browser'), fields.get('label')];
  return typeof browser === 'string' && typeof label === 'string' ? { browser, label } : undefined;
}

/** Best effort: it only decides between several browsers next time. */
export function keepLastBrowser(paths: Pick<Paths, 'stateDir'>, { browser, label }: LastBrowser): void {
  const last = readLastBrowser(paths);
  if (last?.browser === browser && last.label === label) return;
  try {
    writeFileAtomic(file(paths), `${JSON.stringify({ browser, label })}\n`);
  } catch {
    // See above.
  }
}
