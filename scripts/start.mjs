// `npm start`: shows the main job on a machine that has Node and nothing else. This half sets up what is missing, makes
// the throw-away folder, starts the other half (scripts/demo/main.ts) with an environment of its own, and clears away.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { browserInstallCommand, NO_BROWSER } from './demo/browser-install.mjs';
import { cleanEnvironment, displayMissing } from './demo/environment.mjs';
import { createScreen } from './demo/screen.mjs';
import { mayInstallDebianPackages, packagesMissing, requireNode, root } from './setup.mjs';

const USAGE = `npm start             a sign-in with a passkey on an embedded Identity Center, from the terminal
npm start -- --watch  the same in a visible window, slowly enough to follow
npm start -- --stay   and then a shell in which everything can be tried by hand`;

requireNode();
const unknown = process.argv.slice(2).find((word) => !['--watch', '--stay'].includes(word));
if (unknown !== undefined) {
  console.error(unknown === '--help' ? USAGE : `npm start does not know ${unknown}.\n\n${USAGE}`);
  process.exit(unknown === '--help' ? 0 : 2);
}
const watch = process.argv.includes('--watch');
const stays = process.argv.includes('--stay');
const screen = createScreen();
/** @type {import('node:child_process').ChildProcess | null} */
let child = null;
/** @type {string | null} */
let stopped = null;
/** @type {string | null} */
let folder = null;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    stopped ??= signal;
    end(child, signal);
  });
}
process.on('exit', clearAway);

try {
  process.exitCode = await main();
} catch (error) {
  screen.close();
  if (stopped === null) createScreen().fail(error.message, error.output, error.next ?? '');
  else createScreen().finish('Stopped. Nothing is left running, and the throw-away folder is gone.');
  process.exitCode = stopped === null ? 1 : 130;
}
clearAway();

async function main() {
  const startedAt = performance.now();
  screen.title(
    'awsher: a terminal asks for a sign-in, and a browser answers with a passkey',
    'The browser, the extension, its host, the command and the AWS client are real; only AWS itself is played, on 127.0.0.1. ' +
      'All of it lives in a throw-away folder: your own browser and ~/.aws are not touched.',
  );
  if (watch && displayMissing()) {
    throw new Error(
      '`npm start -- --watch` opens a window, and this shell has no display: run it in a terminal on a desktop, or run plain `npm start`.',
    );
  }
  folder = mkdtempSync(join(shortTemporaryFolder(), 'awsher-demo-'));
  for (const name of ['home', 'tmp']) mkdirSync(join(folder, name), { mode: 0o700 });
  // The demo plays the person, also when a coding agent types `npm start`.
  const settings = join(folder, 'home', '.config', 'awsher');
  mkdirSync(settings, { recursive: true, mode: 0o700 });
  writeFileSync(join(settings, 'config.ini'), 'agents = allow\n');
  screen.chapter('Set up');
  if (packagesMissing()) {
    await screen.step(
      'installing the packages, once (npm ci)',
      () => apart('setup.installPackages()'),
      'the packages are installed',
      { slow: true },
    );
  }
  const before = builtAt();
  await screen.step(
    'building',
    () => apart('setup.build()'),
    () =>
      builtAt() === before ? 'the build is up to date' : 'the command, the host and the extension are built',
  );
  const builtIn = performance.now();

  const env = cleanEnvironment(folder, { watch });
  let code = await demo(env);
  if (code === NO_BROWSER && stopped === null) {
    await installBrowser();
    code = await demo(env);
  }
  if (code === NO_BROWSER) throw noBrowser();
  if (stopped !== null) {
    screen.finish('Stopped. Nothing is left running, and the throw-away folder is gone.');
    return 130;
  }
  if (code !== 0) return 1;
  clearAway();
  const now = performance.now();
  const total = `${((now - builtIn) / 1000).toFixed(1)} s`;
  screen.finish('Signed in, for real, and nothing is left behind.', {
    mark: '✓',
    more: stays ? '' : builtIn - startedAt > 1000 ? `${total} after the set-up` : total,
  });
  return 0;
}

/** The other half. Its exit code. */
async function demo(env) {
  const file = (name) => join(root, 'scripts', 'demo', name);
  const loader = pathToFileURL(file('typescript.mjs')).href;
  const args = [
    '--import',
    loader,
    file('main.ts'),
    ...(watch ? ['--watch'] : []),
    ...(stays ? ['--stay'] : []),
  ];
  child = spawn(process.execPath, args, { cwd: root, env, stdio: 'inherit' });
  return ended(child);
}

/** On Debian and Ubuntu, for root; otherwise it ends with the one command to run. */
async function installBrowser() {
  if (!mayInstallDebianPackages()) throw noBrowser();
  try {
    await screen.step(
      'installing Chromium, once (apt-get)',
      () => apart("if (!(await setup.installDebianPackages(['chromium', 'libnss3-tools']))) process.exit(1)"),
      'Chromium is installed',
      { slow: true },
    );
  } catch (error) {
    throw Object.assign(noBrowser(), { output: error.output });
  }
}

function noBrowser() {
  const next = browserInstallCommand();
  const sentence = `There is no browser of the Chromium family here; ${next === null ? 'please install one.' : 'this installs one:'}`;
  return Object.assign(new Error(sentence), { next });
}

/** Runs one step of scripts/setup.mjs in a process of its own, so that the screen keeps moving and Ctrl-C works. */
async function apart(statement) {
  const code = `import * as setup from './scripts/setup.mjs'; ${statement}`;
  child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    cwd: root,
    // What the tools of the set-up leave in the temporary folder goes with ours.
    env: { ...process.env, TMPDIR: join(String(folder), 'tmp') },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: npm starts further processes, which must end with it.
    detached: process.platform !== 'win32',
  });
  let output = '';
  child.stdout?.on('data', (chunk) => (output += chunk));
  child.stderr?.on('data', (chunk) => (output += chunk));
  const exitCode = await ended(child);
  if (stopped !== null) throw new Error('stopped');
  if (exitCode !== 0) {
    const lines = output.trimEnd().split('\n');
    throw Object.assign(new Error(lines.pop() || 'The set-up failed.'), { output: lines.join('\n') });
  }
}

function ended(process) {
  return new Promise((resolve, reject) => {
    process.once('error', reject);
    process.once('close', (code) => resolve(code ?? 1));
  });
}

/** Passes a signal on; what does not end within 20 s is killed. */
function end(process, signal) {
  if (process === null || process.exitCode !== null || process.signalCode !== null) return;
  const isGroup = process.spawnargs.includes('-e') && globalThis.process.platform !== 'win32';
  const send = (which) => {
    try {
      globalThis.process.kill(isGroup ? -process.pid : process.pid, which);
    } catch {
      // It has just ended by itself.
    }
  };
  send(signal);
  setTimeout(() => send('SIGKILL'), 20_000).unref();
}

function clearAway() {
  if (folder === null) return;
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  folder = null;
}

function builtAt() {
  return statSync(join(root, 'dist', '.built'), { throwIfNoEntry: false })?.mtimeMs;
}

/** Sockets have a short limit on their path's length, and macOS has a long temporary folder. */
function shortTemporaryFolder() {
  const usual = realpathSync(tmpdir());
  return usual.length > 30 && process.platform !== 'win32' ? '/tmp' : usual;
}
