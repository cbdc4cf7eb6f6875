import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runLine } from '../support/command-line.ts';
import { shellEnv } from '../support/shell-env.ts';

/** What a person pastes into the wrong place comes out of no error. */
const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const portal = ['--start-url', 'https://corp.awsapps.com/start'];

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'awsher-refused-'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

describe('a secret in the place of a name', () => {
  it.each<[string, string[]]>([
    ['the command', [SECRET]],
    ['an option', [`--${SECRET}`]],
    ['a session', ['login', SECRET]],
    ['a new session', ['login', `${SECRET}!`, ...portal, '--region', 'us-east-1']],
    ['a session that is named twice', ['login', SECRET, '--session', 'corp']],
    ['a region', ['login', 'corp', ...portal, '--region', SECRET]],
    ['a start URL', ['login', 'corp', '--start-url', SECRET, '--region', 'us-east-1']],
    ['a session to look at', ['status', SECRET]],
    ['a session to leave', ['logout', SECRET]],
    ['a profile to use', ['use', SECRET]],
    ['a profile of a command', ['export', '--profile', SECRET]],
    ['an access key id', ['whoami', '--profile', 'AKIAIOSFODNN7EXAMPLE']],
    ['a format', ['export', '--format', SECRET]],
    ['a browser', ['install', '--browser', SECRET]],
    ['a browser to sign in with', ['login', 'corp', ...portal, '--region', 'us-east-1', '--browser', SECRET]],
    ['a SAML sign-in', ['saml', 'login', SECRET]],
    ['a shell', ['completion', SECRET]],
    ['a tool', ['migrate', SECRET]],
    ['what profiles is to do', ['profiles', SECRET]],
    ['the region of the console', ['console', '--region', SECRET]],
  ])('%s', async (_, args) => {
    const { code, stdout, stderr } = await runLine(args, shellEnv(home));
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/\[[A-Z_]+\]/);
    expect(stdout + stderr).not.toMatch(/wJalr|AKIAIOSFODNN7/);
  });

  it('also in AWS_PROFILE', async () => {
    const { stderr } = await runLine(['credential-process'], shellEnv(home, { AWS_PROFILE: SECRET }));
    expect(stderr).toContain('PROFILE_UNKNOWN');
    expect(stderr).not.toContain('wJalr');
  });
});
