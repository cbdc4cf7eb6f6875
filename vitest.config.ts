import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import LongestFirst from './test/support/longest-first.ts';

export default defineConfig({
  test: {
    // Node is no browser, and the polyfill says so by throwing.
    alias: {
      'webextension-polyfill': fileURLToPath(new URL('./test/support/no-browser.ts', import.meta.url)),
    },
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    // Tests of real browsers wait more than they work: one more of them at a time than a small machine has cores.
    maxWorkers: 3,
    // Of the tests of one file that run side by side, each with a browser of its own.
    maxConcurrency: 3,
    sequence: { sequencer: LongestFirst },
    // For a machine that is busy with something else; a test that waits for what never comes has deadlines of its own.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // A pipeline's machine may be busy with something else for a moment; a test that is wrong fails every time, and
    // the summary names those that needed more than one try.
    retry: process.env.CI ? 2 : 0,
    setupFiles: ['test/support/setup.ts'],
    reporters: ['default', './test/support/summary-reporter.ts'],
    env: { NODE_EXTRA_CA_CERTS: '' },
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
});
