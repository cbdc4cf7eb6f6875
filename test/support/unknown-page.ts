import type { Page } from 'playwright-core';
import { UNKNOWN_PAGE_MS } from '../../shared/request/deadlines.ts';
import { type DrivenChromium, passTime } from './browsers/chromium.ts';
import { UNKNOWN_TEXTS } from './identity-center/pages/texts.ts';

/** Until the page shows its button, in words that nobody knows (`markers: 'none'`). */
export const isUnknown = (page: Page, button: 'confirm' | 'allow'): Promise<void> =>
  page.getByText(UNKNOWN_TEXTS[button] ?? '', { exact: true }).waitFor();

/** The page that is shown stays for so long that the person is asked. */
export const staysTooLong = (browser: DrivenChromium): Promise<void> => passTime(browser, UNKNOWN_PAGE_MS);
