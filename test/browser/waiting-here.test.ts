import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { NO_CHROMIUM } from '../support/browsers/find.ts';
import { foreignCode } from '../support/foreign-code.ts';
import { ownStage } from '../support/own-stage.ts';
import { until } from '../support/until.ts';

/** All text of a page, with what lies in closed shadow roots, as the browser's own inspector sees it. */
async function wholeText(page: Page): Promise<string> {
  const cdp = await page.context().newCDPSession(page);
  const { root } = await cdp.send('DOM.getDocument', { depth: -1, pierce: true });
  await cdp.detach();
  const texts: string[] = [];
  const walk = ({ nodeName, nodeValue, children = [], shadowRoots = [] }: typeof root): void => {
    if (nodeName === '#text') texts.push(nodeValue);
    for (const child of [...children, ...shadowRoots]) walk(child);
  };
  walk(root);
  return texts.join('\n');
}

/** The background colour of the notice. */
async function ground(page: Page): Promise<string | undefined> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('DOM.enable');
  await cdp.send('CSS.enable');
  const { nodes } = await cdp.send('DOM.getFlattenedDocument', { depth: -1, pierce: true });
  const dialog = nodes.find(({ nodeName }) => nodeName === 'DIALOG');
  const { computedStyle } = await cdp.send('CSS.getComputedStyleForNode', { nodeId: dialog?.nodeId ?? 0 });
  await cdp.detach();
  return computedStyle.find(({ name }) => name === 'background-color')?.value;
}

// Skipped only where Chromium is not installed; `npm test` installs it where it may.
describe.skipIf(NO_CHROMIUM)(`the notice for a code that nobody here asked for${NO_CHROMIUM}`, () => {
  it('names a sign-in command that does wait on this computer, and that none does any more', async (test) => {
    const { home, env, idc, browser } = await ownStage(test, { signedIn: true });
    mkdirSync(join(home, 'bin'), { recursive: true });
    const granted = join(home, 'bin', 'granted');
    writeFileSync(granted, '#!/bin/sh\nread line\n');
    chmodSync(granted, 0o755);
    const child = spawn(granted, ['sso', 'login', '--profile', 'marker-profile'], {
      env,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    try {
      const page = await browser.context.newPage();
      await page.goto((await foreignCode(idc)).url);
      await until(async () => /granted sso login, started/.test(await wholeText(page)), 30_000);
      expect(await wholeText(page)).not.toContain('marker-profile');
      child.stdin.end();
      await until(async () => !/granted sso login/.test(await wholeText(page)), 30_000);
      expect(await wholeText(page)).toContain('No one on this computer asked');
      expect(idc.count('AcceptUserCode')).toBe(0);
    } finally {
      child.kill();
    }
  });

  it('speaks the language and wears the theme that the person chose', async (test) => {
    const { idc, browser } = await ownStage(test, { signedIn: true });
    const { id } = await browser.extension();
    const options = await browser.context.newPage();
    await options.goto(`chrome-extension://${id}/options/options.html`);
    await options.getByLabel('Language').selectOption('ko');
    await options.locator('html[lang=ko]').waitFor();
    const ko = JSON.parse(readFileSync('extension/_locales/ko/messages.json', 'utf8'));
    await options.getByRole('radio', { name: ko.themeDark.message }).click();
    await options.locator('[data-theme=dark]').waitFor();
    const page = await browser.context.newPage();
    await page.goto((await foreignCode(idc)).url);
    await until(async () => (await wholeText(page)).includes(ko.noticeTitle.message));
    expect(await wholeText(page)).toContain(ko.noticeLeave.message);
    expect(await ground(page)).toBe('rgb(18, 24, 23)');
  });
});
