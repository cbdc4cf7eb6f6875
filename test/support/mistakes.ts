import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { ROOT } from './root.ts';
import { switched } from './switched.ts';

/** A table to read, line by line or place by place. */
type Table = readonly (() => string)[];

/**
 * Every mistake that `switched` builds into these files and that the table does not tell, by file and text. `table` is exported under that name by the
 * module `from`, which is bundled with its imports.
 */
export async function unseenMistakes(
  files: RegExp,
  from: string,
  name: string,
  table: Table,
): Promise<{ tried: number; unseen: ReadonlySet<string> }> {
  const told = table.map((tell) => tell());
  const mistakes: string[] = [];
  const build = await rolldown({ input: join(ROOT, from), plugins: [switched(files, mistakes)] });
  const { output } = await build.generate({ format: 'esm' });
  const built: Record<string, Table> = await import(
    /* @vite-ignore */ `data:text/javascript;base64,${Buffer.from(output[0].code).toString('base64')}`
  );
  const differs = (place: number): boolean => {
    try {
      return built[name]?.[place]?.() !== told[place];
    } catch {
      return true;
    }
  };
  const places = [...told.keys()];
  /** Whether any place differs. Where the last mistake was seen the next one may be, too: it is tried first. */
  function isSeen(mistake: number | null): boolean {
    Reflect.set(globalThis, 'wrongAt', mistake);
    const at = places.findIndex(differs);
    places.unshift(...places.splice(at, at < 0 ? 0 : 1));
    return at >= 0;
  }
  if (isSeen(null)) throw new Error('the table is another one without a mistake');
  const unseen = mistakes.filter((_, index) => !isSeen(index)).map((name) => name.replace(/:\d+/, ''));
  return { tried: mistakes.length, unseen: new Set(unseen) };
}
