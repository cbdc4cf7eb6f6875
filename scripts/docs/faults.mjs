// docs/faults.md: what a person sees when something breaks, from the lines of the tests that show it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PART = /describe(?:\.concurrent)?\('([^']+)'/;
const LINE =
  /fault\(\s*\{\s*breaks:\s*(['"`])((?:(?!\1).)+)\1,\s*sees:\s*(['"`])((?:(?!\3).)+)\3,\s*exit:\s*(\d+),\s*within:\s*([\d.]+),?\s*\}/s;

/** The whole page, given the folder of the tests. Throws when a test has no line that can be read. */
export function faultsPage(folder) {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.test.ts'))
    .sort();
  const parts = files.flatMap((name) => partsOf(name, readFileSync(join(folder, name), 'utf8')));
  return `# When something breaks

What breaks, what the command says, its exit code, and how long it takes at most (on a machine that is not busy). Each line is
a test in [test/faults](../test/faults); the limits of network calls are in
[shared/transport/policy.ts](../shared/transport/policy.ts). This page is made from the tests: \`npm run docs\`.

${parts.join('\n')}`;
}

function partsOf(name, text) {
  return text
    .split(/(?=^describe\b)/m)
    .slice(1)
    .flatMap((part) => {
      const title = PART.exec(part)?.[1];
      const rows = part
        .split(/(?=^ {2}fault\()/m)
        .slice(1)
        .map((call) => rowOf(name, call));
      if (title === undefined || rows.length === 0) return [];
      const head = '| what breaks | what you see | exit | within |\n| --- | --- | --- | --- |';
      return `## ${title[0].toUpperCase()}${title.slice(1)}\n\n${head}\n${rows.join('\n')}\n`;
    });
}

function rowOf(name, call) {
  const found = LINE.exec(call);
  if (found === null)
    throw new Error(`test/faults/${name}: a fault whose line is not made of plain literals`);
  const [, , breaks, , sees, exit, within] = found;
  return `| ${cell(breaks)} | ${cell(sees)} | ${exit} | ${within} s |`;
}

const cell = (text) =>
  text
    .replace(/^\[([A-Z_]+)\]/, '`$1`:')
    .replaceAll('|', '\\|')
    .replaceAll("\\'", "'");
