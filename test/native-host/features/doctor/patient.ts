import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { type Paths, resolvePaths } from '../../../../native-host/base/files/paths.ts';
import { tokenFilePath } from '../../../../native-host/base/files/token-cache.ts';
import type { Disk } from '../../../../native-host/base/install/disk.ts';
import { install } from '../../../../native-host/base/install/install.ts';
import { type Machine, machineOf } from '../../../../native-host/base/install/machine.ts';
import { encodeFrame, frameReader } from '../../../../native-host/base/link/frames.ts';
import { programOutput } from '../../../../native-host/base/platform/launch.ts';
import { type Talk, type TalkEnd, talkWith } from '../../../../native-host/base/platform/talk.ts';
import { CHECKS } from '../../../../native-host/features/doctor/checks.ts';
import type { DoctorContext, Probe } from '../../../../native-host/features/doctor/context.ts';
import { callerArguments } from '../../../../native-host/features/doctor/launcher-run.ts';
import { type Checked, runChecks } from '../../../../native-host/features/doctor/run-checks.ts';
import { ROOT } from '../../../support/root.ts';
import { until } from '../../../support/until.ts';

const PACKAGE_VERSION: string = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version;

/** A home in which everything is right: real files, the built host, a connected browser, AWS within reach. */
export interface Patient {
  readonly home: string;
  readonly paths: Paths;
  readonly context: (changes?: Changes) => DoctorContext;
  /** Every check, with this changed. */
  readonly examine: (changes?: Changes, fix?: boolean) => Promise<Checked[]>;
  readonly tokenFile: string;
  /** What the connected browser decided, newest first. */
  readonly decisions: object[];
  readonly disconnect: () => Promise<void>;
  readonly remove: () => Promise<void>;
}

export interface Changes extends Partial<Omit<DoctorContext, 'machine'>> {
  readonly machine?: Partial<Machine>;
  /** Files that the disk has besides. */
  readonly overlay?: Readonly<Record<string, string | 'folder'>>;
  readonly without?: readonly string[];
}

export const CONFIG = `[sso-session corp]
sso_start_url = https://d-1234567890.awsapps.com/start
sso_region = us-east-1
sso_registration_scopes = sso:account:access

[profile dev]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = Reader
`;

const NOW = Date.parse('2026-11-23T12:00:00Z');

