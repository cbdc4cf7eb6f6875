// The Windows that the steps run on: one person with a home whose name is as awkward as Windows allows.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';

export const HOME = 'C:\\users\\Ana Müller 한글 & Co';
export const PACKAGE = `${HOME}\\AppData\\Roaming\\npm\\node_modules\\awsher`;
export const AWS = join(HOME, '.aws');
export const OWN = join(HOME, 'AppData', 'Local', 'awsher');

const { SystemRoot, ComSpec, PATH, PATHEXT, TEMP, TMP, ProgramFiles } = process.env;

/** What every program of this person has in its environment. */
const person = {
  SystemRoot,
  ComSpec,
  PATH,
  PATHEXT,
  TEMP,
  TMP,
  ProgramFiles,
  USERPROFILE: HOME,
  APPDATA: join(HOME, 'AppData', 'Roaming'),
  LOCALAPPDATA: join(HOME, 'AppData', 'Local'),
  NO_COLOR: '1',
};

const command = (args) => [join(PACKAGE, 'dist', 'cli', 'awsher.js'), ...args];

/** Runs the command to its end. */
export function awsher(args, more = {}) {
  const options = { env: { ...person, ...more }, encoding: 'utf8', timeout: 60_000 };
  const { status, stdout, stderr } = spawnSync(process.execPath, command(args), options);
  return { code: status, stdout, stderr };
}

/** Starts the command; `ended` resolves with what it said. */
export function startAwsher(args, more = {}) {
  return followed(spawn(process.execPath, command(args), { env: { ...person, ...more } }));
}

function followed(child) {
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'])
    child[name].setEncoding('utf8').on('data', (text) => {
      said[name] += text;
    });
  const ended = new Promise((resolve) => child.on('close', (code) => resolve({ code, ...said })));
  return { child, said, ended };
}

/** Everything below a key as reg.exe exports it; undefined when the key is not there. */
export function registry(key) {
  const file = join(TEMP, `seen-${process.hrtime.bigint()}.reg`);
  const { status } = spawnSync('reg.exe', ['export', key, file, '/y']);
  if (status !== 0) return undefined;
  const text = fs.readFileSync(file, 'utf16le');
  fs.rmSync(file);
  return text;
}

/** Every path below a folder with a sum of its bytes; the package is left out, which keeps compiled code beside itself. */
export function tree(folder, leaveOut = () => false) {
  const sum = (file) => createHash('sha1').update(fs.readFileSync(file)).digest('hex');
  const found = {};
  for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!path.startsWith(PACKAGE) && !leaveOut(path)) found[path] = entry.isFile() ? sum(path) : 'folder';
  }
  return found;
}

/** The environment of a browser that was started from the desktop. */
const desktop = { SystemRoot, ComSpec, USERPROFILE: HOME };

/**
 * Starts the host as Chromium does: through the command interpreter, with named pipes of the browser's own as stdin
 * and stdout (`< \\.\pipe\... > \\.\pipe\...`).
 */
export async function hostOfChromium(launcher, origin) {
  const key = `${process.pid}.${process.hrtime.bigint()}`;
  const [into, outOf] = [await pipe(`awsher-test.in.${key}`), await pipe(`awsher-test.out.${key}`)];
  const line = `"${launcher}" ${origin} --parent-window=0 < ${into.name} > ${outOf.name}`;
  const child = startLine(line, ['ignore', 'ignore', 'pipe']);
  const [input, output] = await Promise.all([into.connected, outOf.connected]);
  return browserEnd(child, input, output);
}

/** Starts the host as Firefox does: through the command interpreter, with the manifest's path and the add-on's id. */
export function hostOfFirefox(launcher, manifest, addOn) {
  const child = startLine(`"${launcher}" "${manifest}" "${addOn}"`, ['pipe', 'pipe', 'pipe']);
  return browserEnd(child, child.stdin, child.stdout);
}

function startLine(line, stdio) {
  const options = { env: desktop, cwd: SystemRoot, stdio, windowsVerbatimArguments: true };
  return spawn(ComSpec, ['/d', '/s', '/c', `"${line}"`], options);
}

function pipe(name) {
  return new Promise((ready, fail) => {
    const path = `\\\\.\\pipe\\${name}`;
    const server = net.createServer();
    const connected = new Promise((resolve) => {
      server.once('connection', (socket) => {
        server.close();
        resolve(socket);
      });
    });
    server.once('error', fail).listen(path, () => ready({ name: path, connected }));
  });
}

/** A browser's end: frames of JSON behind their length in four bytes. */
function browserEnd(child, input, output) {
  const frames = [];
  const watchers = new Set();
  let rest = Buffer.alloc(0);
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  output.on('data', (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 4 && rest.length >= 4 + rest.readUInt32LE()) {
      const end = 4 + rest.readUInt32LE();
      frames.push(JSON.parse(rest.subarray(4, end).toString('utf8')));
      rest = rest.subarray(end);
    }
    for (const look of watchers) look();
  });
  input.on('error', () => {});
  output.on('error', () => {});
  const ended = new Promise((resolve) => child.once('exit', (code) => resolve({ code, stderr })));
  return {
    frames,
    ended,
    send(message) {
      const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
      const head = Buffer.alloc(4);
      head.writeUInt32LE(body.length);
      input.write(Buffer.concat([head, body]));
    },
    /** The first frame that fits. */
    frame: (fits) =>
      deadline(
        new Promise((resolve) => {
          const look = () => {
            const found = frames.find(fits);
            if (found === undefined) return;
            watchers.delete(look);
            resolve(found);
          };
          watchers.add(look);
          look();
        }),
        () => `no such frame; stderr: ${stderr}; frames: ${JSON.stringify(frames)}`,
      ),
    /** As when the browser ends. */
    close: () => input.end(),
  };
}

/** Rejects with the text when something takes longer than twenty seconds. */
export function deadline(promise, text) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(text())), 20_000);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
