import { existsSync } from 'node:fs';
import { platform } from 'node:os';

// The binary itself where a distribution puts a wrapper script in front of it.
const CHROMIUM_PLACES: Partial<Record<NodeJS.Platform, string[]>> = {
  linux: [
    '/usr/lib/chromium/chromium',
    '/usr/lib/chromium-browser/chromium-browser',
    '/usr/lib64/chromium-browser/chromium-browser',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/snap/bin/chromium',
    '/opt/google/chrome/chrome',
    '/opt/microsoft/msedge/msedge',
    '/opt/brave.com/brave/brave',
    '/opt/vivaldi/vivaldi',
  ],
  darwin: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    '/Applications/Brave Browser.app/Contents/MacOS/Brave Browser',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ],
  win32: [
    'C:\\Program Files\\Chromium\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
    'C:\\Program Files\\BraveSoftware\\Brave-Browser\\Application\\brave.exe',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  ],
};

const FIREFOX_PLACES: Partial<Record<NodeJS.Platform, string[]>> = {
  linux: [
    '/usr/bin/firefox-esr',
    '/usr/lib/firefox-esr/firefox-esr',
    '/usr/lib/firefox/firefox',
    '/usr/bin/firefox',
  ],
  darwin: ['/Applications/Firefox.app/Contents/MacOS/firefox'],
  win32: ['C:\\Program Files\\Mozilla Firefox\\firefox.exe'],
};

/** A browser of the Chromium family: `AWSHER_TEST_CHROMIUM`, else the first one installed; null when there is none. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | null {
  return find(env.AWSHER_TEST_CHROMIUM, CHROMIUM_PLACES);
}

/** Firefox: `AWSHER_TEST_FIREFOX`, else the first one installed; null when there is none. */
export function findFirefox(env: NodeJS.ProcessEnv = process.env): string | null {
  return find(env.AWSHER_TEST_FIREFOX, FIREFOX_PLACES);
}

function find(asked: string | undefined, places: Partial<Record<NodeJS.Platform, string[]>>): string | null {
  if (asked !== undefined && asked !== '') return asked;
  return places[platform()]?.find((path) => existsSync(path)) ?? null;
}

const unless = (found: string | null, name: string): string =>
  found === null ? ` (skipped: there is no ${name} here)` : '';

/** Why a test is skipped, for its name, which the summary tells; empty where the browser is here. */
export const NO_CHROMIUM = unless(findChromium(), 'Chromium');
export const NO_FIREFOX = unless(findFirefox(), 'Firefox');
