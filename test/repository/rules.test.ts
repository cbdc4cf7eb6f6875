import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import ids from '../../manifests/ids.json' with { type: 'json' };
import { type Planted, plantRepository } from './planted.ts';

let planted: Planted;
beforeEach(() => {
  planted = plantRepository();
});
afterEach(() => planted.remove());

/** That they hold in this repository itself is for `npm run check`; here they are seen to bite. */
describe('import rules', () => {
  it('hold where nothing is', () => {
    expect(planted.check('check-imports.mjs')).toEqual({ code: 0, problems: '' });
  });

  it.each([
    ['shared/a.ts', '../native-host/b.ts', 'shared/ is pure'],
    ['shared/a.ts', '../extension/b.ts', 'shared/ is pure'],
    ['shared/a.ts', 'node:fs', 'shared/ uses no package but'],
    ['shared/a.ts', '@aws-sdk/client-sso', 'shared/ uses no package but'],
    ['extension/popup/a.ts', '../../native-host/b.ts', 'the extension knows itself'],
    ['native-host/a.ts', '../extension/b.ts', 'the host side knows itself'],
    ['extension/background/request/a.ts', '../views.ts', 'nobody who asks'],
    ['extension/background/request/a.ts', '../approvals.ts', 'nobody who asks'],
    ['extension/popup/a.ts', '../background/b.ts', 'by messages'],
    ['extension/options/a.ts', '../background/b.ts', 'by messages'],
    ['extension/content/a.ts', '../background/b.ts', 'by messages'],
    ['extension/popup/a.ts', '../options/b.ts', 'views do not know each other'],
    ['extension/options/a.ts', '../popup/b.ts', 'views do not know each other'],
    ['extension/content/a.ts', '../popup/b.ts', 'the content script stays small'],
    ['native-host/host/a.ts', '../cli/b.ts', 'never import each other'],
    ['native-host/cli/a.ts', '../host/b.ts', 'never import each other'],
    ['native-host/files/a.ts', '../signin/b.ts', 'the lowest layer'],
    ['native-host/cli/a.ts', '../../test/b.ts', 'does not know its tests'],
  ])('%s must not import %s', (file, specifier, reason) => {
    const forms = [
      `import { b } from '${specifier}';`,
      `import {\n  a,\n  b,\n} from '${specifier}';`,
      `export * from '${specifier}';`,
      `import '${specifier}';`,
      `const b = await import('${specifier}');`,
    ];
    const files = forms.map((_form, index) => file.replace('/a.', `/form-${index}.`));
    files.forEach((name, index) => void planted.add(name, `${forms[index]}\n`));
    const { code, problems } = planted.check('check-imports.mjs');
    expect(code).toBe(1);
    const found = problems.trimEnd().split('\n');
    expect(
      files.filter((name) => !found.some((line) => line.startsWith(name) && line.includes(reason))),
    ).toEqual([]);
  });

  it('find a cycle, and name it', () => {
    planted.add('native-host/a.ts', "import { b } from './b.ts';\n");
    planted.add('native-host/b.ts', "import { c } from './c.ts';\n");
    planted.add('native-host/c.ts', "import { a } from './a.ts';\n");
    expect(planted.check('check-imports.mjs')).toMatchObject({
      code: 1,
      problems: expect.stringContaining('cycle: '),
    });
  });

  it('let types refer to each other, and comments speak', () => {
    planted.add(
      'native-host/a.ts',
      "import type { B } from './b.ts';\n// import { x } from '../extension/x.ts';\n",
    );
    planted.add('native-host/b.ts', "import type { A } from './a.ts';\n");
    expect(planted.check('check-imports.mjs').code).toBe(0);
  });
});

describe('house rules', () => {
  it('hold where nothing is', () => {
    expect(planted.check('check-house-rules.mjs')).toEqual({ code: 0, problems: '' });
  });

  it.each([
    ['shared/a.ts', 'const now = Date.now();', 'clock or randomness'],
    ['extension/background/a.ts', 'const now = new Date();', 'clock or randomness'],
    ['native-host/cli/a.ts', 'const luck = Math.random();', 'clock or randomness'],
    ['native-host/cli/a.ts', 'setTimeout(() => {}, 1);', 'only platform/ starts timers'],
    ['native-host/cli/a.ts', 'const home = process.env.HOME;', 'only platform/ and bin/ touch the process'],
    ['native-host/host/a.ts', 'process.exit(1);', 'only platform/ and bin/ touch the process'],
    ['extension/background/a.ts', 'chrome.tabs.query({});', 'only extension/platform/ names the browser'],
    ['extension/popup/a.tsx', 'chrome.runtime.connect();', 'only extension/platform/ names the browser'],
    ['shared/a.ts', `const token = message ${['as', 'any'].join(' ')};`, 'parse instead of casting'],
    [
      'test/a.ts',
      `const token = message ${['as', 'unknown', 'as', 'string'].join(' ')};`,
      'parse instead of casting',
    ],
    ['native-host/host/a.ts', "console.log('hello');", 'speak through Output or the log'],
    ['extension/ui/a.ts', "text.replace(/[\\u202a-\\u202e]/g, '');", 'with shared/printable.ts'],
    ['native-host/aws/a.ts', "readFileSync(env.AWS_CA_BUNDLE, 'utf8');", 'waits for no pipe'],
    ['native-host/doctor/a.ts', "await run('netstat.exe', ['-ano']);", 'through systemProgram()'],
    ['native-host/install/a.ts', 'spawnSync("reg.exe", args);', 'through systemProgram()'],
  ])('%s must not say: %s', (file, text, reason) => {
    planted.add(file, `${text}\n`);
    const { code, problems } = planted.check('check-house-rules.mjs');
    expect(code).toBe(1);
    expect(problems).toContain(`${file}:1: `);
    expect(problems).toContain(reason);
  });

  it.each([ids.host, ids.firefox, ...ids.chromium])('%s is written in manifests/ids.json alone', (id) => {
    for (const file of ['native-host/host/a.ts', 'test/a.json', 'extension/a.html', 'scripts/a.mjs']) {
      planted.add(file, `"${id}"\n`);
      expect(planted.check('check-house-rules.mjs').problems).toContain(
        `${file}:1: ids live in manifests/ids.json only`,
      );
    }
  });

  it('let platform/ be what it is for, and comments speak', () => {
    planted.add('native-host/platform/a.ts', 'export const now = () => Date.now();\n');
    planted.add('extension/platform/a.ts', 'export const api = chrome.runtime;\n');
    planted.add('shared/a.ts', '// not Date.now() but an argument\n');
    expect(planted.check('check-house-rules.mjs').code).toBe(0);
  });
});
