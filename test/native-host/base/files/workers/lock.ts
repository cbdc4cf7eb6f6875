import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { acquireLock, withLock } from '../../../../../native-host/base/files/lock.ts';
import { resolvePaths } from '../../../../../native-host/base/files/paths.ts';

// lock HOME count FILE ROUNDS  adds one to the number in FILE, ROUNDS times, each time under the lock
// lock HOME hold               takes the lock, says so, and keeps it
const [home = '', what, file = '', rounds = '1'] = process.argv.slice(2);
const paths = resolvePaths({ env: { HOME: home }, platform: 'linux', homedir: () => home });

if (what === 'hold') {
  await acquireLock(paths, 'test', { timeoutMs: 20_000 });
  console.log(`held ${Date.now()}`);
  setInterval(() => undefined, 1000);
} else {
  for (let round = 0; round < Number(rounds); round++) {
    await withLock(
      paths,
      'test',
      async () => {
        const number = Number(readFileSync(file, 'utf8'));
        // Long enough for another process to step in, if it could.
        if (round % 2 === 0) await new Promise((resolve) => setTimeout(resolve, 2));
        writeFileSync(file, String(number + 1));
        appendFileSync(`${file}.log`, `${process.pid}\n`);
      },
      { timeoutMs: 50_000 },
    );
  }
}
