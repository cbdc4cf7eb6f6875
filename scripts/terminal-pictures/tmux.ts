import { spawnSync } from 'node:child_process';

/** A terminal of its own, driven as a person would: typed lines, pressed keys, and what is on the screen. */
export interface Terminal {
  /** Types a line and presses Enter. */
  type(line: string): void;
  /** Presses keys by tmux's names: `Down`, `Enter`, or text. */
  press(...keys: string[]): void;
  /** The screen, with colours. */
  screen(): string;
  /** Waits until the screen's text matches. */
  until(pattern: RegExp): Promise<void>;
  clear(): Promise<void>;
  close(): void;
}

export interface TerminalOptions {
  readonly columns: number;
  readonly rows: number;
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Put before PATH. */
  readonly bin: string;
}

const DEADLINE_MS = 60_000;
const PROMPT = '$ ';

/** Opens a terminal under a server of its own, so that nobody's tmux is touched. */
export async function openTerminal({ columns, rows, env, cwd, bin }: TerminalOptions): Promise<Terminal> {
  const server = `awsher-pictures-${process.pid}`;
  const tmux = (...args: string[]): string => {
    const { status, stdout, stderr } = spawnSync('tmux', ['-L', server, '-f', '/dev/null', ...args], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: cwd, TERM: 'xterm-256color', LANG: 'C.UTF-8' },
    });
    if (status !== 0) throw new Error(`tmux ${args[0]}: ${stderr}`);
    return stdout;
  };
  const settings = Object.entries({
    ...env,
    PATH: `${bin}:${process.env.PATH}`,
    PS1: PROMPT,
    HISTFILE: '',
    TERM: 'xterm-256color',
  })
    .filter(([key]) => key !== 'NO_COLOR')
    .map(([key, value]) => `${key}=${value}`);
  const size = ['-x', String(columns), '-y', String(rows)];
  tmux('new-session', '-d', ...size, '-c', cwd, 'env', '-i', ...settings, 'bash', '--noprofile', '--norc');
  const terminal: Terminal = {
    type: (line) => {
      tmux('send-keys', '-l', line);
      tmux('send-keys', 'Enter');
    },
    press: (...keys) => void tmux('send-keys', ...keys),
    screen: () => tmux('capture-pane', '-e', '-p'),
    async until(pattern) {
      const deadline = Date.now() + DEADLINE_MS;
      while (!pattern.test(tmux('capture-pane', '-p'))) {
        if (Date.now() > deadline) throw new Error(`no ${pattern} on:\n${tmux('capture-pane', '-p')}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    async clear() {
      tmux('send-keys', 'C-l');
      await terminal.until(/^\$ ?\s*$/);
      tmux('clear-history');
    },
    close: () => void tmux('kill-server'),
  };
  await terminal.until(/^\$/);
  return terminal;
}
