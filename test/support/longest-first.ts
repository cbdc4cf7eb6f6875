import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files whose tests wait most, the longest first: begun last, each would keep the others' places empty at the end. */
const LONGEST = [
  'browser/hostile-firefox',
  'browser/views',
  'browser/firefox',
  'browser/hostile',
  'browser/hostile-mutants',
  'browser/variants',
  'browser/login',
  'browser/hand-over-dialog',
  'browser/hand-over-hostile',
  'scripts/demo',
  'browser/endurance',
  'flows/who',
  'browser/foreign-code',
  'browser/hand-over',
  'browser/sessions',
  'browser/trouble',
  'browser/welcome',
];

/** The long files first, then the rest as the runner sorts it. */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = LONGEST.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
      return place === -1 ? LONGEST.length : place;
    };
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other));
  }
}
