import { createServer, type Server } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAwsClients } from '../../../../native-host/aws/calls/clients.ts';
import { oidcOf } from '../../../../native-host/aws/calls/oidc.ts';
import { listAccountsPage, listRolesPage } from '../../../../native-host/features/catalogue/portal-list.ts';
import { faultOf } from '../../../../shared/aws/faults.ts';
import { Secret } from '../../../../shared/secret.ts';
import { listenOnLoopback } from '../../../support/loopback.ts';

/** What proxies, captive portals and broken connections answer in the place of AWS. */
const ANSWERS: readonly [what: string, status: number, type: string, body: string | Buffer][] = [
  ['a page without a type, 200', 200, '', '\n<HTML><body>Sign in</body></HTML>'],
  ['a page that begins with a comment', 200, 'text/plain', '<!-- portal --><html>'],
  ['a page, 503', 503, 'text/html', '<html>no upstream'],
  ['a page, 200', 200, 'text/html', '<!DOCTYPE html><title>Sign in to the Wi-Fi</title>'],
  ['a page, 403', 403, 'text/html', '<html>blocked</html>'],
  ['a page, compressed', 200, 'text/html', gzipSync('<html>blocked</html>')],
  ['a page that says it is JSON', 407, 'application/json', ' \n<html>'],
  ['a redirection', 302, 'text/html', '<html>moved'],
  ['text, 403', 403, 'text/plain', 'Forbidden by policy'],
  ['text, 502', 502, 'text/plain', 'upstream connect error'],
  ["a proxy's JSON, 403", 403, 'application/json', '{"status":"blocked","category":"cloud"}'],
  ["a proxy's JSON, 400", 400, 'application/json', '{"fault":{"faultstring":"policy"}}'],
  ['nothing, 403', 403, 'text/plain', ''],
  ['nothing, 407', 407, 'text/plain', ''],
  ['half an answer', 200, 'application/json', '{"accessToken":"ey'],
  ['null', 200, 'application/json', 'null'],
  ['bytes', 200, 'application/octet-stream', Buffer.from([0xff, 0xfe, 0, 1])],
  ['a byte order mark', 400, 'application/json', '\ufeff{"error":"invalid_grant"}'],
];

let server: Server;
let address: string;
let answer: (typeof ANSWERS)[number];

beforeEach(async () => {
  server = createServer((request, response) => {
    request.resume();
    const [, status, type, body] = answer;
    response.writeHead(status, {
      ...(type ? { 'content-type': type } : {}),
      ...(status === 302 ? { location: '/x' } : {}),
    });
    response.end(body);
  });
  address = `http://127.0.0.1:${await listenOnLoopback(server)}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

describe("what is no answer of AWS's is never taken for a refusal", () => {
  it.each(ANSWERS.map((one) => [one[0], one] as const))('%s', async (_what, one) => {
    answer = one;
    const clients = createAwsClients({ env: { AWS_ENDPOINT_URL: address }, attempts: 1 });
    const place = { region: 'eu-west-1', family: null };
    const oidc = oidcOf(clients, place);
    const client = { clientId: 'c', clientSecret: new Secret('s'), expiresAt: Date.now() + 60_000 };
    const network = {
      code: 'NETWORK',
      message: expect.stringMatching(
        /something between you and AWS answered (with a web page|in its place)\.$/,
      ),
      hint: expect.stringContaining('proxy'),
    };
    await expect(oidc.register([])).rejects.toMatchObject(network);
    await expect(oidc.startDevice(client, 'https://x.awsapps.com/start')).rejects.toMatchObject(network);
    for (const reply of [
      await oidc.askToken(client, new Secret('d')),
      await oidc.refresh(client, new Secret('r')),
    ])
      expect(reply).toMatchObject({ kind: 'failed', error: network });
    const portal = await clients.portal(place);
    const request = { accessToken: new Secret('a'), page: null, signal: new AbortController().signal };
    for (const call of [
      () => listAccountsPage(portal, request),
      () => listRolesPage(portal, '111122223333', request),
      () => portal.getRoleCredentials({ accountId: '111122223333', roleName: 'r', accessToken: 'a' }),
    ])
      expect(await call().then(() => 'answered', faultOf)).toMatchObject({ kind: 'network' });
    if (/page|redirection/.test(one[0])) {
      // Nothing of their answers is read, so that all but a page is taken for success.
      const sts = await clients.sts('eu-west-1', { accessKeyId: 'AKID', secretAccessKey: 'x' });
      for (const call of [() => portal.logout({ accessToken: 'a' }), () => sts.getCallerIdentity({})])
        expect(await call().then(() => 'answered', faultOf)).toEqual({ kind: 'network', reason: 'page' });
    }
    clients.close();
  });
});
