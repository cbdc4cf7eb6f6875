// The half of `npm run dev` that is typed: starts everything, says what changes, and ends with Ctrl-C or with the shell.
import { displayMissing } from '../demo/environment.mjs';
import { openShell } from '../demo/stay.ts';
import { startDevSession } from './session.ts';

export interface DevArguments {
  firefox: boolean;
  stay: boolean;
}

/** @returns the exit code */
export async function develop({ firefox, stay }: DevArguments): Promise<number> {
  const say = (line: string) => console.error(`dev: ${line}`);
  const startedAt = performance.now();
  // A second one must not cut short what the first one has begun.
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => resolve());
  });
  const session = await startDevSession({
    engine: firefox ? 'firefox' : 'chromium',
    visible: !displayMissing(),
    say,
  });
  const { command, env, home, idc } = session;
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  say(`ready after ${seconds} s: ${firefox ? 'Firefox' : 'Chromium'}, home ${home}`);
  say(`sign in with: awsher login corp --start-url ${idc.startUrl} --region ${idc.region}`);
  if (stay) {
    say('a shell with `awsher` of this build; `exit` ends everything');
    await Promise.race([openShell({ home, env, command }), stopped]);
  } else {
    say('Ctrl-C ends everything');
    await stopped;
  }
  await session.close();
  return 0;
}
