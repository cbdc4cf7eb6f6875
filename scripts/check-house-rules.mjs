// Rules that no linter knows: where clock, network, process and browser may be named, and what no source may hold.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './setup.mjs';

/**
 * Where clock, timers and process are named: platform/ and bin/, and the parts of files/ that are about real processes
 * and real time (who holds a lock, whose temporary file it is).
 */
const SYSTEM_EDGE =
  /\/platform\/|^native-host\/programs\/bin\/|^native-host\/base\/files\/(lock|lock-owner|lock-generations|atomic-write|leftovers|owner|config-edit)\.ts$|^native-host\/base\/install\/(disk|launcher)\.ts$/;

/**
 * [in files], [except], [pattern], reason and what to do instead.
 *
 * @type {[RegExp, RegExp, RegExp, string][]}
 */
const RULES = [
  [
    /^(shared|native-host|extension)\//,
    SYSTEM_EDGE,
    /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(/,
    'take the clock or randomness as an argument; only platform/ has it',
  ],
  [
    /^(shared|native-host|extension)\//,
    new RegExp(`${SYSTEM_EDGE.source}|^extension/(ui|popup|options|notice|content)/`),
    /(?<![.\w])set(Timeout|Interval)\(|\bAbortSignal\.timeout\(/,
    'wait through the context; only platform/ starts timers',
  ],
  [
    /^native-host\//,
    SYSTEM_EDGE,
    /(?<![.\w])process\.(env|stdout|stderr|exit|argv|pid|cwd|platform|on|kill)\b/,
    'take it from the context; only platform/ and bin/ touch the process',
  ],
  [
    /^extension\//,
    /^extension\/platform\//,
    /(?<![.\w])(chrome\.\w|browser\.(runtime|tabs|windows|storage|alarms|permissions|action|i18n)\b)|'webextension-polyfill'/,
    'only extension/platform/ names the browser',
  ],
  [
    /^(shared|native-host|extension|test|scripts)\//,
    /^scripts\/check-house-rules\.mjs$/,
    /\bas any\b|\bas unknown as\b|@ts-ignore|@ts-nocheck/,
    'parse instead of casting',
  ],
  [
    /^(shared|native-host|extension)\//,
    /^$/,
    /\bconsole\.(log|error|warn|info|debug)\(/,
    'speak through Output or the log; stdout carries the answer only',
  ],
  [
    /^(shared|native-host|extension)\//,
    /^shared\/printable\.ts$|^native-host\/base\/formats\/safe-text\.ts$/,
    /u202[ae]\b|u206[69]\b|u200[bef]\b|\\p\{C[cf]?\}/,
    'make text fit to be shown with shared/printable.ts',
  ],
  [
    /^native-host\//,
    /\/platform\/|^native-host\/programs\/bin\/|^native-host\/base\/files\/(read-file|lock-owner|lock-generations)\.ts$|^native-host\/base\/install\/(registry|running-browsers)\.ts$|^native-host\/features\/signin\/endpoint-override\.ts$/,
    /\breadFile(Sync)?\(|\bcreateReadStream\(/,
    'read through files/read-file.ts, which waits for no pipe',
  ],
  [
    /^(shared|native-host|extension)\//,
    /^native-host\/base\/platform\/system-program\.ts$/,
    /(?<!systemProgram\(|join\([^()]*)(['"`])(?!node\.exe)[\w-]+\.exe\1/i,
    'name programs of Windows through systemProgram(); a bare name is looked for in the current folder first',
  ],
];
/** Files of a sign-in's life, each of which a test of its own tries without a browser: at the same path below test/. */
const HAS_TWIN = /^(extension\/background|shared\/(request|oidc))\/.*\.ts$/;
const ids = JSON.parse(readFileSync(join(root, 'manifests/ids.json'), 'utf8'));
const literals = [ids.host, ids.firefox, ...ids.chromium];

const problems = [];
for (const folder of ['shared', 'extension', 'native-host', 'test', 'scripts']) {
  for (const name of readdirSync(join(root, folder), { recursive: true })) {
    const file = join(folder, String(name)).replaceAll('\\', '/');
    if (!/\.(ts|tsx|mjs|html|json)$/.test(file) || !statSync(join(root, file)).isFile()) continue;
    const text = readFileSync(join(root, file), 'utf8');
    const twin = `test/${file.replace(/ts$/, 'test.ts')}`;
    if (
      HAS_TWIN.test(file) &&
      /=>|\bfunction\b/.test(text.replace(/^\s*(\/\/|\*|\/\*).*$/gm, '')) &&
      !existsSync(join(root, twin))
    )
      problems.push(`${file}: it does something, and has no ${twin}`);
    const lines = text.split('\n');
    lines.forEach((line, index) => {
      if (literals.some((literal) => line.includes(literal))) {
        problems.push(`${file}:${index + 1}: ids live in manifests/ids.json only`);
      }
      if (!/\.(ts|tsx|mjs)$/.test(file) || /^\s*(\/\/|\*|\/\*)/.test(line)) return;
      for (const [inFiles, except, pattern, reason] of RULES) {
        if (inFiles.test(file) && !except.test(file) && pattern.test(line))
          problems.push(`${file}:${index + 1}: ${reason}`);
      }
    });
  }
}
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
