import { describe, expect, it } from 'vitest';
import { processContext } from '../../../../native-host/base/platform/context.ts';
import type { ProcessInfo } from '../../../../native-host/base/platform/processes.ts';
import { originOf } from '../../../../native-host/features/signin/hand-over-asker.ts';

const context = { ...processContext(new AbortController().signal, () => {}), pid: 99, cwd: '/home/ana/shop' };

/** Ancestors from command lines, the parent first; pids count up from 1. */
const tree = (...lines: string[]) =>
  lines.map((line, index): ProcessInfo => {
    const args = line.split(' ');
    const name = (args[0] ?? '').replace(/^.*\//, '');
    return { pid: index + 1, name, args };
  });
const origin = (...lines: string[]) => originOf(context, tree(...lines));

describe('the profile of the command behind a hand-over', () => {
  const profile = (line: string, env: Record<string, string> = {}) =>
    originOf({ ...context, env }, [
      { pid: 1, name: 'aws', args: line.split(' ') },
      { pid: 2, name: 'zsh' },
    ]).asker.profile;

  it.each([
    ['aws sso login --profile prod', {}, 'prod'],
    ['aws --profile=prod_Admin sso login', { AWS_PROFILE: 'dev' }, 'prod_Admin'],
    ['aws sso login', { AWS_PROFILE: 'dev' }, 'dev'],
    ['aws sso login', { AWS_DEFAULT_PROFILE: 'dev' }, 'dev'],
    ['aws sso login', {}, undefined],
    // Not its own word, nobody's known command, or one that reads no such variable.
    ['aws sso login -- --profile prod', {}, undefined],
    ['company-login --profile prod', { AWS_PROFILE: 'dev' }, undefined],
    ['aws-vault exec prod', { AWS_PROFILE: 'dev' }, undefined],
    // Left out whole, never mended.
    ['aws sso login --profile', {}, undefined],
    ['aws sso login --profile \u202eprod', { AWS_PROFILE: 'dev' }, undefined],
    ['aws sso login --profile <b>prod</b>', {}, undefined],
    [`aws sso login --profile ${'p'.repeat(65)}`, {}, undefined],
  ])('%s', (line, env, expected) => {
    expect(profile(line, env)).toBe(expected);
  });
});

describe('the command behind a hand-over', () => {
  it('is the one that asked, with those above it and the folder', () => {
    expect(origin('/usr/bin/python3 /usr/bin/aws sso login', '-zsh', 'tmux', 'init')).toEqual({
      asker: { command: 'aws sso login', pid: 1, parents: ['-zsh', 'tmux', 'init'], folder: 'shop' },
      family: [expect.objectContaining({ pid: 1 })],
    });
  });

  it.each([
    ['xdg-open, a shell script', '/bin/sh /usr/bin/xdg-open https://x'],
    ['a shell for one command', 'sh -c awsher open-url x'],
    ['cmd.exe for one command', 'cmd.exe /d /c start x'],
    ['npx', 'node /usr/bin/npx awsher open-url x'],
    ['the launcher of awsher itself', 'node /opt/awsher/dist/cli/awsher.js open-url x'],
    ['env', 'env -u LD_LIBRARY_PATH awsher open-url x'],
  ])('is looked for behind %s', (_name, between) => {
    expect(origin(between, 'aws-sso login', '-bash')).toMatchObject({
      asker: { command: 'aws-sso login' },
      family: [{ pid: 2 }],
    });
  });

  it('is a family when a launcher started it', () => {
    const { family } = origin('aws sso login', 'aws sso login', 'python3 /usr/bin/aws sso login', 'zsh');
    expect(family.map(({ pid }) => pid)).toEqual([1, 2, 3]);
  });

  it.each([
    ['a mail client', 'mutt -f inbox'],
    ['a mail client below a tool that signs in', 'mutt', 'aws-vault exec prod -- mutt'],
    ['a shell below a tool that signs in', 'bash', 'aws-vault exec prod -- bash'],
    ['an interactive shell', '-zsh', 'aws-sso exec'],
    ['a login shell', 'bash -l', 'assumego --exec bash'],
    ['an editor in such a shell', 'code --wait', 'bash', 'granted x'],
    ['a mail client that uses a shell', 'sh -c awsher', 'mutt', 'aws sso login'],
    ['another AWS command', 'aws s3 ls', 'zsh'],
    // What a tool wraps is not the tool.
    ['a shell for one command', 'sh -c mutt', 'aws-vault exec prod -- sh -c mutt'],
    ['an interactive shell for one command', 'bash -ic mutt', 'aws-sso login'],
    ['an interactive shell, spelled out', 'bash --interactive -c x', 'aws sso login'],
    ['a PowerShell that stays', 'pwsh -NoExit -Command x', 'aws sso login'],
    ['a cmd that stays', 'cmd.exe /k x /c y', 'aws sso login'],
    ['a script of a project', 'npm start', 'aws sso login'],
    ['a script of a project, in full', 'npm run dev', 'aws-vault export prod'],
    ['what sudo runs', 'sudo -u ana xdg-open x', 'aws sso login'],
    ['what xargs runs', 'xargs xdg-open', 'aws sso login'],
    ['below aws-vault exec', 'env', 'aws-vault --debug exec prod -- env'],
    ['below aws-vault exec, after its options', 'timeout 5 x', 'aws-vault --backend file exec login -- x'],
    ['below aws-sso exec', 'xdg-open x', 'aws-sso exec -p login'],
    ['below aws-sso without a word', 'nohup x', 'aws-sso'],
    ['below assume --exec', 'sh -c x', 'assumego prod --exec x'],
    ['below assume --exec=', 'setsid x', 'dassumego --exec=x prod'],
    ['below aws-sso-util run-as', 'env x', 'aws-sso-util run-as --profile p -- env x'],
    ['below a Python module that wraps', 'sh -c x', 'python3 -m aws_sso_util run-as x'],
  ])('counts for nothing when it is %s', (_name, ...lines) => {
    expect(origin(...lines).family).toEqual([]);
  });

  it('counts for nothing when nobody can be seen', () => {
    expect(origin()).toMatchObject({ asker: { command: 'unknown', parents: [] }, family: [] });
  });

  it('cannot put control characters or endless words on the screen', () => {
    const { asker } = origin(`evil\u001b[31m\u202e${'x'.repeat(500)}`, '\u0007');
    expect(asker.command).toMatch(/^evil\[31mx+$/);
    expect(asker.command.length).toBeLessThanOrEqual(100);
    expect(asker.parents).toEqual([]);
  });
});

describe('a coding agent behind a hand-over', () => {
  it('is named beside the command that it types, known or not', () => {
    expect(origin('aws sso login', 'bash -c aws', 'claude', '-zsh').asker).toMatchObject({
      command: 'aws sso login',
      agent: 'Claude Code',
    });
    expect(origin('my-script', 'claude').asker.agent).toBe('Claude Code');
    expect(origin('aws sso login', '-zsh').asker).not.toHaveProperty('agent');
  });

  it('is named to the browser also where the settings allow it, with their word', () => {
    expect(originOf(context, tree('aws sso login', 'claude'), 'allow').asker).toMatchObject({
      agent: 'Claude Code',
      agentRule: 'allow',
    });
  });
});
