// The terminal command. What people run many times a minute comes first and loads nothing else; the rest of awsher is
// loaded only when it is needed (docs/performance.md).
import { writeSync } from 'node:fs';

/** Put in by the build. Imported, it would tie this file to a bigger part of the program. */
declare const __VERSION__: string;

const argv = process.argv.slice(2);
const [name] = argv;

if (argv.length === 1 && (name === '--version' || name === '-V')) {
  writeSync(1, `${__VERSION__}\n`);
} else if (name === 'credential-process') {
  // The build makes one file of each fast lane, with nothing shared: a further file costs as much as its work.
  void import('../cli/fast-credentials.ts').then(({ runFastCredentials }) => {
    if (!runFastCredentials(argv)) void full();
  });
} else if (name === 'status') {
  void import('../cli/fast-status.ts').then(({ runFastStatus }) => {
    if (!runFastStatus(argv)) void full();
  });
} else if (name === 'complete') {
  void import('../cli/complete.ts').then(({ complete }) => complete(argv[1]));
} else {
  void full();
}

function full(): Promise<void> {
  return import('../cli/main.ts').then(({ main }) => main(argv));
}
