import { expect, it } from 'vitest';
import { unseenMistakes } from '../../support/mistakes.ts';
import { wholeLife } from './samples.ts';

const FILES = /shared\/(request\/(next|page|token|end|due)|oidc\/poll)\.ts$/;
/** What is there for the types alone. */
const SAME: ReadonlySet<string> = new Set([
  'next.ts right: isHandOver(request) && event.tabId === request.subject.personsTab',
  'next.ts left: isDue(restedAt(request)) && rests && tabId !== null',
  'next.ts left: isDue(restedAt(request)) && rests',
  'page.ts never: tabId === null',
]);

it('whatever is wrong in the machine changes the table', async () => {
  const { tried, unseen } = await unseenMistakes(
    FILES,
    'test/shared/request/samples.ts',
    'wholeLife',
    wholeLife,
  );
  expect(tried).toBeGreaterThan(400);
  // Exactly these: an entry that a row tells meanwhile goes, too.
  expect(unseen).toEqual(SAME);
});
