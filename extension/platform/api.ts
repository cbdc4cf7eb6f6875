import browser, { type Runtime } from 'webextension-polyfill';

/**
 * The WebExtension API of this browser, as promises: webextension-polyfill, which is the browser's own `browser` where
 * there is one. Only files in this folder name it. What has to be a few hundred bytes takes `page-api.ts`.
 */
export const api = browser;

/** One end of a line between two parts of the extension. */
export type Port = Runtime.Port;
export type MessageSender = Runtime.MessageSender;
