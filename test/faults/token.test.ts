import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import { awsher } from '../support/awsher.ts';
import { runLine } from '../support/command-line.ts';
import type { Home } from '../support/credentials/home.ts';
import { fault } from './support/fault.ts';
import { answeringJson, bad, HANDING_OUT, handOut, signedIn } from './support/homes.ts';

const MINUTE = 60_000;
const EXPORT = ['export', '--profile', 'dev', '--format', 'env'];

async function withTokenFor(milliseconds: number): Promise<Home> {
  const home = await signedIn();
  home.changeToken('corp', { expiresAt: Date.now() + milliseconds });
  return home;
}

const atOidc = ({ env }: Home, url: string) => ({ ...env, AWS_ENDPOINT_URL_SSO_OIDC: url });

describe.concurrent('a renewal that hangs', () => {
  fault(
    {
      breaks: 'The renewal hangs, and the token is good for ten more minutes',
      sees: 'the answer: the token that is there is used',
      exit: 0,
      within: 3,
    },
    async (ends) => {
      const home = await withTokenFor(10 * MINUTE);
      const { url, connections } = await bad('silent');
      await ends(() => runLine(EXPORT, atOidc(home, url)));
      expect(connections()).toBe(1);
      for (const command of HANDING_OUT) await ends(() => handOut(command, atOidc(home, url)));
    },
  );

  fault(
    {
      breaks: 'The renewal takes six seconds, and the token is good for ten more minutes',
      sees: 'the answer at once; the next command has the new token',
      exit: 0,
      within: 3,
    },
    async (ends) => {
      const home = await withTokenFor(10 * MINUTE);
      const before = home.token('corp').accessToken.expose();
      home.idc.faults.add({ operation: 'CreateToken', delayMs: 6_000, times: 1 });
      await ends(() => awsher(EXPORT, home.env));
      const until = Date.now() + 30_000;
      while (home.token('corp').accessToken.expose() === before && Date.now() < until) await sleep(100);
      expect(home.token('corp').accessToken.expose()).not.toBe(before);
      const { stderr } = await ends(() => runLine(['accounts'], home.env));
      expect(stderr).toBe('');
      expect(home.idc.count('CreateToken')).toBe(2);
    },
  );

  fault(
    {
      breaks: 'The renewal hangs, and the token is over',
      sees: '[NETWORK] it did not answer in time, for everyone who waited for that renewal',
      exit: 1,
      within: 13,
    },
    async (ends) => {
      const home = await withTokenFor(-MINUTE);
      const { url, connections } = await bad('silent');
      const all = await Promise.all([1, 2, 3, 4, 5].map(() => ends(() => awsher(EXPORT, atOidc(home, url)))));
      for (const { stderr } of all) expect(stderr).toContain('did not answer in time');
      expect(connections()).toBe(1);
    },
  );

  fault(
    {
      breaks: '`login --timeout 3` meets a renewal that hangs',
      sees: '[SIGN_IN_TIMEOUT] it was not finished within 3 s',
      exit: 1,
      within: 4,
    },
    async (ends) => {
      const home = await withTokenFor(-MINUTE);
      const { url } = await bad('silent');
      const { stderr } = await ends(() => runLine(['login', 'corp', '--timeout', '3'], atOidc(home, url)));
      expect(stderr).toContain('not finished within 3 s');
    },
  );

  fault(
    {
      breaks: 'The portal hangs at `logout`',
      sees: 'signed out here; the session goes on at the portal until it ends by itself',
      exit: 0,
      within: 5,
    },
    async (ends) => {
      const home = await signedIn();
      const { url } = await bad('silent');
      const { stderr } = await ends(() =>
        awsher(['logout', 'corp'], { ...home.env, AWS_ENDPOINT_URL_SSO: url }),
      );
      expect(stderr).toContain('signed out of corp');
      expect(stderr).toContain('You stay signed in there until the session expires.');
    },
  );
});

describe.concurrent('answers that are not as modelled', () => {
  const token = { accessToken: 'new', refreshToken: 'next', tokenType: 'Bearer' };
  const LIES = [
    { ...token, expiresIn: '28800' },
    { ...token, expiresIn: 0.5 },
    { ...token, expiresIn: -1 },
    { ...token, expiresIn: 1e18 },
    { ...token, expiresIn: 28800, accessToken: { nested: true } },
    { ...token, expiresIn: 28800, accessToken: 'two\nlines' },
    { ...token, expiresIn: 28800, refreshToken: 7 },
  ];

  fault(
    {
      breaks: 'AWS answers a renewal with a lifetime or a token that cannot be right',
      sees: '[AWS_ERROR] what was wrong; the token file is as it was',
      exit: 1,
      within: 3,
    },
    async (ends) => {
      for (const lie of LIES) {
        const home = await withTokenFor(-MINUTE);
        const before = readFileSync(home.tokenFile('corp'), 'utf8');
        const env = atOidc(home, await answeringJson(JSON.stringify(lie)));
        const { stderr } = await ends(() => runLine(EXPORT, env));
        expect(stderr, JSON.stringify(lie)).toContain('[AWS_ERROR]');
        expect(readFileSync(home.tokenFile('corp'), 'utf8')).toBe(before);
      }
    },
  );

  const keys = { accessKeyId: 'ASIAX', secretAccessKey: 's', sessionToken: 't' };
  fault(
    {
      breaks: 'The portal gives credentials that ended in 1970, or whose end is no date',
      sees: '[AWS_ERROR] what was wrong; they are neither handed out nor cached',
      exit: 1,
      within: 3,
    },
    async (ends) => {
      for (const expiration of [1_000, 1e17, -5, '2030-01-01', 0.5, null, undefined]) {
        const home = await signedIn();
        const url = await answeringJson(JSON.stringify({ roleCredentials: { ...keys, expiration } }));
        const finished = await ends(() => runLine(EXPORT, { ...home.env, AWS_ENDPOINT_URL_SSO: url }));
        expect(finished, String(expiration)).toMatchObject({
          stdout: '',
          stderr: expect.stringContaining('[AWS_ERROR]'),
        });
        expect(home.has('.aws/cli/cache')).toBe(false);
      }
    },
  );
});
