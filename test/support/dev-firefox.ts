import { startDevSession } from '../../scripts/dev/session.ts';
import { setPortalCookies } from './browsers/firefox.ts';
import { saveEverything } from './dev-driver.ts';
import { ROOT } from './root.ts';

/**
 * Starts what `npm run dev -- --firefox` starts, and is the person at it; this tree is a copy. Prints for each change after how
 * many milliseconds it was seen. From inside, since Firefox takes one driver.
 *
 * `node --import ./scripts/demo/typescript.mjs FILE`
 */
const said: string[] = [];
const session = await startDevSession({ engine: 'firefox', visible: false, say: (line) => said.push(line) });
const { home, idc, command, env, loop } = session;
try {
  if (!('firefox' in loop)) throw new Error('no Firefox');
  const { firefox } = loop;
  const took = await saveEverything({
    tree: ROOT,
    home,
    command,
    env,
    browser: { firefox, installed: () => said.filter((line) => line.includes('installed again')).length },
    async openSite() {
      await setPortalCookies(firefox.browser, idc);
      const page = await firefox.browser.newPage();
      await page.goto(idc.startUrl);
      return page;
    },
  });
  console.log(JSON.stringify(took));
} catch (error) {
  console.error(String(error), '\n', said.join('\n'));
  process.exitCode = 1;
} finally {
  await session.close();
}
process.exit();
