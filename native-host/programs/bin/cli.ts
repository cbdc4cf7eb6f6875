// The terminal command. What people run many times a minute comes first and loads nothing else; the rest of awsher is
// loaded only when it is needed (docs/performance.md).
import { writeSync } from 'node:fs';
import { loadLane } from '../../base/platform/code-cache.ts';

/** Put in by the build. Imported, they would tie this file to a bigger part of the program. */
declare const __VERSION__: string;
declare const __LANES__: string;

const argv = process.argv.slice(2);
const [name] = argv;

if (argv.length === 1 && (name === '--version' || name === '-V' || name === 'version')) {
  try {
    writeSync(1, `${__VERSION__}\n`);
  } catch {
    // The full program knows the words for a full disk.
    void full();
  }
} else if (name === 'credential-process') {
  if (!lane('fast-credentials', 'runFastCredentials')) void full();
} else if (name === 'status') {
  if (!lane('fast-status', 'runFastStatus')) void full();
} else if (name === 'prompt') {
  if (!lane('fast-prompt', 'runFastPrompt')) void full();
} else if (name === 'complete') {
  void import('../cli/complete.ts').then(({ complete }) => complete(argv[1]));
} else if (name === 'renew-beside') {
  void import('../cli/renewal-process.ts').then(({ runRenewal }) => runRenewal(argv.slice(1)));
} else {
  void full();
}

/** The build makes one file of each fast lane, with nothing shared: a further file costs as much as its work. */
function lane(file: 'fast-status' | 'fast-credentials' | 'fast-prompt', entry: string): boolean {
  const exports = loadLane({ folder: __dirname, name: file, id: __LANES__, node: process.version }, require);
  const run = exports[entry];
  return typeof run === 'function' && run(argv) === true;
}

function full(): Promise<void> {
  return import('../cli/main.ts').then(({ main }) => main(argv));
}
