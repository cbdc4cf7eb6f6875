// What holds on Windows, in the order of a person's days. Runs in a Windows node: `node.exe steps.mjs JOB RESULT`.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { join } from 'node:path';
import {
  AWS,
  awsher,
  deadline,
  HOME,
  hostOfChromium,
  hostOfFirefox,
  OWN,
  registry,
  startAwsher,
  tree,
} from './machine.mjs';

const [, , jobFile, resultFile] = process.argv;
/** Where the embedded Identity Center is, and the session's start URL. */
const { env: center, startUrl, account, role } = JSON.parse(fs.readFileSync(jobFile, 'utf8'));

const LAUNCHER = join(OWN, 'awsher-host.cmd');
const CONFIG = join(AWS, 'config');
const TOKEN = join(AWS, 'sso', 'cache', `${createHash('sha1').update('corp').digest('hex')}.json`);
const corp = ['corp', '--start-url', startUrl, '--region', 'us-east-1'];
/** What awsher remembers, which outlives an uninstall. */
const isState = (path) => path.startsWith(join(OWN, 'state')) || path === OWN;
const manifestOf = (family) => {
  const file = fs.readdirSync(OWN).find((name) => name.startsWith(family) && name.endsWith('.json'));
  return { file: join(OWN, file), ...JSON.parse(fs.readFileSync(join(OWN, file), 'utf8')) };
};
const originOf = () => manifestOf('chromium').allowed_origins[0];
const hello = {
  id: 1,
  method: 'hello',
  params: { protocol: 1, version: '0.1.0', browser: 'chrome', label: 'work' },
};
const ended = async (host) =>
  (await deadline(host.ended, () => 'the host does not end when the browser closes the pipe')).code;
const right = (finished, code = 0) => {
  assert.equal(finished.code, code, `${finished.stdout}\n${finished.stderr}`);
  return finished;
};

