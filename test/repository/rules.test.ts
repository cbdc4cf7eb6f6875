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

  it('forbid what their table does not name, types included, and in every form', () => {
    const forbidden: [file: string, specifier: string][] = [
      ['shared/oidc/a.ts', '../../native-host/b.ts'],
      ['shared/a.ts', '../extension/b.ts'],
      ['shared/a.ts', 'node:fs'],
      ['shared/aws/a.ts', '@aws-sdk/client-sso'],
      ['shared/aws/a.ts', '../protocol/b.ts'],
      ['extension/popup/a.ts', '../../native-host/base/files/b.ts'],
      ['extension/popup/roles/a.ts', '../../background/host/b.ts'],
      ['extension/options/a.ts', '../popup/b.ts'],
      ['extension/content/a.ts', '../ui/b.ts'],
      ['extension/platform/a.ts', '../ui/b.ts'],
      ['extension/background/request/a.ts', '../doors/b.ts'],
      ['extension/background/request/a.ts', '../approval/b.ts'],
      ['extension/background/memory/a.ts', '../main.ts'],
      ['native-host/base/files/a.ts', '../../../extension/platform/b.ts'],
      ['native-host/base/files/a.ts', '../../features/signin/b.ts'],
      ['native-host/base/files/a.ts', '../link/b.ts'],
      ['native-host/base/platform/a.ts', '../../programs/cli/b.ts'],
      ['native-host/aws/tokens/a.ts', '../resolver/b.ts'],
      ['native-host/features/doctor/checks/a.ts', '../../signin/b.ts'],
      ['native-host/programs/host/a.ts', '../cli/b.ts'],
      ['native-host/programs/cli/commands/a.ts', '../../host/b.ts'],
      ['native-host/programs/cli/a.ts', '../../../test/b.ts'],
    ];
    const forms = (specifier: string) => [
      `import { b } from '${specifier}';`,
      `import type { B } from '${specifier}';`,
      `import {\n  a,\n  b,\n} from '${specifier}';`,
      `export * from '${specifier}';`,
      `import '${specifier}';`,
      `const b = await import('${specifier}');`,
    ];
    const files = forbidden.flatMap(([file, specifier], row) =>
      forms(specifier).map((text, form) => {
        const name = file.replace(/a\.ts$/, `row-${row}-form-${form}.ts`);
        planted.add(name, `${text}\n`);
        return name;
      }),
    );
    const { code, problems } = planted.check('check-imports.mjs');
    expect(code).toBe(1);
    expect(files.filter((name) => !problems.includes(name))).toEqual([]);
  });

  it('let each room use itself and what lies below it', () => {
    planted.add('native-host/base/files/a.ts', "import { b } from '../formats/b.ts';\n");
    planted.add('native-host/base/formats/a.ts', "import { b } from '../../../shared/aws/b.ts';\n");
    planted.add('shared/aws/b.ts', "import { c } from '../c.ts';\nimport * as v from 'valibot';\n");
    planted.add(
      'native-host/features/doctor/checks/a.ts',
      "import fs from 'node:fs';\nimport { b } from '../b.ts';\nimport { c } from '../../explain/c.ts';\nimport ids from '../../../../manifests/ids.json';\n",
    );
    planted.add('native-host/features/explain/c.ts', '// import { x } from "../../programs/cli/x.ts";\n');
    expect(planted.check('check-imports.mjs')).toEqual({ code: 0, problems: '' });
  });

  it('name a folder that is in no room', () => {
    planted.add('native-host/features/later/a.ts', 'export {};\n');
    expect(planted.check('check-imports.mjs').problems).toContain(
      'native-host/features/later/ is in no room',
    );
  });

  it.each(['import', 'import type'])('find a circle by `%s`', (form) => {
    for (const [from, to] of ['ab', 'bc', 'ca'])
      planted.add(
        `native-host/base/files/${from}.ts`,
        `${form} { ${to} } from './${to}.ts';\nexport type ${from} = typeof ${to};\n`,
      );
    const { code, problems } = planted.check('biome', 'ci', '--colors=off', 'native-host');
    expect(code).toBe(1);
    expect(problems).toContain('noImportCycles');
  });
});

