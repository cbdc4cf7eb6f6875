import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startAwsher } from '../support/awsher.ts';
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
  expect(stderr).toMatch(/let no coding agent sign in, and Claude Code runs this command\. \[AGENT_DENIED\]/);
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
