import { existsSync, readFileSync } from 'node:fs';
import type { Context } from './context.ts';

export type PlaceKind = 'local' | 'ssh' | 'container' | 'codespaces' | 'wsl';

export interface WhereAmI {
  kind: PlaceKind;
  /** What shows it, for a person: `SSH_CONNECTION is set`. */
  reason: string;
}

/** The two looks at the disk that take part; a test gives its own. */
export interface Marks {
  exists(path: string): boolean;
  /** Empty when it cannot be read. */
  read(path: string): string;
}

const realMarks: Marks = {
  exists: existsSync,
  read: (path) => {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return '';
    }
  },
};

const CODESPACES = 'CODESPACES is set';

type Here = Pick<Context, 'env' | 'platform'>;

/**
 * Whether this terminal is on the machine that the person sits at. The innermost place wins: a container that was
 * reached over SSH is a container. Only marks that nothing else leaves count: CI machines and VMs are local.
 */
export function whereAmI({ env, platform }: Here, marks: Marks = realMarks): WhereAmI {
  if (env.CODESPACES === 'true') return { kind: 'codespaces', reason: CODESPACES };
  const container = containerMark(env, platform, marks);
  if (container) return { kind: 'container', reason: container };
  const ssh = sshMark(env);
  if (ssh) return { kind: 'ssh', reason: `${ssh} is set` };
  if (platform === 'linux') {
    if (env.WSL_DISTRO_NAME) return { kind: 'wsl', reason: 'WSL_DISTRO_NAME is set' };
    if (/microsoft|wsl/i.test(marks.read('/proc/sys/kernel/osrelease'))) {
      return { kind: 'wsl', reason: 'the kernel is that of WSL' };
    }
  }
  return { kind: 'local', reason: 'no sign of a remote shell' };
}

function containerMark(env: Here['env'], platform: string, marks: Marks): string | undefined {
  if (env.REMOTE_CONTAINERS) return 'REMOTE_CONTAINERS is set';
  if (platform !== 'linux') return undefined;
  return ['/.dockerenv', '/run/.containerenv'].find((path) => marks.exists(path))?.concat(' exists');
}

function sshMark(env: Here['env']): string | undefined {
  return ['SSH_CONNECTION', 'SSH_TTY'].find((name) => env[name]);
}

/** Whether another machine's screen lies between this one and the person. */
export function isFarAway(env: Here['env']): boolean {
  return farAway(env) !== undefined;
}

/** What shows that the person sits at another machine, also when a container lies in between; undefined when nothing does. */
export function farAway(env: Here['env']): string | undefined {
  if (env.CODESPACES === 'true') return CODESPACES;
  const ssh = sshMark(env);
  return ssh && `${ssh} is set`;
}

/**
 * Whether a browser that is opened from here can be one that the person sees. `BROWSER` counts everywhere: editors
 * that work remotely set it to a program that opens the browser on the person's own machine. Over SSH a display does
 * not count: the browser would be the remote machine's.
 */
export function mayOpenBrowser(
  here: Here,
  where: WhereAmI = whereAmI(here),
  marks: Marks = realMarks,
): boolean {
  const { env, platform } = here;
  if (env.BROWSER) return true;
  const display = !isFarAway(env) && !!(env.DISPLAY || env.WAYLAND_DISPLAY);
  switch (where.kind) {
    case 'local':
      return platform === 'darwin' || platform === 'win32' || display;
    case 'container':
      return display;
    case 'wsl':
      return display || wslInterop(marks);
    case 'ssh':
    case 'codespaces':
      return false;
  }
}

/** Whether Windows programs can be started from this WSL distribution. */
export function wslInterop(marks: Marks = realMarks): boolean {
  return ['WSLInterop', 'WSLInterop-late'].some((name) =>
    marks.read(`/proc/sys/fs/binfmt_misc/${name}`).startsWith('enabled'),
  );
}
