import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { expect, it } from 'vitest';
import { ROOT } from '../../support/root.ts';
import { wholeLife } from './samples.ts';
import { switched } from './switched.ts';

const FILES = /shared\/(request\/(next|page|token|end|due)|oidc\/poll)\.ts$/;
/** What is there for the types alone. */
const SAME: ReadonlySet<string> = new Set([
  'next.ts right: isHandOver(request) && event.tabId === request.subject.personsTab',
  'next.ts left: isDue(restedAt(request)) && rests && tabId !== null',
  'next.ts left: isDue(restedAt(request)) && rests',
  'page.ts never: tabId === null',
]);

/** The machine with switches, and its whole life. */
async function breakable() {
  const names: string[] = [];
  const build = await rolldown({
    input: join(ROOT, 'test/shared/request/samples.ts'),
    plugins: [switched(FILES, names)],
  });
  const { output } = await build.generate({ format: 'esm' });
  const built: { wholeLife: typeof wholeLife } = await import(
    /* @vite-ignore */ `data:text/javascript;base64,${Buffer.from(output[0].code).toString('base64')}`
  );
  return { names, life: built.wholeLife };
}

it('whatever is wrong in the machine changes the table', async () => {
  const table = wholeLife.map((tell) => tell());
  const { names, life } = await breakable();
  const differs = (place: number): boolean => {
    try {
      return life[place]?.() !== table[place];
    } catch {
      return true;
    }
  };
  const places = [...table.keys()];
  /** Whether any place differs. Where the last mistake was seen the next one may be, too: it is tried first. */
  function isSeen(index: number | null): boolean {
    Reflect.set(globalThis, 'wrongAt', index);
    const at = places.findIndex(differs);
    places.unshift(...places.splice(at, at < 0 ? 0 : 1));
    return at >= 0;
  }
  expect(isSeen(null)).toBe(false);
  expect(names.length).toBeGreaterThan(400);
  expect(names.filter((name, index) => !SAME.has(name.replace(/:\d+/, '')) && !isSeen(index))).toEqual([]);
});
