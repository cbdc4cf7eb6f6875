import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    // Real browsers and real processes share two cores on small machines: more workers only make time-outs.
    maxWorkers: 2,
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
