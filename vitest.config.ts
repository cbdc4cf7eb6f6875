import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { readTests } from './scripts/test-needs.mjs';
import LongestFirst from './test/support/longest-first.ts';

const tests = readTests(fileURLToPath(new URL('.', import.meta.url)));
// One project for all of them: each would have workers of its own, and each worker reads two seconds' worth of imports.
const sizes = process.env.AWSHER_TEST_SIZES?.split(',');
// What runs at once is bounded by what the machine gives. A test waits for a browser or a program for half of its time, so
// that four workers keep two cores busy; each has one browser.
const workers = availableParallelism() * 2;

export default defineConfig({
  test: {
    // Node is no browser, and the polyfill says so by throwing.
    alias: {
      'webextension-polyfill': fileURLToPath(new URL('./test/support/no-browser.ts', import.meta.url)),
    },
    maxWorkers: workers,
    sequence: { sequencer: LongestFirst },
    // For a machine that is busy with something else; a test that waits for what never comes has deadlines of its own.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    setupFiles: ['test/support/setup.ts'],
    reporters: ['default', './test/support/summary-reporter.ts'],
    env: { NODE_EXTRA_CA_CERTS: '' },
    // What the files of a worker import is read once: no test changes what others share.
    isolate: false,
    // The three projects, and the next run, find a file transformed: by its text, the configuration and the versions.
    experimental: { fsModuleCache: true, fsModuleCachePath: '.tmp/modules' },
    // `npm run unit -- --coverage`: what decides about a sign-in and what writes ~/.aws is tried without a browser.
    coverage: {
      include: [
        'extension/background/**',
        'shared/request/**',
        'shared/oidc/**',
        'native-host/base/files/**',
      ],
      exclude: ['test/**'],
      reporter: ['text-summary'],
      reportsDirectory: '.tmp/coverage',
      thresholds: {
        'extension/background/**': { lines: 90 },
        'shared/request/**': { lines: 90 },
        'shared/oidc/**': { lines: 90 },
        'native-host/base/files/**': { lines: 90 },
      },
    },
    include: tests.filter(({ size }) => sizes?.includes(size) ?? true).map(({ file }) => file),
    // What runs beside others of its file there waits for deadlines.
    maxConcurrency: 30,
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
});
