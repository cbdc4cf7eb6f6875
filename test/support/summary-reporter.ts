import type { Reporter, TestCase, TestModule } from 'vitest/node';

/**
 * Ends a run with one plain line that any log reader understands: `812 passed, 0 failed, 3 skipped`. Before it, each
 * test that was skipped, by name, and why where it says so: what is skipped proves nothing.
 */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    const skipped: string[] = [];
    for (const module of modules) {
      for (const test of module.children.allTests() as Iterable<TestCase>) {
        const result = test.result();
        count[result.state] += 1;
        if (result.state !== 'skipped' || isFiltered(test)) continue;
        const why = result.note === undefined ? '' : `: ${result.note}`;
        skipped.push(`skipped: ${module.relativeModuleId} > ${test.fullName}${why}`);
      }
      // A file that does not even load has no tests to count.
      if (module.errors().length > 0) count.failed += 1;
    }
    if (skipped.length > 0) console.log(`\n${skipped.join('\n')}`);
    const failed = count.failed + count.pending;
    console.log(`\n${count.passed} passed, ${failed} failed, ${count.skipped} skipped`);
  }
}

/** Left out by `-t "name"`, not by what it says of itself. */
function isFiltered(test: TestCase): boolean {
  const pattern = test.project.config.testNamePattern;
  return pattern !== undefined && !new RegExp(pattern).test(test.fullName.replaceAll(' > ', ' '));
}
