import { createServer, request as httpRequest } from 'node:http';
import { connect, type Server, type Socket } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAwsClients } from '../../../../native-host/aws/calls/clients.ts';
import { oidcOf } from '../../../../native-host/aws/calls/oidc.ts';
import { createTestAuthority } from '../../../support/certificates.ts';
import { runAwsCli } from '../../../support/clients/aws-clients.ts';
import { type Home, openHome } from '../../../support/credentials/home.ts';
import { listenOnLoopback } from '../../../support/loopback.ts';

const PLACE = { region: 'eu-west-1', family: null };

let home: Home;
let proxy: Server;
let proxyUrl: string;
let sockets: Set<Socket>;
/** What the proxy was asked to connect to. */
let asked: string[];
let authorizations: (string | undefined)[];

beforeEach(async () => {
  home = await openHome({ region: 'eu-west-1' });
  asked = [];
  authorizations = [];
  sockets = new Set();
  // A proxy that leads every host to the embedded Identity Center, which then answers under AWS's own names.
  const server = createServer();
  server.on('connect', (request, client: Socket) => {
    asked.push(request.url ?? '');
    authorizations.push(request.headers['proxy-authorization']);
    const upstream = connect(home.idc.port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      client.pipe(upstream).pipe(client);
    });
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
    }
  });
  proxy = server;
  proxyUrl = `http://127.0.0.1:${await listenOnLoopback(server)}`;
});
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const socket of sockets) socket.destroy();
  proxy.close();
  await home.close();
});

async function register(env: Record<string, string>): Promise<string> {
  const clients = createAwsClients({ env });
  try {
    return (await oidcOf(clients, PLACE).register([])).clientId;
  } finally {
    clients.close();
  }
}

