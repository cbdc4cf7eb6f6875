import { describe, expect, it } from 'vitest';
import { awsher, startAwsher } from '../support/awsher.ts';
import { runLine } from '../support/command-line.ts';
import { fault } from './support/fault.ts';
import { answering, bad, signedIn } from './support/homes.ts';

const EXPORT = ['export', '--profile', 'dev', '--format', 'json'];
const withPortal = async (url: string) => ({ ...(await signedIn()).env, AWS_ENDPOINT_URL_SSO: url });
const withProxy = async (proxy: string) => ({
  ...(await signedIn()).env,
  AWS_ENDPOINT_URL_SSO: '',
  HTTPS_PROXY: proxy,
});

// In the test's own process, but where a connection that goes on could hold the command's.

describe.concurrent('answers that never end', () => {
  fault(
    {
      breaks: 'The portal takes a request and never answers',
      sees: '[NETWORK] it did not answer in time',
      exit: 1,
      within: 12,
    },
    async (ends) => {
      const env = await withPortal((await bad('silent')).url);
      expect((await ends(() => runLine(EXPORT, env))).stderr).toContain('did not answer in time');
    },
  );

  fault(
    {
      breaks: 'The answer stops in the middle',
      sees: '[NETWORK] it did not answer in time',
      exit: 1,
      within: 16,
    },
    async (ends) => {
      const env = await withPortal((await bad('half body')).url);
      expect((await ends(() => runLine(EXPORT, env))).stderr).toContain('did not answer in time');
    },
  );

  fault(
    {
      breaks: 'The answer comes a byte at a time',
      sees: '[NETWORK] it did not answer in time',
      exit: 1,
      within: 16,
    },
    async (ends) => {
      const env = await withPortal((await bad('slow body')).url);
      expect((await ends(() => runLine(EXPORT, env))).stderr).toContain('did not answer in time');
    },
  );

  fault(
    { breaks: 'The answer never ends', sees: '[AWS_ERROR] the answer does not end', exit: 1, within: 5 },
    async (ends) => {
      const env = await withPortal((await bad('endless body')).url);
      expect((await ends(() => awsher(EXPORT, env))).stderr).toContain('answer that never ends');
    },
  );

  fault(
    {
      breaks: 'A proxy never answers CONNECT',
      sees: '[NETWORK] AWS cannot be reached',
      exit: 1,
      within: 15,
    },
    async (ends) => {
      const { port, connections } = await bad('silent');
      const env = await withProxy(`http://127.0.0.1:${port}`);
      expect((await ends(() => awsher(EXPORT, env))).stderr).toContain('[NETWORK]');
      expect(connections()).toBeGreaterThan(0);
    },
  );

  fault(
    {
      breaks: 'An `https://` proxy is set whose port speaks no TLS',
      sees: '[NETWORK] AWS cannot be reached',
      exit: 1,
      within: 15,
    },
    async (ends) => {
      const { port, connections } = await bad('silent');
      const env = await withProxy(`https://127.0.0.1:${port}`);
      expect((await ends(() => awsher(EXPORT, env))).stderr).toContain('[NETWORK]');
      expect(connections()).toBeGreaterThan(0);
    },
  );
});

describe.concurrent('other answers that never end', () => {
  fault(
    {
      breaks: 'A proxy answers CONNECT a line at a time',
      sees: '[NETWORK] it did not answer in time',
      exit: 1,
      within: 18,
    },
    async (ends) => {
      const { env } = await signedIn();
      const { port, connections } = await bad('slow headers');
      // The role's credentials are cached, and the address of the console is asked for through the proxy.
      expect((await runLine(EXPORT, env)).code).toBe(0);
      const proxied = { ...env, HTTPS_PROXY: `http://127.0.0.1:${port}` };
      const { stderr } = await ends(() => awsher(['console', '--profile', 'dev', '--print'], proxied));
      expect(stderr).toContain('did not answer in time');
      expect(connections()).toBeGreaterThan(0);
    },
  );

  fault(
    {
      breaks: 'The server of a settings file never begins TLS (`awsher import https://…`)',
      sees: '[NETWORK] it could not be reached',
      exit: 1,
      within: 18,
    },
    async (ends) => {
      const { port, connections } = await bad('silent');
      const { env } = await signedIn();
      const url = `https://127.0.0.1:${port}/team.toml`;
      expect((await ends(() => runLine(['import', url], env))).stderr).toContain('(ETIMEDOUT)');
      expect(connections()).toBeGreaterThan(0);
    },
  );

  fault(
    {
      breaks: 'The metadata service of a container gives an answer without end',
      sees: '[PROFILE_UNUSABLE] it does not answer',
      exit: 1,
      within: 5,
    },
    async (ends) => {
      const home = await signedIn();
      home.config(
        '[profile box]\nrole_arn = arn:aws:iam::111122223333:role/x\ncredential_source = EcsContainer\n',
      );
      const env = { ...home.env, AWS_CONTAINER_CREDENTIALS_FULL_URI: `${(await bad('endless body')).url}/x` };
      const { stderr } = await ends(() => runLine(['export', '--profile', 'box'], env));
      expect(stderr).toContain('does not answer');
    },
  );

  fault(
    {
      breaks: 'The answer is no JSON',
      sees: '[NETWORK] something between you and AWS answered in its place',
      exit: 1,
      within: 5,
    },
    async (ends) => {
      const env = await withPortal((await bad('no JSON')).url);
      const { stderr } = await ends(() => runLine(EXPORT, env));
      expect(stderr).toContain('answered in its place');
    },
  );
});

