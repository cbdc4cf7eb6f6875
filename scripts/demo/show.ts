import { createPasskey } from '../../test/support/browsers/passkey.ts';
import { showCaption } from './caption.ts';
import { must } from './failure.ts';
import { type FoundBrowser, profileIn } from './find-browser.ts';
import { hostsIn, waitForEnd } from './hosts.ts';
import { proveIt } from './proof.ts';
import type { Screen } from './screen.mjs';
import { type Scene, signInAgain, signInFirst } from './sign-ins.ts';
import { stay } from './stay.ts';
import { stopTheStranger } from './stranger.ts';
import { openTerminal } from './terminal.ts';

export interface ShowOptions {
  readonly screen: Screen;
  readonly found: FoundBrowser;
  /** The throw-away home of the demo's person. */
  readonly home: string;
  /** In a visible window, slowly enough to follow. */
  readonly watch: boolean;
  /** With a shell at the end, in which everything can be tried by hand. */
  readonly stays: boolean;
  /** Names what has to be ended, whatever happens. The last one goes first. */
  atEnd(clear: () => Promise<unknown>): void;
  pause(milliseconds: number): Promise<void>;
}

/** The whole demo. Rejects with DemoFailure at the first step that does not go as it must. */
export async function show(options: ShowOptions): Promise<void> {
  const { screen } = options;
  const scene = await setTheScene(options);
  screen.chapter('The terminal asks, the browser answers');
  await signInFirst(scene);
  screen.chapter('And again');
  await signInAgain(scene);
  screen.chapter('The proof: a program that knows nothing of awsher');
  await proveIt(scene);
  screen.chapter('And a code that this computer did not ask for');
  await stopTheStranger(scene);
  const { unexpected } = scene.idc;
  must(
    unexpected.length === 0,
    'A call was made that AWS does not know.',
    unexpected.map((it) => it.operation).join('\n'),
  );
  if (options.stays) await stay(scene, { ...ownEnvironment(), ...scene.idc.endpoints });
}

async function setTheScene(options: ShowOptions): Promise<Scene> {
  const { screen, found, home, watch, atEnd } = options;
  const idc = await screen.step(
    'starting the embedded Identity Center',
    async () => {
      // Loaded here, so that it is seen what the time goes to.
      const { startIdentityCenter } = await import('../../test/support/identity-center/index.ts');
      // AWS's portal is complete but blank for about a second; only who watches has to see that, and has to
      // have the time to read what awsher is going to press.
      return startIdentityCenter(watch ? { blankMs: 1000, disabledMs: 1500 } : { blankMs: 100 });
    },
    ({ port }) => `the embedded Identity Center is up on 127.0.0.1:${port}`,
  );
  atEnd(() => idc.close());
  const terminal = openTerminal(screen, { ...ownEnvironment(), ...idc.endpoints });
  atEnd(() => terminal.close());
  const profile = profileIn(home);
  await screen.step(
    'installing the host',
    () =>
      terminal
        .awsher(
          ['install', '--browser', found.id, '--user-data-dir', profile, '--quiet'],
          `awsher install --browser ${found.id} --user-data-dir ~/profile --quiet`,
        )
        .done(),
    `the host is installed for ${found.name}`,
  );
  const browser = await screen.step(
    `starting ${found.name}`,
    async () => {
      const { startBrowser } = await import('./browser.ts');
      return startBrowser({ found, idc, home, profile, visible: watch });
    },
    ({ version }) => `${found.name} ${version} is up, with the extension and a fresh profile`,
  );
  let hosts: number[] = [];
  atEnd(() => waitForEnd(hosts));
  atEnd(async () => {
    hosts = await hostsIn(home);
    await browser.close();
  });
  const passkey = await screen.step(
    'creating a passkey',
    () => createPasskey(browser.context, idc.enrolUrl),
    `${idc.user.displayName} has a passkey there; nobody is signed in`,
  );
  const [firstTab] = browser.context.pages();
  return {
    ...{ screen, idc, terminal, browser, passkey, home, pause: options.pause },
    async caption(command, words) {
      if (watch && firstTab !== undefined) await showCaption(firstTab, command, words);
    },
  };
}

/** This process's own environment was made for the demo (scripts/demo/environment.mjs). */
function ownEnvironment(): Record<string, string> {
  const { NODE_NO_WARNINGS: _ours, AWSHER_TEST_CHROMIUM: _tests, ...env } = process.env;
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
