import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { rolldown } from 'rolldown';
import { expect, it } from 'vitest';
import { ROOT } from '../../support/root.ts';

const FILES = /shared\/request\/(next|page|token|end)\.ts$/;
/** Nothing happens there as it is: to take it out changes nothing. */
const SAME: ReadonlySet<string> = new Set(['page.ts: collecting']);

/** The table with switches: one for each thing that may happen, and for each moment that may be due. */
async function breakable() {
  const names = new Set<string>();
  const build = await rolldown({
    input: join(ROOT, 'test/shared/request/samples.ts'),
    plugins: [
      {
        name: 'switches',
        transform(code, id) {
          if (!FILES.test(id.replaceAll('\\', '/'))) return null;
          const off = (what: string): string => {
            const name = `${basename(id)}: ${what}`;
            names.add(name);
            return `globalThis.awsherWithout === ${JSON.stringify(name)}`;
          };
          return code
            .replace(
              /^ +case '([\w-]+)':( \{)?$/gm,
              (line, what) => `${line}\nif (${off(what)}) return stay(request);`,
            )
            .replace(
              /^ {2}if \(isDue\((.*)\)\)( \{)?$/gm,
              (_line, due) => `if (!(${off(due)}) && isDue(${due}))`,
            )
            .replace(
              /^ {2}if \(isDue\((.*?)\)\) return/gm,
              (_line, due) => `if (!(${off(due)}) && isDue(${due})) return`,
            )
            .replace(
              /^ {2}if \(isDue\((.*)\) && (.*)\)$/gm,
              (_line, due, more) => `if (!(${off(due)}) && isDue(${due}) && ${more})`,
            );
        },
      },
    ],
  });
  const { output } = await build.generate({ format: 'esm' });
  const { wholeLife } = await import(
    /* @vite-ignore */ `data:text/javascript;base64,${Buffer.from(output[0].code).toString('base64')}`
  );
  return {
    names: [...names],
    without(name: string | null): string {
      Reflect.set(globalThis, 'awsherWithout', name);
      try {
        return wholeLife();
      } catch (thrown) {
        return String(thrown);
      }
    },
  };
}

it('whatever is taken out of the machine changes the table', async () => {
  const { names, without } = await breakable();
  const table = readFileSync(join(ROOT, 'test/shared/request/whole-life.md'), 'utf8');
  expect(without(null)).toBe(table);
  expect(names).toEqual(expect.arrayContaining(['next.ts: host-lost', 'next.ts: left', 'page.ts: approved']));
  expect(names.length).toBeGreaterThan(30);
  expect(names.filter((name) => !SAME.has(name) && without(name) === table)).toEqual([]);
});
