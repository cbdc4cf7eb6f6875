import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { OptionValues } from '../../../../../native-host/programs/cli/command.ts';
import { upgrade } from '../../../../../native-host/programs/cli/commands/upgrade.ts';
import { createTestAuthority } from '../../../../support/certificates.ts';
import { testContext } from '../../../../support/credentials/context.ts';
import { listenOnLoopback } from '../../../../support/loopback.ts';

const NPM = '/usr/local/lib/node_modules/awsher';
const ALL_USERS = '/usr/local/share/awsher/installed.json';
let folder: string;
let registry: Server;
let url: string;
let asked: string[];
let answer: { status: number; body: string };

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'awsher-upgrade-'));
  const authority = await createTestAuthority();
  writeFileSync(join(folder, 'ca.pem'), authority.caPem);
  const { key, cert } = await authority.issue('localhost');
  asked = [];
  answer = { status: 200, body: '{}' };
  registry = createServer({ key, cert }, (request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers['user-agent']}`);
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
  });
  url = `https://localhost:${await listenOnLoopback(registry)}`;
});
afterEach(() => {
  registry.close();
  rmSync(folder, { recursive: true, force: true });
});

async function run(options: OptionValues, version = '1.0.0', there: string[] = [], root = NPM) {
  const env = { HOME: folder, AWS_CA_BUNDLE: join(folder, 'ca.pem') };
  const { context, stdout, stderr } = testContext(env);
  const exists = (path: string) => there.includes(path);
  const code = await upgrade(context, { arguments: [], options }, { version, root, exists });
  return { code, stdout: stdout(), stderr: stderr() };
}
const tags = (all: object) => ({ status: 200, body: JSON.stringify(all) });
const check = (...more: [version?: string, there?: string[], root?: string]) =>
  run({ check: true, registry: url, json: true }, ...more);

it('asks nobody unless it is told to', async () => {
  const { code, stdout, stderr } = await run({});
  expect([code, stdout]).toEqual([0, `awsher 1.0.0, installed from npm: ${NPM}\n`]);
  expect(stderr).toContain('awsher upgrade --check');
  expect(asked).toEqual([]);
});

it('sends one request, which tells nothing of this computer, and says what to type', async () => {
  answer = tags({ latest: '1.2.0' });
  const { code, stdout } = await run({ check: true, registry: `${url}/` });
  expect(code).toBe(0);
  expect(stdout).toContain('1.2.0 is newer: npm install -g awsher@latest, then awsher install\n');
  expect(asked).toEqual(['GET /-/package/awsher/dist-tags awsher']);
});

it.each([
  ['1.0.0', { latest: '1.0.0' }, '1.0.0', false],
  ['1.0.1', { latest: '1.0.0' }, '1.0.0', false],
  ['1.0.0', { latest: '1.0.0', next: '1.1.0-rc.1' }, '1.0.0', false],
  ['1.1.0-rc.1', { latest: '1.0.0', next: '1.1.0-rc.2' }, '1.1.0-rc.2', true],
  ['1.1.0-rc.1', { latest: '1.1.0', next: '1.1.0-rc.2' }, '1.1.0', true],
  ['1.0.0-rc.1', { next: '1.0.0-rc.1' }, '1.0.0-rc.1', false],
])('%s, with %j published: the newest is %s', async (own, published, newest, newer) => {
  answer = tags(published);
  expect(JSON.parse((await check(own)).stdout)).toEqual({
    version: own,
    installed: 'npm',
    folder: NPM,
    managed: false,
    newest,
    newer,
  });
});

it.each([
  ['no version', tags({ latest: '\u001b[31mrm -rf' })],
  ['nothing', tags({})],
  ['no JSON', { status: 200, body: 'hello' }],
  ['that there is none', { status: 404, body: '' }],
])('a registry that says %s is an error of the network', async (_what, said) => {
  answer = said;
  await expect(check()).rejects.toMatchObject({ code: 'NETWORK' });
});

it('a registry in the clear is refused before anybody is asked', async () => {
  await expect(run({ check: true, registry: 'http://localhost:1' })).rejects.toMatchObject({ code: 'USAGE' });
});

it('asks nobody where an administrator installed it, unless a registry is named', async () => {
  const { stdout } = await run({ check: true }, '1.0.0', [ALL_USERS], '/usr/lib/awsher');
  expect(stdout).toContain('An administrator installed it');
  answer = tags({ latest: '1.2.0' });
  expect(JSON.parse((await check('1.0.0', [ALL_USERS])).stdout)).toMatchObject({
    managed: true,
    newer: true,
  });
  expect(asked).toHaveLength(1);
});
