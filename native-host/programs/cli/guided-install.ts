import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { configSessions } from '../../aws/tokens/known-sessions.ts';
import { loadSharedConfig } from '../../base/files/config-file.ts';
import { browsersTable } from '../../base/install/browsers-table.ts';
import { type RunningHost, runningHosts } from '../../base/link/running-hosts.ts';
import type { Context } from '../../base/platform/context.ts';
import { rawTerminal } from '../../base/platform/raw-terminal.ts';
import { startTicker } from '../../base/platform/timers.ts';
import type { Run } from './command.ts';
import { run as login } from './commands/login.ts';
import { createProgress } from './login/progress.ts';
import { type Output, plain } from './output.ts';

/** How often it is looked whether a browser has come. */
const LOOK_MS = 300;

/**
 * After the browsers know awsher: waits until the extension is there, and goes on to the first sign-in. Only on a terminal
 * (`canPick`). Returns the exit code; that of the sign-in where there was one.
 */
export const goOn: Run = async (context, invocation, output) => {
  const { style, tell } = output;
  const host = await extensionCame(context, output);
  if (host === null) {
    tell('When the extension is installed, run `awsher login`.');
    return;
  }
  const known = browsersTable().find(({ id }) => id === host.browser);
  tell(`${style.green('✓')} connected: ${known?.name ?? plain(host.browser)}`);
  if (configSessions(loadSharedConfig(context.paths)).length > 0) {
    tell('Sign in with `awsher login`.');
    return;
  }
  return login(context, { arguments: [], options: invocation.options }, output);
};

/** The browser that connected last, as soon as there is one; `null` when the person would rather not wait. Throws INTERRUPTED. */
async function extensionCame(context: Context, output: Output): Promise<RunningHost | null> {
  const connected = () => runningHosts(context.paths.runDir, context.platform)[0];
  const there = connected();
  if (there !== undefined) return there;
  const progress = createProgress(context, output);
  const terminal = rawTerminal();
  let stopLooking = () => {};
  try {
    return await new Promise((resolve, reject) => {
      progress.say('Waiting for the extension; Enter skips');
      stopLooking = startTicker(LOOK_MS, () => {
        const host = connected();
        if (host !== undefined) resolve(host);
      });
      terminal.onInput((typed) => {
        if (typed.includes('\u0003')) reject(new AwsherError('INTERRUPTED', 'Interrupted.'));
        else if (/[\r\n\u001b]/.test(typed)) resolve(null);
      });
      context.signal.addEventListener('abort', () => reject(context.signal.reason), { once: true });
    });
  } finally {
    stopLooking();
    progress.stop();
    terminal.close();
  }
}
