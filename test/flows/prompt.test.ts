import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { promptSegment, shortTime } from '../../native-host/programs/cli/prompt/segment.ts';
import { awsher, COMMAND } from '../support/awsher.ts';
import { corpConfig, type Home, openHome } from '../support/credentials/home.ts';

// needs: zsh fish

let home: Home;
beforeEach(async () => {
  home = await openHome();
  home.config(
    corpConfig(
      home.idc,
      '\n[profile chain]\nrole_arn = arn:aws:iam::1:role/x\nsource_profile = dev\n[profile keys]',
    ),
  );
});
afterEach(() => home.close());

describe('awsher prompt', () => {
  const segment = (profile?: string, at = 0) =>
    promptSegment(profile === undefined ? {} : { AWS_PROFILE: profile }, home.paths, () => Date.now() + at);

  it('says the profile and how long its sign-in lasts', async () => {
    expect(segment()).toBe('');
    expect(segment('dev')).toBe('dev signed out');
    await home.signIn();
    expect(segment('dev')).toMatch(/^dev (59|60)m$/);
    expect(segment('chain')).toMatch(/^chain (59|60)m$/);
    expect(segment('keys')).toBe('keys');
    expect(segment('gone')).toBe('gone unknown');
    expect(segment('\u001b[31mx')).not.toContain('\u001b');
    // It renews itself by then.
    expect(segment('dev', 2 * 3_600_000)).toBe('dev');
    home.changeToken('corp', { refreshToken: undefined });
    expect(segment('dev', 2 * 3_600_000)).toBe('dev signed out');
  });

  it('never fails, whatever the files are like', () => {
    home.config('[profile dev\n]]]');
    expect(segment('dev')).toBe('dev');
    rmSync(home.paths.configFile);
    mkdirSync(home.paths.configFile);
    expect(segment('dev')).toBe('dev');
  });

  it('answers alike on its fast way and on the long one', async () => {
    await home.signIn();
    const env = { ...home.env, AWS_PROFILE: 'dev' };
    const fast = await awsher(['prompt'], env);
    expect(fast).toMatchObject({ code: 0, stdout: expect.stringMatching(/^dev \d+m\n$/), stderr: '' });
    expect((await awsher(['prompt', '--quiet'], env)).stdout).toBe(fast.stdout);
    expect((await awsher(['prompt'], home.env)).stdout).toBe('');
  });

  it.each([
    ['bash', `PS1='$(awsher prompt) \\$ '; printf '%s\\n' "\${PS1@P}"`],
    ['zsh', `setopt prompt_subst; PROMPT='$(awsher prompt) %# '; print -P "$PROMPT"`],
    ['fish', `function fish_prompt; echo (awsher prompt)' > '; end; fish_prompt`],
  ])('stands in the prompt of %s', async (shell, line) => {
    if (spawnSync(shell, ['-c', 'exit 0'], { env: { ...process.env, HOME: '/dev/null' } }).status !== 0)
      return;
    await home.signIn();
    const bin = join(home.home, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'awsher'), `#!/bin/sh\nexec '${process.execPath}' '${COMMAND}' "$@"\n`);
    chmodSync(join(bin, 'awsher'), 0o755);
    const env = { ...home.env, PATH: `${bin}:${home.env.PATH}`, AWS_PROFILE: 'dev' };
    expect(spawnSync(shell, ['-c', line], { env, encoding: 'utf8' }).stdout).toMatch(/^dev \d+m [#$%>] ?\n$/);
  });

  /** The variables that prompts read, in their order (starship's, Powerlevel10k's, Spaceship's and Oh My Posh's sources). */
  const PROMPTS = {
    starship: ['AWSU_PROFILE', 'AWS_VAULT', 'AWSUME_PROFILE', 'AWS_PROFILE', 'AWS_SSO_PROFILE'],
    Powerlevel10k: ['AWS_SSO_PROFILE', 'AWS_VAULT', 'AWSUME_PROFILE', 'AWS_PROFILE', 'AWS_DEFAULT_PROFILE'],
    Spaceship: ['AWS_VAULT', 'AWS_PROFILE'],
    'Oh My Posh': ['AWS_VAULT', 'AWS_DEFAULT_PROFILE', 'AWS_PROFILE'],
  };
  const STALE = Object.fromEntries(
    ['AWS_PROFILE', 'AWS_VAULT', ...Object.values(PROMPTS).flat()].map((name) => [name, 'chain']),
  );

  describe.each([[], ['--refresh']])('inside `awsher exec %s`', (...refresh) => {
    it('every prompt can tell the profile, whatever was set outside', async () => {
      await home.signIn();
      const line = `import json, os; print(json.dumps(dict(os.environ)))`;
      const exec = ['exec', '--profile', 'dev', ...refresh, '--'];
      const { stdout } = await awsher([...exec, 'python3', '-c', line], { ...home.env, ...STALE });
      const env: Record<string, string> = JSON.parse(stdout);
      for (const [prompt, names] of Object.entries(PROMPTS))
        expect([prompt, names.map((name) => env[name]).find((value) => value)]).toEqual([prompt, 'dev']);
      const inside = await awsher([...exec, process.execPath, COMMAND, 'prompt'], { ...home.env, ...STALE });
      expect(inside.stdout).toMatch(refresh.length > 0 ? /^dev\n$/ : /^dev \d+[mh]\n$/);
    });

    it.each(['bash', 'zsh', 'fish'])(
      'so can the prompt of %s, whose start-up file names another',
      async (shell) => {
        await home.signIn();
        const set = shell === 'fish' ? 'set -gx AWS_PROFILE chain' : 'export AWS_PROFILE=chain';
        const line = `${refresh.length > 0 ? '' : `${set}\n`}${process.execPath} ${COMMAND} prompt; echo $AWS_VAULT`;
        const { stdout } = await awsher(
          ['exec', '--profile', 'dev', ...refresh, '--', shell, '-c', line],
          home.env,
        );
        expect(stdout).toMatch(/^dev( \d+[mh])?\ndev\n$/);
      },
    );
  });
});

it.each([
  [-5, '<1m'],
  [59_000, '<1m'],
  [60_000, '1m'],
  [99 * 60_000, '99m'],
  [100 * 60_000, '2h'],
  [11 * 3_600_000, '11h'],
  [89 * 24 * 3_600_000, '89d'],
])('%i ms are %s', (milliseconds, words) => {
  expect(shortTime(milliseconds)).toBe(words);
});
