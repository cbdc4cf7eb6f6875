import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** A worker goes on with what it has imported, and with its browser, as long as the next file is of the same project. */
const PROJECTS = ['browser', 'process', 'unit'];

/**
 * Files with the most to do or to wait for, of browsers and of processes, the longest first: begun last, each would keep the others'
 * places empty at the end.
 */
const LONGEST = [
  'browser/hostile-firefox',
  'browser/views-popup',
  'browser/views-pages',
  'scripts/dev',
  'browser/hostile',
  'browser/hostile-mutants',
  'browser/firefox',
  'browser/endurance',
  'browser/listener',
  'browser/pkce',
  'browser/trouble',
  'browser/variants',
  'scripts/demo',
  'browser/notice-first',
  'browser/sessions',
  'browser/store-update',
  'browser/login',
  'browser/saml-hostile',
  'browser/upgrade',
  'browser/hand-over-dialog',
  'browser/foreign-code',
  'browser/welcome',
  'browser/roles',
  'browser/ask-first',
  'contract/forty-homes',
  'flows/who',
  'faults/never-ends',
  'faults/killed',
  'native-host/base/files/lock',
  'flows/login',
  'faults/token',
  'native-host/features/doctor/each-check',
  'scripts/package',
];

/** Browser files first, then those of processes, of both the long ones first; then the rest as the runner sorts it. */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId, project }: TestSpecification) => {
      const place = LONGEST.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
      return PROJECTS.indexOf(project.name) * 100 + (place === -1 ? LONGEST.length : place);
    };
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other));
  }
}
