import { readdirSync } from 'node:fs';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PageReading } from '../../../shared/approval/page-reading.ts';
import { openReader, PAGES, type Reader } from './reader-page.ts';

let reader: Reader;
beforeAll(async () => {
  reader = await openReader();
});
afterAll(() => reader.close());

const NONE = { present: 0, usable: 0, disabled: 0, covered: false };
const ONE = { present: 1, usable: 1, disabled: 0, covered: false };
const PAGE: PageReading = {
  confirm: NONE,
  allow: NONE,
  shownCodes: [],
  approved: false,
  error: false,
  blank: false,
};
const OURS = ['ABCD-EFGH'];
const CODE: PageReading = { ...PAGE, confirm: ONE, shownCodes: OURS };
const CONSENT: PageReading = { ...PAGE, allow: ONE };
const APPROVED: PageReading = { ...PAGE, approved: true };
const ERROR: PageReading = { ...PAGE, error: true };

/** File, what is read, and the words on the button that may be pressed. */
const SAVED: [name: string, reading: PageReading, confirm?: string | undefined, allow?: string][] = [
  ['confirm', CODE, 'Confirm and continue'],
  ['confirm-ja', CODE, '確認して続行'],
  ['confirm-zh', CODE, '确认并继续'],
  ['confirm-de-attribute', CODE, 'Bestätigen und fortfahren'],
  ['confirm-de-text', { ...PAGE, shownCodes: OURS }],
  ['device-old', CODE, 'Confirm and continue'],
  ['dead-2023', { ...PAGE, shownCodes: OURS }],
  ['consent', CONSENT, undefined, 'Allow access'],
  ['consent-2024', CONSENT, undefined, 'Allow'],
  ['consent-ja', CONSENT, undefined, 'アクセスを許可'],
  ['consent-zh', CONSENT, undefined, '允许访问'],
  ['consent-fr-attribute', CONSENT, undefined, 'Autoriser'],
  ['approved', APPROVED],
  ['approved-context-alert', APPROVED],
  ['approved-component', APPROVED],
  ['approved-ja', APPROVED],
  ['not-approved', PAGE],
  ['error', ERROR],
  ['error-testid', ERROR],
  ['error-old', ERROR],
  ['both-buttons', { ...CODE, allow: ONE }, 'Confirm and continue', 'Allow access'],
  ['duplicated', { ...CODE, confirm: { ...ONE, present: 2, usable: 2 } }],
  ['cookie-banner', CODE, 'Confirm and continue'],
  ['covered', { ...CODE, confirm: { ...ONE, covered: true } }],
  ['two-codes', { ...CODE, shownCodes: ['ABCD-EFGH', 'WXYZ-2345'] }, 'Confirm and continue'],
  ['hidden-code', { ...CODE, shownCodes: ['WXYZ-2345'] }, 'Confirm and continue'],
  ['split-code', CODE, 'Confirm and continue'],
  ['blank', { ...PAGE, blank: true }],
  ['unknown', { ...PAGE, shownCodes: OURS }],
  ['sign-in', PAGE],
  ['near-texts', { ...PAGE, shownCodes: OURS }],
  ['long', CODE, 'Confirm and continue'],
];

describe('a saved page', () => {
  it.each(SAVED)('%s', async (name, reading, confirm = undefined, allow = undefined) => {
    expect(await reader.read(name)).toEqual({ reading, confirm: confirm ?? null, allow: allow ?? null });
    expect(v.safeParse(PageReading, reading).success).toBe(true);
  });

  it('is in the table, every one', () => {
    const files = readdirSync(PAGES).filter((name) => name.endsWith('.html'));
    expect(files.sort()).toEqual(SAVED.map(([name]) => `${name}.html`).sort());
  });
});

const BUTTON = `const button = document.querySelector('#cli_verification_btn')`;

describe('a button that a person cannot see', () => {
  it.each([
    ['display', `button.style.display = 'none'`],
    ['visibility', `button.style.visibility = 'hidden'`],
    ['opacity', `button.style.opacity = '0'`],
    ['the opacity of what holds it', `button.closest('main').style.opacity = '0'`],
    ['hidden', 'button.hidden = true'],
    [
      'a closed details',
      `const d = document.createElement('details'); button.replaceWith(d); d.append(button)`,
    ],
    ['no size', `button.style.cssText = 'width:0;height:0;padding:0;border:0;overflow:hidden'`],
    ['a fold of nothing', `button.style.transform = 'scale(0)'`],
    ['content-visibility', `button.closest('main').style.contentVisibility = 'hidden'`],
  ])('by %s: it is there, and not usable', async (_how, change) => {
    const { reading, confirm } = await reader.read('confirm', `${BUTTON}; ${change}`);
    expect(reading.confirm).toEqual({ ...NONE, present: 1 });
    expect(confirm).toBeNull();
  });

  it('does not stand in the way of the one that is seen', async () => {
    const twin = `const twin = button.cloneNode(true); twin.hidden = true; button.before(twin)`;
    const { reading, confirm } = await reader.read('confirm', `${BUTTON}; ${twin}`);
    expect(reading.confirm).toEqual({ ...ONE, present: 2 });
    expect(confirm).toBe('Confirm and continue');
  });
});

