import type { Page } from 'playwright-core';
import type { FakeExtensionOptions } from './fake-extension.ts';
import { PICTURE_TIME } from './states.ts';

/** A clock that stands; timers go on. */
export const STILL_CLOCK = `{const Real = Date; globalThis.stillAt = ${PICTURE_TIME};
globalThis.Date = class extends Real {
constructor(...given) { if (given.length) super(...given); else super(stillAt); }
static now() { return stillAt; } }; }`;

const IN_PAGE = `${STILL_CLOCK}
{const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (how) { return attach.call(this, openShadows ? { mode: 'open' } : how); };}
globalThis.startAnew = (options, html, shadows) => {
  // A notice keeps itself on top of the page as long as it is there.
  globalThis.shown?.remove();
  for (let timer = setTimeout(() => {}); timer > 0; timer -= 1) clearTimeout(timer);
  scrollTo(0, 0);
  stillAt = ${PICTURE_TIME};
  openShadows = shadows;
  startFake(options);
  document.open();
  document.write(html);
  document.close();
};
`;

/** A tab that shows one view after the other. */
export interface ViewTab {
  readonly page: Page;
  /** Shows the view from its beginning. `openShadows`: closed shadow roots become open ones. */
  begin(path: string, options: FakeExtensionOptions, openShadows: boolean): Promise<void>;
  /** Sets the clock so many milliseconds after `PICTURE_TIME`, where every view begins. */
  at(milliseconds: number): Promise<void>;
}

/** `fake` is the script of `fake-extension.ts`, which reads its options from the page; `more`: another script that the page keeps. */
export function viewTab(page: Page, origin: string, fake: string, more = ''): ViewTab {
  let script: { dispose(): Promise<void> } | undefined;
  let path: string | null = null;
  let html = '';
  return {
    page,
    async begin(wanted, options, openShadows) {
      const before = path;
      path = null;
      if (before === wanted) {
        // The same view in the page that is there: a tenth of what a load costs. A document that is opened again has no
        // listener left, and its scripts run again. Text: the driver walks through every value of what it is given otherwise.
        await page.evaluate(`startAnew(${JSON.stringify(options)}, ${JSON.stringify(html)}, ${openShadows})`);
      } else {
        await script?.dispose();
        script = await page.addInitScript({
          content: `globalThis.openShadows = ${openShadows};\n${IN_PAGE}${more}globalThis.fakeOptions = ${JSON.stringify(options)};\n${fake}`,
        });
        await page.goto(`${origin}/${wanted}`);
        const text = await (await fetch(`${origin}/${wanted}`)).text();
        // A module would run once only.
        html = text.replaceAll('type="module"', 'defer');
      }
      path = wanted;
    },
    async at(milliseconds) {
      await page.evaluate(`stillAt = ${PICTURE_TIME + milliseconds}`);
    },
  };
}
