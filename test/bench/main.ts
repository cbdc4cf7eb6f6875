import { cpus, release, totalmem } from 'node:os';
import { findChromium } from '../support/browsers/find.ts';
import { loadedBytes } from '../support/shipped.ts';
import { bigHome } from './big-home.ts';
import { bigConfig, twentyAtOnce } from './files.ts';
import { foreignPage } from './foreign-page.ts';
import { hundred } from './hundred.ts';
import { listenerAnswer } from './listener.ts';
import { listing } from './listing.ts';
import type { Row } from './measure.ts';
import { popupRoles } from './roles.ts';
import { warmSignIn } from './sign-in.ts';
import { startUp } from './start-up.ts';
import { syncConfig } from './sync.ts';

/** Everything that has a bar, measured and printed as one table. Exit 1 when a bar does not hold. */
const parts: Record<string, () => Promise<Row[]>> = {
  startUp,
  listenerAnswer,
  sizes,
  bigConfig,
  bigHome,
  syncConfig,
  twentyAtOnce,
  listing,
  warmSignIn,
  hundred,
  popupRoles,
  foreignPage,
};
const IN_CHROMIUM = ['warmSignIn', 'hundred', 'foreignPage', 'popupRoles'];
const wanted = process.argv.slice(2);
const rows: Row[] = [];
console.log(
  `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${release()}, Node ${process.versions.node}\n`,
);
for (const [name, measure] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  if (IN_CHROMIUM.includes(name) && findChromium() === null) continue;
  for (const row of await measure()) {
    rows.push(row);
    const mark = row.holds === null ? ' ' : row.holds ? '✓' : '✗';
    console.log(`${mark} ${row.what.padEnd(62)} ${row.figure.padEnd(52)} ${row.bar}`);
  }
}
process.exit(rows.some(({ holds }) => holds === false) ? 1 : 0);

async function sizes(): Promise<Row[]> {
  const size = (what: string, file: string, limit: number): Row => {
    const bytes = loadedBytes('chromium', file);
    return {
      what: `${what}, with all that it loads, minified`,
      figure: `${(bytes / 1000).toFixed(1)} kB`,
      bar: `< ${limit} kB`,
      holds: bytes < limit * 1000,
    };
  };
  return [size('service worker', 'background.js', 250), size('content script', 'content.js', 15)];
}
