// For programs that draw views: webextension-polyfill wants to see a browser where there is none (`node --import`).
globalThis.browser = { runtime: { id: 'none' } };
globalThis.chrome = globalThis.browser;
