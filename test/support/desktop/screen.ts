import { execFileSync, spawn } from 'node:child_process';

// needs: xvfb xdotool

/** A display that nobody looks at, and a keyboard for what a browser shows outside of its pages. */
export interface Screen {
  readonly env: { readonly DISPLAY: string };
  /** Presses a key, named as X does: `Tab`, `Return`. It goes to the window that has the focus. */
  press(key: string): void;
  close(): Promise<void>;
}

const found = (program: string): boolean => {
  try {
    execFileSync('which', [program], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

/** Whether Xvfb and xdotool are here. */
export const screenHere = (): boolean => process.platform === 'linux' && found('Xvfb') && found('xdotool');

/** Starts Xvfb on a display that is free, reached through a socket of this computer only. */
export async function raiseScreen(): Promise<Screen> {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => server.once('close', () => resolve()));
  const number = await new Promise<string>((resolve, reject) => {
    server.once('error', reject);
    server.once('close', (code) => reject(new Error(`Xvfb ended with ${code}`)));
    server.stdio[3]?.once('data', (text: Buffer) => resolve(text.toString().trim()));
  });
  const env = { DISPLAY: `:${number}` };
  return {
    env,
    press: (key) => void execFileSync('xdotool', ['key', key], { env: { ...process.env, ...env } }),
    async close() {
      server.kill();
      await ended;
    },
  };
}
