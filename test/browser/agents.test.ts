import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { COMMAND } from '../support/awsher.ts';
import { startTool } from '../support/clients/run.ts';
import { type OwnStage, ownStage } from '../support/own-stage.ts';

/** A coding agent types commands into a terminal that a person does not look at. */

let stage: OwnStage;

/** An agent as a process: a program of its name that runs what it is given. */
function agent(name: string): string {
  const folder = join(stage.home, 'agents');
  mkdirSync(folder, { recursive: true });
  const program = join(folder, name);
  writeFileSync(program, '#!/bin/sh\n"$@"\n');
  chmodSync(program, 0o755);
  return program;
}

const byAgent = (name: string, ...args: string[]) =>
  startTool(agent(name), [process.execPath, COMMAND, ...args], stage.env, stage.home);

it.for([
  ['claude', 'Claude Code'],
  ['codex', 'Codex'],
  ['cursor-agent', 'Cursor'],
] as const)(
  '%s asks, with nothing set up and the portal signed in: the person is asked, and says no',
  async ([program, name], test) => {
    stage = await ownStage(test, { signedIn: true });
    const opened = stage.browser.nextPage();
    const login = byAgent(program, 'login', ...stage.corp);
    const dialog = await opened;
    await dialog.waitForSelector('#approve');
    expect(await dialog.textContent('main')).toContain(`${name}, a coding agent`);
    // Nothing has been asked of AWS.
    expect(stage.idc.requests.filter(({ service }) => service === 'sso-oidc')).toEqual([]);
    const closed = dialog.waitForEvent('close');
    await dialog.click('#decline').catch(() => {});
    await closed;
    const { code, stderr, stdout } = await login.finished;
    expect(code).toBe(3);
    expect(stdout).toBe('');
    expect(stderr).toContain(`did not approve the sign-in that ${name} asked for`);
    expect(stderr).toContain('stop here, do not try again, and ask them');
    expect(stage.idc.count('CreateToken')).toBe(0);
  },
);
