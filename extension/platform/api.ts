/** The WebExtension API of this browser. Only files in this folder name it; Firefox calls it `browser`, Chromium `chrome`. */
export const api = globalThis.browser ?? globalThis.chrome;
