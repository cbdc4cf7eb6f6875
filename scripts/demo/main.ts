// The half of `npm start` that plays: it runs with an environment and a home made for it (scripts/start.mjs).

import { NO_BROWSER } from './browser-install.mjs';
import { DemoFailure } from './failure.ts';
import { findBrowser } from './find-browser.ts';
import { createScreen } from './screen.mjs';
import { show } from './show.ts';

/** Nothing that is ended at the end may take longer. */
const END_MS = 10_000;

const found = findBrowser();
if (found === null) process.exit(NO_BROWSER);

const screen = createScreen();
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
const stopped = new Promise<'stopped'>((resolve) => {
  stop.signal.addEventListener('abort', () => resolve('stopped'), { once: true });
});

const clears: (() => Promise<unknown>)[] = [];
const clearAll = async () => {
  for (const clear of clears.splice(0).reverse()) {
    await Promise.race([
      clear().catch(() => {}),
      new Promise((resolve) => setTimeout(resolve, END_MS).unref()),
    ]);
  }
};

const watch = process.argv.includes('--watch');
const stays = process.argv.includes('--stay');
const playing = show({
  screen,
  found,
  home: process.env.HOME ?? '',
  watch,
  stays,
  atEnd: (clear) => clears.push(clear),
  pause: (milliseconds) =>
    watch ? new Promise((resolve) => setTimeout(resolve, milliseconds)) : Promise.resolve(),
});

try {
  if ((await Promise.race([playing, stopped])) === 'stopped') {
    screen.close();
    await clearAll();
    // What was being started when the person stopped it, is there to be ended now.
    await Promise.race([playing.catch(() => {}), new Promise((resolve) => setTimeout(resolve, 2000))]);
    await clearAll();
    process.exit(130);
  }
  await screen.step('ending everything', clearAll, 'browser, host and Identity Center have ended');
  process.exit(0);
} catch (error) {
  screen.close();
  await clearAll();
  const sentence = error instanceof DemoFailure ? error.message : 'The demo itself failed.';
  const output =
    error instanceof DemoFailure ? error.output : String(error instanceof Error ? error.stack : error);
  createScreen().fail(sentence, output);
  process.exit(1);
}