export async function makePatient(name = 'home'): Promise<Patient> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'awsher-doctor-')));
  const home = join(root, name);
  mkdirSync(home);
  const env = { HOME: home, PATH: process.env.PATH ?? '/usr/bin:/bin', LANG: 'C', DISPLAY: ':0' };
  const paths = resolvePaths({ env, platform: 'linux', homedir: () => home });
  const machine: Machine = { ...machineOf({ env, platform: 'linux', paths }), procDir: undefined };
  install({ names: ['chromium', 'firefox'], allUsers: false, dryRun: false, packageRoot: ROOT }, machine);
  mkdirSync(paths.ssoCacheDir, { recursive: true, mode: 0o700 });
  writeFileSync(paths.configFile, CONFIG, { mode: 0o600 });
  const tokenFile = tokenFilePath(paths, 'corp');
  writeFileSync(tokenFile, tokenText(), { mode: 0o600 });
  const decisions: object[] = [];
  let host: ChildProcess | undefined = await connectBrowser(home, paths, decisions);
  const talk = remembered(root);
  const answered: Probe = { kind: 'answered', status: 404, dateMs: NOW, askedAtMs: NOW + 400 };
  const context = ({ machine: machineChanges, overlay = {}, without = [], ...changes }: Changes = {}) => ({
    env,
    platform: 'linux' as const,
    paths,
    now: () => NOW,
    machine: {
      ...machine,
      disk: overlaid(machine.disk, overlay, ['/.dockerenv', '/run/.containerenv', ...without]),
      ...machineChanges,
    },
    packageRoot: ROOT,
    version: PACKAGE_VERSION,
    nodeVersion: '22.1.0',
    talk,
    output: programOutput,
    probe: async () => answered,
    ...changes,
  });
  const disconnect = async () => {
    const running = host;
    host = undefined;
    if (!running || running.exitCode !== null) return;
    const gone = new Promise((resolve) => running.once('exit', resolve));
    running.stdin?.end();
    await gone;
  };
  return {
    home,
    paths,
    context,
    tokenFile,
    decisions,
    examine: (changes = {}, fix = false) => runChecks(() => context(changes), { checks: CHECKS, fix }),
    disconnect,
    remove: async () => {
      await disconnect();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

const answers = new Map<string, Promise<TalkEnd>>();

/**
 * Talks with the built host once for all patients: of what it answers nothing is the patient's own. Whatever is another launcher
 * (text or mode), or is told something else, is started.
 */
function remembered(root: string): typeof talkWith {
  return (asked: Talk) => {
    const { program, args, env, cwd, input = [] } = asked;
    if (!existsSync(program)) return talkWith(asked);
    const launcher = [statSync(program).mode, readFileSync(program, 'utf8')];
    const told = [program, args, env, cwd, Buffer.from(input).toString('base64'), ...launcher];
    const key = JSON.stringify(told).replaceAll(root, '');
    const known = answers.get(key) ?? talkWith(asked);
    answers.set(key, known);
    return known;
  };
}

export function tokenText(more: Record<string, string> = {}): string {
  return JSON.stringify({
    startUrl: 'https://d-1234567890.awsapps.com/start',
    region: 'us-east-1',
    accessToken: 'access',
    expiresAt: '2026-11-23T20:00:00Z',
    ...more,
  });
}

const HistoryAsked = v.object({ id: v.union([v.number(), v.string()]), method: v.literal('history.list') });

/** What a browser does: starts the launcher, says hello, and tells what it decided. Resolves when commands can find it. */
async function connectBrowser(home: string, paths: Paths, decisions: object[]): Promise<ChildProcess> {
  const launcher = join(paths.dataDir, 'awsher-host');
  const host = spawn(launcher, callerArguments('chromium', ''), {
    env: { HOME: home },
    cwd: '/',
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const answer = (message: unknown) => {
    const asked = v.safeParse(HistoryAsked, message);
    if (asked.success)
      host.stdin?.write(encodeFrame({ jsonrpc: '2.0', id: asked.output.id, result: { decisions } }));
  };
  host.stdout?.on(
    'data',
    frameReader(answer, () => {}),
  );
  const params = { protocol: 1, version: PACKAGE_VERSION, browser: 'chromium', label: 'work' };
  host.stdin?.write(encodeFrame({ jsonrpc: '2.0', id: 1, method: 'hello', params }));
  await until(() => existsSync(join(paths.runDir, `host-${host.pid}.json`)));
  return host;
}

function overlaid(disk: Disk, overlay: Readonly<Record<string, string>>, without: readonly string[]): Disk {
  const gone = (path: string) => without.includes(path);
  return {
    ...disk,
    kind: (path) => {
      if (gone(path)) return undefined;
      const put = overlay[path];
      return put === undefined ? disk.kind(path) : put === 'folder' ? 'folder' : 'file';
    },
    read: (path) => (gone(path) ? undefined : (overlay[path] ?? disk.read(path))),
    names: (folder) => [
      ...disk.names(folder),
      ...Object.keys(overlay)
        .filter((path) => path.slice(0, path.lastIndexOf('/')) === folder)
        .map((path) => path.slice(folder.length + 1)),
    ],
  };
}

/** Ids of the checks that failed. */
export function failing(outcomes: readonly Checked[]): string[] {
  return outcomes.filter(({ result }) => result === 'fail').map(({ id }) => id);
}

export function put(file: string, text: string, mode = 0o600): void {
  writeFileSync(file, text);
  chmodSync(file, mode);
}

/** What the connected host has left about itself. */
export function hostRecord({ paths }: Patient): { pid: number } {
  const [name = ''] = readdirSync(paths.runDir).filter((file) => file.endsWith('.json'));
  return JSON.parse(readFileSync(join(paths.runDir, name), 'utf8'));
}
