import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../support/root.ts';
import { shellEnv } from '../support/shell-env.ts';

// needs: build

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'awsher-old-node-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A built program under this Node, which says that it is another one. */
function under(version: string, program: string) {
  const file = join(folder, `${version}.cjs`);
  const versions = { ...process.versions, node: version };
  writeFileSync(
    file,
    `Object.defineProperty(process, 'versions', { value: ${JSON.stringify(versions)} });\n`,
  );
  const args = ['--require', file, join(ROOT, 'dist', program), '--version'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    env: shellEnv(folder),
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe.each(['cli/awsher.js', 'cli/awsher-open.js', 'host/awsher-host.js'])('%s', (program) => {
  it.each(['8.17.0', '18.20.8', '20.18.3'])('under Node %s says one sentence', (version) => {
    expect(under(version, program)).toEqual({
      status: 1,
      stdout: '',
      stderr: `awsher needs Node.js 20.19 or newer; this one is ${version}.\n`,
    });
  });
});

it.each(['20.19.0', '21.0.0', '22.1.0', '100.0.0'])('the command runs under Node %s', (version) => {
  expect(under(version, 'cli/awsher.js')).toMatchObject({ status: 0, stderr: '' });
});
