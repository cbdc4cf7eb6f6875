import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, NO_CHROMIUM } from '../browsers/find.ts';
import { boxesOf, layoutFaults, mirrorFaults } from './layout.ts';
import { viewsStage } from './stage.ts';
import { focusFaults, tabWalkFaults } from './tab-walk.ts';

/** The checks of every view find what they are there for: each fault below was made on purpose. */

let page: Page;
beforeAll(async () => {
  if (findChromium() === null) return;
  const { browser } = await viewsStage();
  page = await browser.newPage();
});
afterAll(() => page?.close());

async function showHtml(html: string, more: { width?: number } = {}) {
  await page.setViewportSize({ width: more.width ?? 300, height: 200 });
  await page.setContent(`<!doctype html><style>body{margin:0;font:14px sans-serif}</style>${html}`);
}

// Skipped only where Chromium is not installed; `npm test` installs it where it may.
describe.skipIf(NO_CHROMIUM)(`the checks of views${NO_CHROMIUM}`, () => {
  it.each([
    [
      '<p style="white-space:nowrap">A long text that goes on and on, further than this window is wide</p>',
      'px wide',
    ],
    [
      '<div style="width:80px;overflow:hidden;white-space:nowrap"><p>A long text that is cut</p></div>',
      'at the side',
    ],
    ['<div style="height:12px;overflow:hidden"><p>Two<br>lines</p></div>', 'above or below'],
    [
      '<div style="width:60px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap">A long text</div>',
      'no title',
    ],
    [
      '<button style="width:60px;height:24px;white-space:nowrap">Much too long</button>',
      'larger than itself',
    ],
    ['<button style="width:10px;height:10px;padding:0"></button>', 'a target of'],
    ['<button>One</button><button style="margin-left:-20px">Two</button>', 'lies on'],
    ['<p style="position:absolute;top:-30px">Text</p>', 'above where'],
    [
      '<div style="height:40px;overflow:auto"><p style="height:90px">Text</p></div>',
      'keyboard reaches nothing',
    ],
    ['<button style="transition:rotate 1s">Press me</button>', 'moves although'],
    ['<style>@keyframes a{to{opacity:0}}p{animation:a 1s infinite}</style><p>Text</p>', 'without end'],
  ])('layout: %s', async (html, fault) => {
    await showHtml(html);
    expect((await layoutFaults(page)).join('\n')).toContain(fault);
  });

  it('layout: finds nothing on a sound page', async () => {
    await showHtml(
      '<h1>A title that wraps when the window is narrow</h1><button style="padding:8px">Press me</button>',
    );
    expect(await layoutFaults(page)).toEqual([]);
  });

  it('mirror: a margin on the left stays on the left', async () => {
    const html = (dir: string, margin: string) =>
      `<div><p style="${margin}:40px">Text</p></div><script>document.documentElement.dir='${dir}'</script>`;
    const boxes = async (dir: string, margin: string) => {
      await showHtml(html(dir, margin));
      return boxesOf(page);
    };
    expect(mirrorFaults(await boxes('ltr', 'margin-left'), await boxes('rtl', 'margin-left'))).toHaveLength(
      1,
    );
    const sound = 'margin-inline-start';
    expect(mirrorFaults(await boxes('ltr', sound), await boxes('rtl', sound))).toEqual([]);
  });

  it.each([
    ['<button>One</button><a href="#x" style="outline:none">Two</a>', 'cannot be seen'],
    ['<button>One</button><div style="position:fixed;inset:0;background:red"></div>', 'it lies under'],
    [
      '<style>:focus{outline:3px solid red}label:has(input){box-shadow:0 0 2px}</style><label>A<input style="opacity:0"></label>',
      'cannot be seen',
    ],
    [
      '<button tabindex="3">One</button><button tabindex="2">Two</button><button tabindex="1">Three</button>',
      'after',
    ],
    [
      '<button style="margin-top:80px">One</button><button style="position:fixed;top:0;left:0">Two</button>',
      'lies above',
    ],
    [
      `<div id="host"></div><script>
        host.attachShadow({ mode: 'open' }).innerHTML = '<button>One</button><button style="outline:none">Two</button>';
      </script>`,
      'cannot be seen',
    ],
    ['<button>One</button><button onfocus="this.blur()">Two</button>', 'does not reach'],
  ])('keyboard: %s', async (html, fault) => {
    await showHtml(html);
    expect((await tabWalkFaults(page)).join('\n')).toContain(fault);
  });

  it.each([
    ['<button>One</button><a href="#x" style="outline:none">Two</a>', 'cannot be seen'],
    ['<button>One</button><div style="position:fixed;inset:0;background:red"></div>', 'it lies under'],
    ['<button style="position:fixed;left:400px">One</button>', 'outside of the window'],
    ['<button>One</button><button onfocus="this.blur()">Two</button>', 'takes no focus'],
  ])('focus: %s', async (html, fault) => {
    await showHtml(html);
    expect((await focusFaults(page)).join('\n')).toContain(fault);
  });
});
