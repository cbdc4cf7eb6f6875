import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** Ends a run with one plain line that any log reader understands: `812 passed, 0 failed, 3 skipped`. */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests() as Iterable<TestCase>) count[test.result().state] += 1;
      // A file that does not even load has no tests to count.
      if (module.errors().length > 0) count.failed += 1;
    }
    const failed = count.failed + count.pending;
    console.log(`\n${count.passed} passed, ${failed} failed, ${count.skipped} skipped`);
  }
}
