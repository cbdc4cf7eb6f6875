import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { rolldown } from 'rolldown';
import type { PageReading } from '../../../shared/approval/page-reading.ts';
import { ROOT } from '../../support/root.ts';

// needs: chromium

export const PAGES = join(ROOT, 'test', 'fixtures', 'pages');

/** What the page reader says about a page, and the words on the buttons that it would press. */
export interface Seen {
  reading: PageReading;
  confirm: string | null;
  allow: string | null;
}

/** A real browser with a page in which the content script's page reader runs alone. */
export interface Reader {
  /** Shows a saved page, changes it, and reads it. `change` is JavaScript for the page. */
  read(name: string, change?: string): Promise<Seen>;
  /** Reads what is shown now. */
  readAgain(): Promise<Seen>;
  page: Page;
  close(): Promise<void>;
}

export async function openReader(): Promise<Reader> {
  const script = await bundle();
  const home = await mkdtemp(join(tmpdir(), 'awsher-reader-'));
  const browser: Browser = await chromium.launch({
    executablePath: process.env.AWSHER_TEST_CHROMIUM ?? '/usr/lib/chromium/chromium',
    chromiumSandbox: false,
    args: ['--no-sandbox', '--no-proxy-server'],
    env: { ...process.env, HOME: home },
  });
  const page = await browser.newPage({ viewport: { width: 1000, height: 700 } });
  const readAgain = (): Promise<Seen> =>
    page.evaluate(`${script}
      (() => {
        const words = (step) => reader.theButton(step)?.textContent.trim() ?? null;
        return { reading: reader.readPage(), confirm: words('confirm'), allow: words('allow') };
      })()`);
  return {
    page,
    readAgain,
    async read(name, change = '') {
      await page.setContent(await readFile(join(PAGES, `${name}.html`), 'utf8'));
      await page.evaluate(change);
      return readAgain();
    },
    async close() {
      await browser.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** The page reader as one script that leaves `reader` behind, as the content script is one script. */
async function bundle(): Promise<string> {
  const bundled = await rolldown({
    input: join(ROOT, 'extension', 'content', 'read-page.ts'),
    logLevel: 'silent',
  });
  const { output } = await bundled.generate({ format: 'iife', name: 'reader', minify: false });
  await bundled.close();
  return output[0].code;
}
