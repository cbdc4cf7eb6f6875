import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import required from '../../manifests/extension/required-hosts.json' with { type: 'json' };
import ids from '../../manifests/ids.json' with { type: 'json' };
import { PARTITIONS } from '../../shared/aws/regions.ts';
import { loadedBytes, loadedWith, shipped } from '../support/shipped.ts';

// needs: build

const manifestOf = (engine: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(shipped(engine), 'manifest.json'), 'utf8'));
const text = (name: string) => readFileSync(join(shipped('chromium'), name), 'utf8');

const holds = (engine: string, name: string, words: string) =>
  readFileSync(join(shipped(engine), name), 'utf8').includes(words);
const filesOf = (engine: string, type: RegExp) =>
  readdirSync(shipped(engine), { recursive: true })
    .map(String)
    .filter((name) => type.test(name));

const ContentScripts = v.array(v.looseObject({ matches: v.array(v.string()) }));

const ENGINES = ['chromium', 'firefox'];

describe.each(ENGINES)('the extension for %s', (engine) => {
  const manifest = manifestOf(engine);
  const patterns: unknown = manifest.host_permissions;

  it('asks for no more than it needs; each new word here is a new question to the person', () => {
    expect(manifest.permissions).toMatchSnapshot();
    expect(manifest.optional_permissions).toMatchSnapshot();
    expect(manifest.optional_host_permissions).toMatchSnapshot();
  });

  it("asks for AWS's portals and sso-oidc as they were released, and this machine at most", () => {
    const own = new Set(required);
    const others = Array.isArray(patterns) ? patterns.filter((pattern) => !own.has(pattern)) : ['no list'];
    expect(others.filter((pattern) => !/^http:\/\/(127\.0\.0\.1|localhost|\[::1\])\//.test(pattern))).toEqual(
      [],
    );
    expect(JSON.stringify(manifest)).not.toMatch(/<all_urls>|"(https?|\*):\/\/\*\/\*"/);
  });

  it('runs its content script on the pages alone, in the top frame, and shows pages nothing of itself', () => {
    const scripts = v.parse(ContentScripts, manifest.content_scripts);
    for (const script of scripts)
      expect(script).toMatchObject({ js: ['content.js'], run_at: 'document_start', all_frames: false });
    // What a content script matches is a required host like any other.
    const matches = scripts.flatMap((script) => script.matches);
    const covered = (match: string) =>
      required.some((pattern) => match.startsWith(pattern.replace(/\*$/, '')));
    expect(matches.filter((match) => !covered(match))).toEqual([]);
    expect(matches.filter((match) => match.includes('awsapps'))).toEqual([
      'https://*.awsapps.com/start*',
      'https://*.awsapps.com/directory/*',
      'https://*.awsapps.cn/directory/*',
    ]);
    expect(manifest).not.toHaveProperty('web_accessible_resources');
    expect(manifest).not.toHaveProperty('externally_connectable');
  });

  it('forbids itself code from elsewhere', () => {
    const policy = Object(manifest.content_security_policy).extension_pages;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/unsafe|\bhttp:/);
  });

  it("reaches AWS's own domains, the extension's files, and nothing else", () => {
    const policy = String(Object(manifest.content_security_policy).extension_pages);
    const [, reached] = /connect-src ([^;]*);/.exec(policy) ?? [];
    const domains = PARTITIONS.flatMap((one) => [one.dnsSuffix, one.dualStackSuffix]).map(
      (domain) => `https://*.${domain}`,
    );
    expect(reached?.split(' ')).toEqual(["'self'", ...new Set(domains)]);
    expect(policy.replace(reached ?? '', '')).not.toContain('*');
  });

  it('names only files that are there', () => {
    const names = JSON.stringify(manifest).match(/"[\w/]+\.(js|html|png)"/g) ?? [];
    expect(names.length).toBeGreaterThan(5);
    for (const name of names) expect(statSync(join(shipped(engine), name.slice(1, -1))).isFile()).toBe(true);
  });
});

