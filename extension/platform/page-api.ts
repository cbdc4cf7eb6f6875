import type browser from 'webextension-polyfill';

/**
 * The same API with the same types, without the polyfill's 10 kB: for the content script, which every page of AWS loads,
 * and for the popup's first look. Good for calls that return promises in every browser of Manifest V3, and for no other.
 */
export const api: Pick<typeof browser, 'runtime' | 'storage'> =
  Reflect.get(globalThis, 'browser') ?? Reflect.get(globalThis, 'chrome');