describe('a disabled button', () => {
  it.each([
    ['disabled', 'button.disabled = true'],
    ['aria-disabled', `button.setAttribute('aria-disabled', 'true')`],
    [
      'a disabled fieldset',
      `const f = document.createElement('fieldset'); f.disabled = true; button.replaceWith(f); f.append(button)`,
    ],
    ['inert', `button.closest('main').inert = true`],
  ])('by %s: it is seen, and not usable', async (_how, change) => {
    const { reading, confirm } = await reader.read('confirm', `${BUTTON}; ${change}`);
    expect(reading.confirm).toEqual({ ...NONE, present: 1, disabled: 1 });
    expect(confirm).toBeNull();
  });

  it('beside a usable one makes two', async () => {
    const twin = `const twin = button.cloneNode(true); twin.disabled = true; button.before(twin)`;
    const { reading, confirm } = await reader.read('confirm', `${BUTTON}; ${twin}`);
    expect(reading.confirm).toEqual({ ...ONE, present: 2, disabled: 1 });
    expect(confirm).toBeNull();
  });
});

describe('a covered button', () => {
  const cover = (style: string, more = '') =>
    `${BUTTON}; const cover = document.createElement('div'); cover.style.cssText = 'position:fixed;inset:0;${style}'; ${more}; document.body.append(cover)`;

  it.each([
    ['transparent', cover('opacity:0')],
    [
      'a modal dialog',
      `const d = document.createElement('dialog'); d.style.cssText = 'width:100%;height:100%'; document.body.append(d); d.showModal()`,
    ],
    [
      'a frame',
      `const f = document.createElement('iframe'); f.style.cssText = 'position:fixed;inset:0;width:100%;height:100%'; document.body.append(f)`,
    ],
    ['named nearly like the cookie banner', cover('', `cover.dataset.id = 'awsccc-cb-other'`)],
    ['with the class of a cookie banner', cover('', `cover.className = 'awsccc-cb'`)],
    [
      'above the cookie banner',
      cover(
        'z-index:1',
        `const b = document.createElement('div'); b.dataset.id = 'awsccc-cb'; b.style.cssText = 'position:fixed;inset:0'; document.body.append(b)`,
      ),
    ],
  ])('by something %s is not pressed', async (_how, change) => {
    const { reading, confirm } = await reader.read('confirm', change);
    expect(reading.confirm).toEqual({ ...ONE, covered: true });
    expect(confirm).toBeNull();
  });

  it.each([
    ['its own label', `${BUTTON}; button.innerHTML = '<span><b>Confirm and continue</b></span>'`],
    ['something that lets clicks through', cover('pointer-events:none')],
    ['something beside it', cover('bottom:auto;height:10px')],
  ])('is not one by %s', async (_how, change) => {
    const { reading, confirm } = await reader.read('confirm', change);
    expect(reading.confirm).toEqual(ONE);
    expect(confirm).toBe('Confirm and continue');
  });
});

describe('codes on a page', () => {
  const say = (text: string) => `document.querySelector('#user-code').textContent = ${JSON.stringify(text)}`;

  it.each([
    ['with space around it', ' \n ABCD-EFGH ', ['ABCD-EFGH']],
    ['in a sentence', 'Your code: ABCD-EFGH.', ['ABCD-EFGH']],
    ['in small letters', 'abcd-efgh', []],
    ['longer than a code', 'ABCD-EFGH-IJKL', []],
    ['with another dash', 'ABCD–EFGH', []],
  ])('%s', async (_how, text, codes) => {
    expect((await reader.read('confirm', say(text))).reading.shownCodes).toEqual(codes);
  });

  it('are four at most', async () => {
    const many = Array.from({ length: 9 }, (_, index) => `AAAA-000${index}`).join(' ');
    expect((await reader.read('confirm', say(many))).reading.shownCodes).toHaveLength(4);
  });

  it('made small by style are read as they are written, and the other way round', async () => {
    const small = `document.querySelector('#user-code').style.textTransform = 'lowercase'`;
    expect((await reader.read('confirm', small)).reading.shownCodes).toEqual(['ABCD-EFGH']);
  });
});

describe('a hostile page', () => {
  it('with ten thousand buttons is read in a moment, and its counts fit the message', async () => {
    const flood = `for (let i = 0; i < 10000; i++) { const b = document.createElement('button'); b.dataset.analytics = 'accept-user-code'; b.textContent = 'x'; document.body.append(b); }`;
    const started = performance.now();
    const { reading } = await reader.read('confirm', flood);
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(reading.confirm).toMatchObject({ present: 50, usable: 50 });
    expect(v.safeParse(PageReading, reading).success).toBe(true);
  });

  it('is changed in nothing by being read', async () => {
    const before = await reader.read('confirm');
    await reader.page.evaluate(`globalThis.watch = new MutationObserver(() => {});
      watch.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });`);
    expect(await reader.readAgain()).toEqual(before);
    expect(await reader.page.evaluate('watch.takeRecords().length')).toBe(0);
  });
});
