import type { Reporter, TestCase, TestModule } from 'vitest/node';

/**
 * Ends a run with one plain line that any log reader understands: `812 passed, 0 failed, 3 skipped`. Before it, tests
 * that passed on a later try only: they hide a race of ours, and somebody has to look.
 */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    const late: { name: string; tries: number }[] = [];
    for (const module of modules) {
      for (const test of module.children.allTests() as Iterable<TestCase>) {
        const { state } = test.result();
        count[state] += 1;
        const retries = test.diagnostic()?.retryCount ?? 0;
        if (state === 'passed' && retries > 0) {
          late.push({ name: `${module.relativeModuleId} > ${test.fullName}`, tries: retries + 1 });
        }
      }
      // A file that does not even load has no tests to count.
      if (module.errors().length > 0) count.failed += 1;
    }
    for (const { name, tries } of late) console.log(`passed on try ${tries}: ${name}`);
    const failed = count.failed + count.pending;
    console.log(`\n${count.passed} passed, ${failed} failed, ${count.skipped} skipped`);
  }
}
