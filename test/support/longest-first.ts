import { join } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { readTests } from '../../scripts/test-needs.mjs';
import { ROOT } from './root.ts';

const SIZES = ['browser', 'process', 'unit'] as const;

/**
 * Files with the most to do or to wait for, of browsers and of processes, the longest first: begun last, each would keep the others'
 * places empty at the end.
 */
const LONGEST = [
  'browser/firefox',
  'browser/hostile',
  'scripts/dev',
  'browser/views-popup',
  'browser/views-pages',
  'browser/saml-hostile',
  'browser/hostile-mutants',
  'scripts/demo',
  'browser/endurance',
  'browser/variants',
  'support/identity-center/pages',
  'browser/pkce',
  'browser/popup',
  'browser/listener',
  'browser/notice-first',
  'browser/signals',
  'browser/upgrade',
  'browser/undriven',
  'browser/sessions',
  'faults/in-the-browser',
  'browser/unknown-page',
  'browser/newcomer',
  'browser/trouble',
  'browser/hand-over',
  'browser/hand-over-dialog',
  'browser/start-urls',
  'browser/secrets',
  'faults/never-ends',
  'contract/forty-homes',
  'native-host/base/files/lock',
  'faults/token',
  'flows/login-pkce',
  'faults/killed',
  'flows/who',
  'flows/login',
  'native-host/features/doctor/each-check',
  'scripts/package',
];

/** Browser files first, then those of processes, of both the long ones first; then the rest as the runner sorts it. */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sizes = new Map(readTests(ROOT).map(({ file, size }) => [join(ROOT, file), size]));
    const rank = ({ moduleId }: TestSpecification) => {
      const place = LONGEST.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
      return SIZES.indexOf(sizes.get(moduleId) ?? 'unit') * 100 + (place === -1 ? LONGEST.length : place);
    };
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other));
  }
}
