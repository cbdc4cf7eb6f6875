import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../support/root.ts';

// needs: seconds

const folder = join(ROOT, '.github/workflows');
const steps = [
  ...new Set(readdirSync(folder).flatMap((name) => runSteps(readFileSync(join(folder, name), 'utf8')))),
];

/** What each step is to this test: a reason not to run it, or the test below that does. A new step has to be named here. */
const KINDS: readonly (readonly [what: string | RegExp, kind: string])[] = [
  [/^apt-get /, 'needs a network'],
  [/^npm (ci|update|audit signatures)\b/, 'needs a network'],
  [
    /^(npm test|npm run (check|unit|build)|bash \.ci\/run|AWSHER_TEST_\w+=\S+ npm test)\b/,
    'is what runs this',
  ],
  [/^npm run package\b/, 'test/scripts/package.test.ts, test/scripts/node-inside.test.ts'],
  ['npm run release', 'test/scripts/release.test.ts'],
  [/^node dist\/cli\/awsher\.js /, 'test/scripts/package.test.ts'],
  [/^git config --global /, 'run'],
  ['node scripts/release.mjs notes > dist/packages/NOTES.md', 'run'],
  [/sha256sum/, 'run'],
  [/^npm publish /, 'run'],
  [/chrome-webstore-upload-cli/, 'run'],
  [/web-ext sign/, 'run'],
  [/gh release create/, 'run'],
];
const kindOf = (step: string) =>
  KINDS.find(([what]) => (typeof what === 'string' ? what === step : what.test(step)))?.[1];
const the = (part: string): string =>
  steps.find((step) => step.includes(part)) ?? `exit 99 # no step with ${part}`;

it('each `run:` of the workflows is run by a test, or says why not', () => {
  expect(steps.length).toBeGreaterThan(15);
  expect(steps.filter((step) => kindOf(step) === undefined)).toEqual([]);
  const used = KINDS.filter(([what]) =>
    steps.some((step) => (typeof what === 'string' ? what === step : what.test(step))),
  );
  expect(used).toEqual(KINDS);
});

describe.skipIf(process.platform === 'win32')('as written, without a network', () => {
  let work: string;
  let packages: string;
  const run = (script: string, cwd: string, env: Record<string, string> = {}): SpawnSyncReturns<string> =>
    spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
      cwd,
      encoding: 'utf8',
      env: { PATH: [join(work, 'bin'), process.env.PATH].join(delimiter), HOME: work, ...env },
    });
  /** A program that says how it was called. */
  const tells = (name: string) => {
    mkdirSync(join(work, 'bin'), { recursive: true });
    writeFileSync(join(work, 'bin', name), `#!/bin/sh\nprintf '%s\\n' ${name} "$@"\n`, { mode: 0o755 });
  };
  const FILES = [
    'PKGBUILD',
    'awsher-1.2.3-linux-x64.tar.gz',
    'awsher-1.2.3.tgz',
    'awsher-1.2.3.x86_64.rpm',
    'awsher-chromium-store.zip',
    'awsher-chromium.zip',
    'awsher-firefox.xpi',
    'awsher.json',
    'awsher.nix',
    'awsher.rb',
    'awsher_1.2.3_amd64.deb',
    'sbom.cdx.json',
  ];
  beforeAll(() => {
    work = mkdtempSync(join(tmpdir(), 'awsher-workflow-'));
    packages = join(work, 'dist/packages');
    mkdirSync(packages, { recursive: true });
    for (const name of ['scripts', 'package.json', 'package-lock.json', 'CHANGELOG.md', 'manifests'])
      cpSync(join(ROOT, name), join(work, name), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(work, 'node_modules'));
    for (const name of FILES) writeFileSync(join(packages, name), name);
  });
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  it('the notes are the words of CHANGELOG.md for this version, and of nothing else', () => {
    const file = join(work, 'CHANGELOG.md');
    const { version } = JSON.parse(readFileSync(join(work, 'package.json'), 'utf8'));
    writeFileSync(file, `# Changelog\n\n## Unreleased\n\n## ${version} - 2026-12-01\n\n- a thing\n`);
    expect(run(the('release.mjs notes'), work)).toMatchObject({ status: 0 });
    expect(readFileSync(join(packages, 'NOTES.md'), 'utf8')).toBe('- a thing\n');
  });

  it('sums are written, and a changed file is seen', () => {
    expect(run(the('> SHA256SUMS'), work)).toMatchObject({ status: 0, stderr: '' });
    expect(run(the('sha256sum --check'), packages)).toMatchObject({ status: 0, stderr: '' });
    writeFileSync(join(packages, 'awsher.rb'), 'another');
    expect(run(the('sha256sum --check'), packages).status).toBe(1);
    writeFileSync(join(packages, 'awsher.rb'), 'awsher.rb');
  });

  it.each([
    ['v1.2.3', 'latest'],
    ['v1.2.3-rc.1', 'next'],
  ])('%s is published at npm as %s', (tag, as) => {
    tells('npm');
    const { status, stdout } = run(the('npm publish'), packages, { GITHUB_REF_NAME: tag });
    expect(status).toBe(0);
    expect(stdout.trim().split('\n')).toEqual([
      'npm',
      'publish',
      '--provenance',
      '--access',
      'public',
      '--tag',
      as,
      './awsher-1.2.3.tgz',
    ]);
    rmSync(join(work, 'bin/npm'));
  });

  it.each([
    ['chrome-webstore-upload-cli', 'CHROME_REFRESH_TOKEN'],
    ['web-ext sign', 'AMO_JWT_SECRET'],
  ])('%s: without its secret it says so and does nothing', (part, secret) => {
    const { status, stdout } = run(the(part), packages);
    expect([status, stdout]).toEqual([
      0,
      expect.stringMatching(`^${secret} is not set: nothing is \\w+\\.\n$`),
    ]);
  });

  it.each([
    ['v1.2.3', '--latest'],
    ['v1.2.3-rc.1', '--prerelease'],
  ])('the release %s is %s and has every file', (tag, kind) => {
    tells('gh');
    const { status, stdout } = run(the('gh release create'), packages, { GITHUB_REF_NAME: tag });
    expect(status).toBe(0);
    const said = stdout.trim().split('\n');
    expect(said.slice(0, 5)).toEqual(['gh', 'release', 'create', tag, kind]);
    for (const file of [...FILES, 'SHA256SUMS']) expect(said.filter((word) => word === file)).toEqual([file]);
  });

  it('the workspace is made safe for git in this HOME alone', () => {
    const { status } = run(the('git config'), work, { GITHUB_WORKSPACE: work });
    expect(status).toBe(0);
    expect(readFileSync(join(work, '.gitconfig'), 'utf8')).toContain(`directory = ${work}`);
  });
});

/** The scripts of a workflow's steps: `run: one line`, or `run: |` with all that is indented deeper. */
function runSteps(text: string): string[] {
  const lines = text.split('\n');
  return lines.flatMap((line, index) => {
    const [, indent = '', script] = /^( *)(?:- )?run: (.+)$/.exec(line) ?? [];
    if (script === undefined) return [];
    if (script !== '|') return [script];
    const rest = lines.slice(index + 1);
    const end = rest.findIndex((one) => one.trim() !== '' && !one.startsWith(`${indent}  `));
    return [
      (end < 0 ? rest : rest.slice(0, end))
        .map((one) => one.trim())
        .join('\n')
        .trim(),
    ];
  });
}