describe('house rules', () => {
  it('hold where nothing is', () => {
    expect(planted.check('check-house-rules.mjs')).toEqual({ code: 0, problems: '' });
  });

  it.each([
    ['shared/a.ts', 'const now = Date.now();', 'clock or randomness'],
    ['extension/background/a.ts', 'const now = new Date();', 'clock or randomness'],
    ['native-host/programs/cli/a.ts', 'const luck = Math.random();', 'clock or randomness'],
    ['native-host/programs/cli/a.ts', 'setTimeout(() => {}, 1);', 'only platform/ starts timers'],
    [
      'native-host/programs/cli/a.ts',
      'const home = process.env.HOME;',
      'only platform/ and bin/ touch the process',
    ],
    ['native-host/programs/host/a.ts', 'process.exit(1);', 'only platform/ and bin/ touch the process'],
    ['extension/background/a.ts', 'chrome.tabs.query({});', 'only extension/platform/ names the browser'],
    ['extension/popup/a.tsx', 'chrome.runtime.connect();', 'only extension/platform/ names the browser'],
    ['shared/a.ts', `const token = message ${['as', 'any'].join(' ')};`, 'parse instead of casting'],
    [
      'test/a.ts',
      `const token = message ${['as', 'unknown', 'as', 'string'].join(' ')};`,
      'parse instead of casting',
    ],
    ['native-host/programs/host/a.ts', "console.log('hello');", 'speak through Output or the log'],
    ['extension/ui/a.ts', "text.replace(/[\\u202a-\\u202e]/g, '');", 'with shared/printable.ts'],
    ['native-host/aws/calls/a.ts', "readFileSync(env.AWS_CA_BUNDLE, 'utf8');", 'waits for no pipe'],
    ['native-host/features/doctor/a.ts', "await run('netstat.exe', ['-ano']);", 'through systemProgram()'],
    ['native-host/base/install/a.ts', 'spawnSync("reg.exe", args);', 'through systemProgram()'],
  ])('%s must not say: %s', (file, text, reason) => {
    planted.add(file, `${text}\n`);
    const { code, problems } = planted.check('check-house-rules.mjs');
    expect(code).toBe(1);
    expect(problems).toContain(`${file}:1: `);
    expect(problems).toContain(reason);
  });

  it("a file of a sign-in's life has a test of its own", () => {
    planted.add('extension/background/request/a.ts', 'export const a = () => 1;\n');
    planted.add('shared/request/b.ts', '/** f => g */\nexport const b = 1;\n');
    const { problems } = planted.check('check-house-rules.mjs');
    expect(problems.trim().split('\n')).toEqual([
      'extension/background/request/a.ts: it does something, and has no test/extension/background/request/a.test.ts',
    ]);
    planted.add('test/extension/background/request/a.test.ts', '');
    expect(planted.check('check-house-rules.mjs').code).toBe(0);
  });

  it.each([ids.host, ids.firefox, ...ids.chromium])('%s is written in manifests/ids.json alone', (id) => {
    for (const file of [
      'native-host/programs/host/a.ts',
      'test/a.json',
      'extension/a.html',
      'scripts/a.mjs',
    ]) {
      planted.add(file, `"${id}"\n`);
      expect(planted.check('check-house-rules.mjs').problems).toContain(
        `${file}:1: ids live in manifests/ids.json only`,
      );
    }
  });

  it('let platform/ be what it is for, and comments speak', () => {
    planted.add('native-host/base/platform/a.ts', 'export const now = () => Date.now();\n');
    planted.add('extension/platform/a.ts', 'export const api = chrome.runtime;\n');
    planted.add('shared/a.ts', '// not Date.now() but an argument\n');
    expect(planted.check('check-house-rules.mjs').code).toBe(0);
  });
});
