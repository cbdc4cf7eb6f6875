import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { COMMAND, startAwsher } from '../support/awsher.ts';
import { type Ground, openGround } from '../support/ground.ts';

/** A coding agent types the command, and no browser is there. */

let ground: Ground;
beforeEach(async () => {
  ground = await openGround();
});
afterEach(() => ground.clear());

const rule = (text: string) => {
  const folder = join(ground.home, '.config/awsher');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'config.ini'), text);
};
const asAgent = (...args: string[]) => startAwsher(args, { ...ground.env, CLAUDECODE: '1' }, ground.home);

async function signIn(start: () => ReturnType<typeof asAgent>) {
  const login = start();
  await login.until(/Code {3}/);
  ground.idc.approve(ground.idc.deviceCodes.at(-1)?.userCode ?? '');
  return login.finished;
}

it('gets a token that is there, with no question, whatever the rule says', async () => {
  expect((await signIn(() => ground.start('login', ...ground.corp, '--no-browser'))).code).toBe(0);
  rule('agents = deny\n');
  const { code, stdout } = await asAgent('login', 'corp', '--json').finished;
  expect(code).toBe(0);
  expect(JSON.parse(stdout).how).toBe('cached');
});

it('gets no new sign-in where the settings let none, and hears whom to ask', async () => {
  rule('agents = deny\n');
  const { code, stdout, stderr } = await asAgent('login', ...ground.corp, '--no-browser').finished;
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  expect(stderr).toMatch(
    /do not let a coding agent sign in, and Claude Code runs this command\. \[AGENT_DENIED\]/,
  );
  expect(stderr).toContain('ask the person at this computer');
  expect(ground.idc.requests).toEqual([]);
});

it('is a person where the settings say so', async () => {
  rule('agents = allow\n');
  expect((await signIn(() => asAgent('login', ...ground.corp, '--no-browser'))).code).toBe(0);
});

it('is told of a rule that is none', async () => {
  rule('agents = never\n');
  const { code, stderr } = await asAgent('login', ...ground.corp, '--no-browser').finished;
  expect(code).toBe(2);
  expect(stderr).toContain('"agents" is not one of ask, deny, allow');
});

/** An agent's own process, below it a shell, below that the command: nothing in the environment tells. */
async function below(agent: string, line: string) {
  const path = join(ground.home, agent);
  writeFileSync(path, `#!/bin/sh\nsh -c '"$@"; exit $?' sh "$@"\nexit $?\n`, { mode: 0o755 });
  const words = line.split(' ').map((word) => (word === 'awsher' ? [process.execPath, COMMAND] : [word]));
  const child = spawn(path, words.flat(), { env: ground.env, cwd: ground.home });
  let stderr = '';
  let stdout = '';
  child.stderr.on('data', (chunk) => (stderr += chunk));
  child.stdout.on('data', (chunk) => (stdout += chunk));
  const [code] = await once(child, 'close');
  return { code, stdout, stderr };
}

it('has no credentials of a production profile where the settings say deny, by any command; those of others it has', async () => {
  expect((await signIn(() => ground.start('login', ...ground.corp, '--no-browser'))).code).toBe(0);
  const [prod, dev] = ground.idc.accounts;
  const profile = (name: string, account = prod) =>
    `\n[profile ${name}]\nsso_session = corp\nsso_account_id = ${account?.accountId}\nsso_role_name = ${account?.roles[0]}\nregion = us-east-1\n`;
  appendFileSync(join(ground.home, '.aws/config'), profile('prod') + profile('dev', dev));
  const lines = ['export --format json', 'credential-process', 'exec'].map(
    (line) => (name: string) => `awsher ${line} --profile ${name}${line === 'exec' ? ' -- /bin/true' : ''}`,
  );
  // In the cache of roles, from where credential-process answers without a question.
  for (const line of lines) expect(await below('zsh', line('prod'))).toMatchObject({ code: 0 });
  rule(`agents = deny\n[production]\naccounts = ${prod?.accountId}\n`);
  for (const line of lines) {
    const { code, stdout, stderr } = await below('claude', line('prod'));
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(
      /do not let a coding agent use the production profile prod, and Claude Code .*\[AGENT_DENIED\]/,
    );
    expect((await below('claude', line('dev'))).code).toBe(0);
    expect((await below('zsh', line('prod'))).code).toBe(0);
  }
  rule(`agents = ask\n[production]\naccounts = ${prod?.accountId}\n`);
  for (const line of lines) expect((await below('claude', line('prod'))).code).toBe(0);
});