let before;
const steps = {
  'install --dry-run names both browsers and leaves no trace'() {
    before = { files: tree(HOME), software: registry('HKCU\\Software') };
    const { stdout } = right(awsher(['install', '--dry-run']));
    assert.match(stdout, /Google Chrome +would be registered/);
    assert.match(stdout, /Firefox +would be registered/);
    assert.deepEqual({ files: tree(HOME), software: registry('HKCU\\Software') }, before);
  },
  'install writes manifests, launcher and keys; again changes nothing'() {
    assert.match(right(awsher(['install'])).stdout, /Google Chrome +registered/);
    const key = registry('HKCU\\Software\\Google\\Chrome\\NativeMessagingHosts');
    const { file, path } = manifestOf('chromium');
    assert.ok(key.includes(`@="${file.replaceAll('\\', '\\\\')}"`), key);
    assert.equal(path, LAUNCHER);
    // Only what was not there: the way up ends at the first folder that was.
    const { created } = JSON.parse(fs.readFileSync(join(OWN, 'state', 'installed.json'), 'utf8'));
    assert.deepEqual(created.folders, [OWN, join(OWN, 'state')]);
    const seen = tree(HOME);
    assert.match(right(awsher(['install'])).stdout, /Google Chrome +already registered/);
    assert.deepEqual(tree(HOME), seen);
  },
  'Chromium starts the launcher through cmd and named pipes, and is greeted'() {
    return greeted((manifest) => hostOfChromium(LAUNCHER, manifest.allowed_origins[0]), 'chromium');
  },
  'Firefox starts it with manifest and id, and is greeted'() {
    return greeted(
      (manifest) => hostOfFirefox(LAUNCHER, manifest.file, manifest.allowed_extensions[0]),
      'gecko',
    );
  },
  async 'a stranger is refused before a byte is read'() {
    const host = await hostOfChromium(LAUNCHER, 'chrome-extension://abcdefghijklmnopabcdefghijklmnop/');
    assert.equal(await ended(host), 1);
    assert.deepEqual(host.frames, []);
  },
  'doctor finds registry, launcher and handshake right'() {
    const { checks } = JSON.parse(awsher(['doctor', '--json']).stdout);
    const wrong = checks.filter(({ result }) => result === 'fail').map((check) => JSON.stringify(check));
    assert.deepEqual(
      wrong.filter((line) => !line.startsWith('{"id":"extension"')),
      [],
    );
    const fine = checks.filter(({ result }) => result === 'ok').map(({ id }) => id);
    for (const id of ['manifests', 'launcher', 'handshake']) assert.ok(fine.includes(id), `${id}: ${fine}`);
  },
  async 'a command finds the browser through the named pipe, and the sign-in goes both ways'() {
    const host = await hostOfChromium(LAUNCHER, originOf());
    host.send(hello);
    await host.frame(({ id, result }) => id === 1 && result);
    // The record comes when the pipe is open.
    const run = join(OWN, 'state', 'run');
    const names = () => (fs.existsSync(run) ? fs.readdirSync(run) : []);
    for (let tries = 0; tries < 100 && !names().some((name) => name.endsWith('.json')); tries++)
      await pause(50);
    const { checks } = JSON.parse(awsher(['doctor', '--json']).stdout);
    assert.equal(checks.find(({ id }) => id === 'extension').result, 'ok');
    const login = startAwsher(['login', ...corp], center);
    const asked = await host.frame(({ method }) => method === 'signin.start');
    assert.equal(asked.params.target.startUrl, startUrl);
    assert.equal(asked.params.asker.command, 'awsher login');
    const error = { code: -32000, message: 'You said no.', data: { code: 'SIGN_IN_DENIED' } };
    host.send({ id: asked.id, error });
    const { stderr } = right(await login.ended, 3);
    assert.match(stderr, /SIGN_IN_DENIED/);
    host.close();
    assert.equal(await ended(host), 0);
    assert.deepEqual(names(), []);
  },
  async 'login keeps a config with CR LF and comments, and writes the token beside it'() {
    fs.mkdirSync(AWS, { recursive: true });
    const own = '# mine: 한글\r\n[profile dev]\r\nsso_session = corp\r\n';
    const dev = `sso_account_id = ${account}\r\nsso_role_name = ${role}\r\n; the end`;
    fs.writeFileSync(CONFIG, own + dev);
    const { stdout } = right(await startAwsher(['login', ...corp, '--no-browser', '--json'], center).ended);
    assert.equal(JSON.parse(stdout).how, 'device');
    const config = fs.readFileSync(CONFIG, 'utf8');
    assert.ok(config.startsWith(own + dev), config);
    assert.match(config, /\[sso-session corp\]\r\n/);
    assert.doesNotMatch(config, /[^\r]\n/);
    assert.equal(JSON.parse(fs.readFileSync(TOKEN, 'utf8')).startUrl, startUrl);
    const left = fs.readdirSync(AWS, { recursive: true }).filter((name) => /tmp|lock/.test(name));
    assert.deepEqual(left, []);
  },
  'status, credential-process, export for cmd and PowerShell, and exec give the role'() {
    assert.match(right(awsher(['status'], center)).stdout, /corp/);
    const keys = JSON.parse(right(awsher(['credential-process', '--profile', 'dev'], center)).stdout);
    assert.equal(keys.Version, 1);
    const exported = (format) =>
      right(awsher(['export', '--profile', 'dev', '--format', format], center)).stdout;
    assert.ok(exported('windows-cmd').includes(`set AWS_ACCESS_KEY_ID=${keys.AccessKeyId}`));
    assert.match(exported('powershell'), new RegExp(`\\$Env:AWS_ACCESS_KEY_ID="?'?${keys.AccessKeyId}`, 'i'));
    const print = 'process.stdout.write(process.env.AWS_ACCESS_KEY_ID)';
    const run = awsher(['exec', '--profile', 'dev', '--', process.execPath, '-e', print], center);
    assert.equal(right(run).stdout, keys.AccessKeyId);
  },
  async 'eight commands at once with an expired token refresh it once, while a reader looks on'() {
    const token = JSON.parse(fs.readFileSync(TOKEN, 'utf8'));
    fs.writeFileSync(TOKEN, JSON.stringify({ ...token, expiresAt: '2020-01-01T00:00:00Z' }));
    fs.rmSync(join(AWS, 'cli'), { recursive: true, force: true });
    const code = `const fs=require('fs');setInterval(()=>{JSON.parse(fs.readFileSync(process.argv[1]));},1)`;
    const reader = spawn(process.execPath, ['-e', code, TOKEN], { stdio: 'ignore' });
    const all = Array.from(
      { length: 8 },
      () => startAwsher(['credential-process', '--profile', 'dev'], center).ended,
    );
    const wrong = (await Promise.all(all)).filter(({ code }) => code !== 0);
    assert.deepEqual(wrong, []);
    assert.equal(reader.exitCode, null, 'the reader saw a file that was not whole');
    reader.kill();
    const after = JSON.parse(fs.readFileSync(TOKEN, 'utf8'));
    assert.notEqual(after.refreshToken, token.refreshToken);
  },
  async 'a command that is killed while it holds its locks stops nobody'() {
    const first = startAwsher(['login', 'other', ...corp.slice(1), '--no-browser', '--force'], center);
    for (let tries = 0; tries < 200 && !/Code/.test(first.said.stderr); tries++) await pause(20);
    spawnSync('taskkill.exe', ['/F', '/PID', String(first.child.pid)]);
    await first.ended;
    const started = Date.now();
    right(awsher(['status'], center));
    right(awsher(['credential-process', '--profile', 'dev'], center));
    assert.ok(Date.now() - started < 10_000);
  },
  'undo brings the config back, byte for byte'() {
    const now = fs.readFileSync(CONFIG);
    right(awsher(['profiles', 'sync', '--session', 'corp', '--yes'], center));
    assert.notDeepEqual(fs.readFileSync(CONFIG), now);
    right(awsher(['profiles', 'undo', '--yes'], center));
    assert.deepEqual(fs.readFileSync(CONFIG), now);
  },
  'logout removes the token'() {
    right(awsher(['logout', 'corp'], center));
    assert.equal(fs.existsSync(TOKEN), false);
  },
  'uninstall leaves registry and home as they were'() {
    right(awsher(['uninstall']));
    fs.rmSync(AWS, { recursive: true });
    assert.equal(registry('HKCU\\Software'), before.software);
    assert.deepEqual(tree(HOME, isState), before.files);
  },
};

async function greeted(start, family) {
  const host = await start(manifestOf(family));
  host.send(hello);
  const { result } = await host.frame(({ id }) => id === 1);
  assert.equal(result.protocol, 1);
  host.close();
  assert.equal(await ended(host), 0);
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

const results = {};
for (const [name, step] of Object.entries(steps)) {
  try {
    await step();
    results[name] = 'held';
  } catch (thrown) {
    results[name] = String(thrown?.stack ?? thrown);
  }
  fs.writeFileSync(resultFile, JSON.stringify(results));
}
process.exit(0);