describe.concurrent('lists that never end', () => {
  fault(
    {
      breaks: 'The portal takes the request for the list of accounts, and never answers it',
      sees: '[NETWORK] it did not answer in time',
      exit: 1,
      within: 12,
    },
    async (ends) => {
      const env = await withPortal((await bad('silent')).url);
      expect((await ends(() => runLine(['accounts'], env))).stderr).toContain('did not answer in time');
    },
  );

  /** A portal whose list of accounts goes on for ever, in one of two ways. */
  async function endless(token: (page: number) => string) {
    let pages = 0;
    const url = await answering((_, response) => {
      pages += 1;
      const accountList = [{ accountId: '111122223333', accountName: 'one', emailAddress: 'a@b.c' }];
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ accountList, roleList: [], nextToken: token(pages) }));
    });
    return { url, pages: () => pages };
  }

  fault(
    {
      breaks: 'The list of accounts leads back to a page that was there before',
      sees: '[AWS_ERROR] the list never ends',
      exit: 1,
      within: 5,
    },
    async (ends) => {
      const { url, pages } = await endless(() => 'again');
      const env = await withPortal(url);
      expect((await ends(() => runLine(['accounts'], env))).stderr).toContain('never ends');
      expect(pages()).toBeLessThan(10);
    },
  );

  fault(
    {
      breaks: 'The list of accounts always has one more page, with nothing new in it',
      sees: '[AWS_ERROR] the list never ends',
      exit: 1,
      within: 10,
    },
    async (ends) => {
      const { url, pages } = await endless((page) => `page-${page}`);
      const env = await withPortal(url);
      expect((await ends(() => runLine(['accounts'], env))).stderr).toContain('never ends');
      expect(pages()).toBeLessThan(60);
    },
  );
});

describe.concurrent('long waits that AWS asks for', () => {
  const busy = () =>
    answering((_, response) => {
      response.writeHead(429, {
        'content-type': 'application/json',
        'retry-after': '3600',
        'x-amzn-errortype': 'TooManyRequestsException',
      });
      response.end('{"message":"slow down"}');
    });

  fault(
    {
      breaks: 'AWS says `Retry-After: 3600` to a single question',
      sees: '[THROTTLED] with the time until which AWS asks to wait',
      exit: 1,
      within: 3,
    },
    async (ends) => {
      const env = await withPortal(await busy());
      expect((await ends(() => runLine(EXPORT, env))).stderr).toMatch(/wait 60 minutes, until \d\d:\d\d UTC/);
    },
  );

  fault(
    {
      breaks: 'AWS says `Retry-After: 3600` in a listing',
      sees: 'the time until which AWS asks to wait; Ctrl-C ends it',
      exit: 130,
      within: 8,
    },
    async (ends) => {
      const env = await withPortal(await busy());
      await ends(async () => {
        const running = startAwsher(['accounts'], env);
        await running.until(/asks to wait 60 minutes, until \d\d:\d\d UTC/);
        running.child.kill('SIGINT');
        return running.finished;
      });
    },
  );

  it('are not told when they are short', async () => {
    const home = await signedIn();
    home.idc.options.portalRatePerSecond = 3;
    home.idc.options.portalBurst = 1;
    home.idc.options.retryAfterSeconds = 1;
    const { code, stderr } = await runLine(['accounts', '--json'], home.env);
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringContaining('asks to wait') });
  });
});
