import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../native-host/programs/cli/commands.ts';
import { commandLine } from '../../native-host/programs/cli/completion/model.ts';
import { ERROR_CODES } from '../../shared/errors/codes.ts';
import { ROOT } from '../support/root.ts';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const pages = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md'));

describe('the pages that are made from the sources', () => {
  it('name every command with its options, and every error code', async () => {
    const { commands } = await commandLine(COMMANDS);
    const page = read('docs/commands.md');
    for (const { name, options = [] } of commands) {
      expect(page).toContain(`\n## ${name}\n`);
      for (const { flag } of options) expect(page).toContain(flag);
    }
    for (const code of Object.keys(ERROR_CODES))
      expect(read('docs/troubleshooting.md')).toContain(`| \`${code}\` |`);
  });

  const groff = spawnSync('groff', ['--version']).status === 0;
  it.skipIf(!groff)(`man has nothing to warn of${groff ? '' : ' (skipped: there is no groff here)'}`, () => {
    const { stdout, stderr, status } = spawnSync(
      'groff',
      ['-man', '-ww', '-Tascii', join(ROOT, 'docs/awsher.1')],
      {
        encoding: 'utf8',
      },
    );
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    expect(stdout).toContain('--no-browser');
  });
});

/** The anchors that a page's headings get: small letters, what is no letter dropped, spaces as dashes. */
const anchors = (path: string): string[] =>
  [...read(path).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );

describe('links in the pages', () => {
  it.each(['README.md', ...pages.map((page) => join('docs', page))])('lead somewhere in %s', (path) => {
    for (const [, target = '', anchor] of read(path).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)) {
      const to = target === '' ? path : join(dirname(path), target);
      expect(existsSync(join(ROOT, to)), to).toBe(true);
      if (anchor !== undefined) expect(anchors(to), `${to}#${anchor}`).toContain(anchor);
    }
  });
});
