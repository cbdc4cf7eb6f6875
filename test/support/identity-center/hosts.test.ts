import { once } from 'node:events';
import { get } from 'node:https';
import {
  RegisterClientCommand,
  SSOOIDCClient,
  StartDeviceAuthorizationCommand,
} from '@aws-sdk/client-sso-oidc';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PortalForm } from './hosts.ts';
import { type IdentityCenter, startIdentityCenter } from './index.ts';

const FORMS: readonly (readonly [PortalForm, region: string, address: RegExp])[] = [
  ['awsapps', 'eu-west-1', /^https:\/\/t0\.awsapps\.com\/start\/#/],
  ['instance', 'us-east-1', /^https:\/\/ssoins-\w{16}\.us-east-1\.portal\.amazonaws\.com\/#/],
  ['instance-dual-stack', 'us-east-1', /^https:\/\/ssoins-\w{16}\.portal\.us-east-1\.app\.aws\/#/],
  ['builder-id', 'us-east-1', /^https:\/\/view\.awsapps\.com\/start\/#/],
  ['govcloud', 'us-gov-west-1', /^https:\/\/start\.us-gov-home\.awsapps\.com\/directory\/t4\/#/],
  [
    'govcloud-regional',
    'us-gov-west-1',
    /^https:\/\/start\.us-gov-west-1\.us-gov-home\.awsapps\.com\/directory\/t5\/#/,
  ],
  ['china', 'cn-north-1', /^https:\/\/start\.home\.awsapps\.cn\/directory\/t6\/#/],
  ['china-regional', 'cn-north-1', /^https:\/\/start\.cn-north-1\.home\.awsapps\.cn\/directory\/t7\/#/],
  ['china-instance', 'cn-north-1', /^https:\/\/ssoins-\w{16}\.cn-north-1\.portal\.amazonaws\.com\.cn\/#/],
  [
    'china-dual-stack',
    'cn-north-1',
    /^https:\/\/ssoins-\w{16}\.portal\.cn-north-1\.app\.amazonwebservices\.com\.cn\/#/,
  ],
  ['eu-sovereign', 'eusc-de-east-1', /^https:\/\/ssoins-\w{16}\.eusc-de-east-1\.portal\.amazonaws\.eu\/#/],
  [
    'eu-sovereign-dual-stack',
    'eusc-de-east-1',
    /^https:\/\/ssoins-\w{16}\.portal\.eusc-de-east-1\.api\.amazonwebservices\.eu\/#/,
  ],
];

let idc: IdentityCenter;
beforeAll(async () => {
  const others = FORMS.map(([portalForm, region], index) => ({ alias: `t${index}`, region, portalForm }));
  idc = await startIdentityCenter({ others });
});
afterAll(() => idc.close());

// The pages themselves, in a browser: pages.test.ts; a sign-in and a content script on such addresses: test/browser/variants.test.ts.
it.each(FORMS)('the code page stands at the address of its portal: %s', async (_form, region, address) => {
  const directory = idc.directories[1 + FORMS.findIndex(([, , one]) => one === address)];
  if (!directory) throw new Error('no such directory');
  const oidc = new SSOOIDCClient({ region, endpoint: idc.httpUrlIn(region) });
  const { clientId, clientSecret } = await oidc.send(
    new RegisterClientCommand({ clientName: 'hand-made', clientType: 'public' }),
  );
  const { startUrl } = directory;
  const device = await oidc.send(new StartDeviceAuthorizationCommand({ clientId, clientSecret, startUrl }));
  oidc.destroy();
  expect(device.verificationUriComplete).toMatch(address);
  expect(await pageAt(new URL(device.verificationUriComplete ?? ''))).toContain('<div id="root">');
  expect(idc.unexpected).toEqual([]);
});

/** What a browser gets that is signed in to every portal. */
async function pageAt({ hostname, pathname }: URL): Promise<string> {
  const cookie = idc.portalCookie(idc.directories.find(({ host }) => host === hostname));
  const asked = get({
    host: '127.0.0.1',
    port: idc.port,
    servername: hostname,
    ca: idc.caPem,
    path: pathname,
    headers: { host: hostname, cookie: `${cookie.name}=${cookie.value}` },
  });
  const [answer] = await once(asked, 'response');
  expect(answer.statusCode).toBe(200);
  let text = '';
  for await (const part of answer.setEncoding('utf8')) text += part;
  return text;
}