describe('its ids', () => {
  it('the id in Chromium is the one that its public key makes', () => {
    const key = Buffer.from(String(manifestOf('chromium').key), 'base64');
    const digits = createHash('sha256').update(key).digest('hex').slice(0, 32);
    const id = [...digits].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16))).join('');
    expect(ids.chromium[0]).toBe(id);
    expect(manifestOf('firefox')).not.toHaveProperty('key');
  });

  it('the host answers the ids of the stores and of the self-hosted build, as far as they are known', () => {
    const known = [...Object.values(ids.stores), ids.selfHosted].filter((id) => id !== null);
    expect(ids.chromium.slice(1)).toEqual(known);
    for (const id of ids.chromium) expect(id).toMatch(/^[a-p]{32}$/);
  });

  it('the id in Firefox is the one of the table', () => {
    expect(Object(manifestOf('firefox').browser_specific_settings).gecko.id).toBe(ids.firefox);
  });
});

describe('its size', () => {
  it.each(ENGINES)('content script: less than 15 kB, background: less than 250 kB, for %s', (engine) => {
    expect(loadedBytes(engine, 'content.js')).toBeLessThan(15_000);
    expect(loadedBytes(engine, 'background.js')).toBeLessThan(250_000);
    expect([...loadedWith(engine, 'content.js'), ...loadedWith(engine, 'popup/popup.html')]).toEqual([
      'content.js',
      'popup/popup.html',
      'parts/popup/early.js',
      'parts/popup/popup.js',
      'parts/popup.css',
    ]);
  });

  it('no source map, no source, nothing of the tests', () => {
    const files = readdirSync(shipped('chromium'), { recursive: true }).map(String);
    expect(files.filter((name) => /\.(map|ts|tsx|svg)$/.test(name))).toEqual([]);
  });
});

/** Told from every other text by what it says where there is no extension. */
const POLYFILL = 'This script should only be loaded in a browser extension.';

describe('its code', () => {
  it.each(ENGINES)('has webextension-polyfill in the background and in every view, for %s', (engine) => {
    const views = filesOf(engine, /\.html$/);
    expect(views.length).toBeGreaterThan(4);
    for (const entry of ['background.js', ...views])
      expect({
        entry,
        has: [...loadedWith(engine, entry)].some((name) => holds(engine, name, POLYFILL)),
      }).toEqual({
        entry,
        has: true,
      });
    // Too large for these two, and nothing for them to do.
    for (const name of ['content.js', 'parts/popup/early.js'])
      expect(holds(engine, name, POLYFILL)).toBe(false);
  });

  it.each(ENGINES)('makes no code at run time, and loads none later or from elsewhere, for %s', (engine) => {
    for (const name of filesOf(engine, /\.js$/))
      expect(readFileSync(join(shipped(engine), name), 'utf8'), name).not.toMatch(
        /\beval\(|new Function\(|\bimport\(|importScripts|\.innerHTML\s*=/,
      );
    for (const name of filesOf(engine, /\.html$/)) {
      const page = readFileSync(join(shipped(engine), name), 'utf8');
      const links = [...page.matchAll(/\b(?:src|href)="([^"]+)"/g)].map(([, link]) => link);
      expect(links.length, name).toBeGreaterThan(1);
      expect(links.filter((link = '') => !link.startsWith('../parts/'))).toEqual([]);
      expect(page).not.toMatch(/<script(?![^>]*\bsrc=)|\bon\w+=/);
    }
  });

  it.each(ENGINES)(
    'has no loader: every script is one that a page or the manifest names, for %s',
    (engine) => {
      const entries = ['background.js', 'content.js', ...filesOf(engine, /\.html$/)];
      const loaded = new Set(entries.flatMap((entry) => [...loadedWith(engine, entry)]));
      expect(filesOf(engine, /\.js$/).filter((name) => !loaded.has(name))).toEqual([]);
      expect([...loadedWith(engine, 'background.js')]).toEqual(['background.js']);
    },
  );

  it('the content script knows no host but that of the old device page, no token, and no port', () => {
    expect(text('content.js')).not.toMatch(
      /amazonaws|awsapps|accessToken|clientSecret|deviceCode|connectNative|fetch\(/,
    );
  });
});