describe('calls to AWS', () => {
  it("go through HTTPS_PROXY to AWS's own names, trusting AWS_CA_BUNDLE", async () => {
    const bundle = home.write('ca.pem', home.idc.caPem);
    const env = { HTTPS_PROXY: proxyUrl.replace('//', '//ana:p%40ss@'), AWS_CA_BUNDLE: bundle };
    expect(await register(env)).toMatch(/^client-/);
    expect(asked).toEqual(['oidc.eu-west-1.amazonaws.com:443']);
    expect(authorizations).toEqual([`Basic ${Buffer.from('ana:p@ss').toString('base64')}`]);
  });

  it('go straight to an https address, trusting AWS_CA_BUNDLE and nothing else', async () => {
    const AWS_ENDPOINT_URL_SSO_OIDC = `https://127.0.0.1:${home.idc.port}`;
    const AWS_CA_BUNDLE = home.write('ca.pem', home.idc.caPem);
    expect(await register({ AWS_ENDPOINT_URL_SSO_OIDC, AWS_CA_BUNDLE })).toMatch(/^client-/);
    expect(asked).toEqual([]);
    const other = home.write('other.pem', (await createTestAuthority()).caPem);
    for (const env of [{}, { AWS_CA_BUNDLE: other }]) {
      await expect(register({ AWS_ENDPOINT_URL_SSO_OIDC, ...env })).rejects.toMatchObject({
        code: 'NETWORK',
        message: expect.stringContaining('certificate'),
        hint: expect.stringContaining('AWS_CA_BUNDLE'),
      });
    }
    expect(home.idc.count('RegisterClient')).toBe(1);
  });

  it('fail without the bundle, and say what to set', async () => {
    await expect(register({ HTTPS_PROXY: proxyUrl })).rejects.toMatchObject({
      code: 'NETWORK',
      message: expect.stringContaining('certificate'),
      hint: expect.stringContaining('AWS_CA_BUNDLE'),
    });
  });

  it('trust the bundle instead of the built-in roots, not besides', async () => {
    const bundle = home.write('other.pem', (await createTestAuthority()).caPem);
    await expect(register({ HTTPS_PROXY: proxyUrl, AWS_CA_BUNDLE: bundle })).rejects.toMatchObject({
      code: 'NETWORK',
    });
  });

  it('fail clearly for a bundle that is not there', async () => {
    await expect(register({ AWS_CA_BUNDLE: '/nowhere.pem' })).rejects.toMatchObject({
      code: 'FILE_READ',
      message: expect.stringContaining('/nowhere.pem'),
    });
  });

  it('do not go through the proxy for what NO_PROXY names', async () => {
    const env = {
      HTTPS_PROXY: proxyUrl,
      HTTP_PROXY: proxyUrl,
      NO_PROXY: '127.0.0.1',
      AWS_ENDPOINT_URL: home.idc.httpUrl,
    };
    expect(await register(env)).toMatch(/^client-/);
    expect(asked).toEqual([]);
  });

  it('to an http:// address give the proxy the whole address, as the AWS CLI does', async () => {
    const lines: unknown[] = [];
    const forwarding = createServer((request, response) => {
      lines.push([request.method, request.url, request.headers['proxy-authorization'], request.headers.host]);
      const { host, hostname, port } = new URL(home.idc.httpUrl);
      const { pathname, search } = new URL(request.url ?? '');
      const path = `${pathname}${search}`;
      const { method, headers } = request;
      request.pipe(
        httpRequest({ hostname, port, path, method, headers: { ...headers, host } }, (answer) => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
        }),
      );
    });
    forwarding.on('connect', (_request, socket) => socket.end('HTTP/1.1 405 Not Allowed\r\n\r\n'));
    const port = await listenOnLoopback(forwarding);
    const env = { HTTP_PROXY: `http://ana:p%40ss@127.0.0.1:${port}` };
    try {
      const endpoint = 'http://oidc.nowhere.test:4566';
      expect(await register({ ...env, AWS_ENDPOINT_URL: endpoint })).toMatch(/^client-/);
      const args = ['sso-oidc', 'register-client', '--client-name', 'x', '--client-type', 'public'];
      const cli = await runAwsCli([...args, '--endpoint-url', endpoint, '--region', 'eu-west-1'], {
        ...home.env,
        ...env,
        AWS_EC2_METADATA_DISABLED: 'true',
      });
      expect(cli).toMatchObject({ code: 0 });
      const login = `Basic ${Buffer.from('ana:p@ss').toString('base64')}`;
      const line = ['POST', `${endpoint}/client/register`, login, 'oidc.nowhere.test:4566'];
      expect(lines).toEqual([line, line]);
    } finally {
      forwarding.closeAllConnections();
      forwarding.close();
    }
  });

  it.each(['eu-west-1', 'us-east-1'])(
    'go to the STS of %s, as the AWS CLI v2: `sts_regional_endpoints = legacy` is for boto3 and v1',
    async (region) => {
      const env = {
        HTTPS_PROXY: proxyUrl,
        AWS_CA_BUNDLE: home.write('ca.pem', home.idc.caPem),
        AWS_STS_REGIONAL_ENDPOINTS: 'legacy',
      };
      const keys = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x' };
      const clients = createAwsClients({ env });
      await (await clients.sts(region, keys)).getCallerIdentity({}).catch(() => {});
      clients.close();
      await runAwsCli(['sts', 'get-caller-identity', '--region', region], {
        ...env,
        HOME: home.env.HOME ?? '',
        AWS_ACCESS_KEY_ID: keys.accessKeyId,
        AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
        AWS_MAX_ATTEMPTS: '1',
      });
      const name = `sts.${region}.amazonaws.com:443`;
      expect(asked).toEqual([name, name]);
    },
  );

  it('prefer the endpoint of the service, and ignore it when told so', async () => {
    const endpoints = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_ENDPOINT_URL_SSO_OIDC: home.idc.httpUrl };
    expect(await register(endpoints)).toMatch(/^client-/);
    const bundle = home.write('ca.pem', home.idc.caPem);
    await register({
      ...endpoints,
      AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
      HTTPS_PROXY: proxyUrl,
      AWS_CA_BUNDLE: bundle,
    });
    expect(asked).toHaveLength(1);
  });

  it('leave the endpoint of another profile alone, which the SDK would read by itself', async () => {
    vi.stubEnv('AWS_CONFIG_FILE', home.write('other', '[default]\nendpoint_url = http://127.0.0.1:9\n'));
    await register({ HTTPS_PROXY: proxyUrl, AWS_CA_BUNDLE: home.write('ca.pem', home.idc.caPem) });
    expect(asked).toEqual(['oidc.eu-west-1.amazonaws.com:443']);
  });

  it.each([
    'localhost:4566',
    'not an address',
    'ftp://x.test',
    'http://',
    'http://127.0.0.1:99999',
    'http:///x',
  ])('are refused for the endpoint %s, in one sentence', async (AWS_ENDPOINT_URL) => {
    await expect(register({ AWS_ENDPOINT_URL })).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: `The endpoint ${AWS_ENDPOINT_URL} is not http or https.`,
      hint: expect.stringContaining('AWS_ENDPOINT_URL_SSO_OIDC'),
    });
  });

  it('never repeat the address of a proxy, which may hold a password', async () => {
    for (const HTTPS_PROXY of ['http://ana:hush@:0:0', 'http://ana:hush%ff@127.0.0.1:9']) {
      const refusal: unknown = await register({ HTTPS_PROXY }).catch((thrown: unknown) => thrown);
      expect(refusal).toMatchObject({ code: 'NETWORK' });
      // With what it is caused by, and all that is known of that.
      expect(inspect(refusal, { depth: null })).not.toContain('hush');
    }
  });

  it('send the password of a proxy as the AWS CLI does, with a percent sign that encodes nothing', async () => {
    const bundle = home.write('ca.pem', home.idc.caPem);
    await register({ HTTPS_PROXY: proxyUrl.replace('//', '//ana:100%@'), AWS_CA_BUNDLE: bundle });
    expect(authorizations).toEqual([`Basic ${Buffer.from('ana:100%').toString('base64')}`]);
  });

  it('can be stopped', async () => {
    home.idc.faults.add({ operation: 'RegisterClient', delayMs: 5000 });
    const clients = createAwsClients({ env: home.env });
    const stop = new AbortController();
    const reason = new Error('enough');
    setTimeout(() => stop.abort(reason), 100);
    const call = oidcOf(clients, PLACE, stop.signal).register([]);
    await expect(call).rejects.toBe(reason);
    clients.close();
  });

  it('are tried again when AWS is ill for a moment', async () => {
    home.idc.faults.add({ operation: 'RegisterClient', status: 500, times: 1 });
    expect(await register(home.env)).toMatch(/^client-/);
  });

  it('tell every Date, also that of a refusal', async () => {
    const dates: number[] = [];
    const clients = createAwsClients({ env: home.env, onServerDate: (at) => dates.push(at) });
    const portal = await clients.portal(PLACE);
    await expect(portal.listAccounts({ accessToken: 'nobody' })).rejects.toThrow();
    clients.close();
    expect(dates).toHaveLength(1);
    expect(Math.abs((dates[0] ?? 0) - Date.now())).toBeLessThan(5000);
  });
});
