import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { writeFileAtomic } from '../../../../../native-host/base/files/atomic-write.ts';
import { AwsherError } from '../../../../../shared/errors/awsher-error.ts';

// write FILE TEXT [N]: with N this process is killed in front of its N-th call into the file system.
const [file = '', text = '', fatal] = process.argv.slice(2);
if (fatal !== undefined) {
  let left = Number(fatal);
  const counted = [
    'mkdirSync',
    'openSync',
    'writeFileSync',
    'fchmodSync',
    'fchownSync',
    'fsyncSync',
    'closeSync',
    'renameSync',
  ] as const;
  for (const name of counted) {
    const original: (...args: never[]) => unknown = fs[name];
    Object.assign(fs, {
      [name]: (...args: never[]) => {
        if (--left === 0) {
          // Half of the bytes are on disk when the process dies in the middle of a write.
          if (name === 'writeFileSync') fs.writeSync(Number(args[0]), text.slice(0, text.length / 2));
          process.kill(process.pid, 'SIGKILL');
          for (;;);
        }
        return original(...args);
      },
    });
  }
  syncBuiltinESMExports();
}
try {
  writeFileAtomic(file, text);
} catch (thrown) {
  if (!(thrown instanceof AwsherError)) throw thrown;
  console.log(JSON.stringify(thrown.toWire()));
  process.exitCode = 1;
}
