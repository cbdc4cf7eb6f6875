import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createAwsClients } from '../../../../native-host/aws/calls/clients.ts';
import { readNotes } from '../../../../native-host/aws/tokens/session-notes.ts';
import { placeOf } from '../../../../native-host/aws/tokens/session-place.ts';
import { findPortal } from '../../../../native-host/features/portal/find-portal.ts';
import { regionInDocument } from '../../../../native-host/features/portal/region.ts';
import { startConnectProxy } from '../../../support/browsers/connect-proxy.ts';
import { startIdentityCenter } from '../../../support/identity-center/index.ts';
import { PAGE_DEFAULTS, SERVICE_DEFAULTS } from '../../../support/identity-center/options.ts';

const OWN = 'https://aws.corp.example/sso';
let idc: Awaited<ReturnType<typeof startIdentityCenter>>;
let proxy: Awaited<ReturnType<typeof startConnectProxy>>;
let folder: string;
let env: Record<string, string>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'awsher-portal-'));
  idc = await startIdentityCenter({
    region: 'eu-west-3',
    others: [{ alias: 'lab', region: 'eu-west-3', portalForm: 'instance-dual-stack' }],
  });
  proxy = await startConnectProxy(idc.port);
  writeFileSync(join(folder, 'ca.pem'), idc.caPem);
  env = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`, AWS_CA_BUNDLE: join(folder, 'ca.pem') };
});
afterEach(() => {
  Object.assign(idc.options, PAGE_DEFAULTS, SERVICE_DEFAULTS);
  rmSync(join(folder, 'sessions'), { recursive: true, force: true });
});
afterAll(async () => {
  await proxy.close();
  await idc.close();
  rmSync(folder, { recursive: true });
});

const paths = () => ({ stateDir: folder, configDir: folder, locksDir: join(folder, 'locks') });
async function find(
  startUrl: string,
  more: { region?: string; env?: Record<string, string>; believeNotes?: boolean } = {},
) {
  const clients = createAwsClients({ env: { ...env, ...more.env } });
  const { believeNotes = false, region = null } = more;
  try {
    return await findPortal(
      { paths: paths(), env: { ...env, ...more.env }, clients, now: Date.now, believeNotes },
      { key: 'corp', startUrl, region, scopes: ['sso:account:access'] },
    );
  } finally {
    clients.close();
  }
}
const refusal = (startUrl: string) => find(startUrl).catch((thrown: unknown) => thrown);

describe('a start URL', () => {
  it('that tells everything asks nobody', async () => {
    const before = idc.requests.length;
    expect(await find('https://ssoins-1.portal.eu-west-1.app.aws/#/')).toEqual({
      portal: 'https://ssoins-1.portal.eu-west-1.app.aws',
      region: 'eu-west-1',
      family: 'dual-stack',
    });
    expect(await find(`${idc.startUrl}/`, { region: 'us-east-2' })).toEqual({
      portal: idc.startUrl,
      region: 'us-east-2',
      family: null,
    });
    expect(idc.requests.length).toBe(before);
  });

  it('without a region gets it from the portal’s page', async () => {
    expect((await find(idc.startUrl)).region).toBe('eu-west-3');
    expect(idc.requests.at(-1)).toMatchObject({ operation: 'PortalPage', host: idc.portalHost });
  });

  it('whose page is silent gets it by asking: likely regions first, four at a time, and no further', async () => {
    idc.options.regionInPage = false;
    const before = idc.requests.length;
    expect((await find(idc.startUrl, { env: { AWS_REGION: 'ap-south-1' } })).region).toBe('eu-west-3');
    const asked = idc.requests.slice(before).filter(({ operation }) => operation === 'RegisterClient');
    expect(
      asked
        .slice(0, 4)
        .map(({ host }) => host)
        .sort(),
    ).toContain('oidc.ap-south-1.amazonaws.com');
    expect(asked.length % 4).toBe(0);
    expect(asked.length).toBeLessThan(34);
  });

  it('that no region knows is refused', async () => {
    expect(await refusal('https://nobody.awsapps.com/start')).toMatchObject({ code: 'REGION_WRONG' });
  });

  it('under awsapps.com takes the family of the person’s setting, then of the environment, and it is noted', async () => {
    writeFileSync(join(folder, 'config.ini'), '[sessions.corp]\nendpoints = dual-stack\n');
    expect((await find(idc.startUrl, { region: 'eu-west-3' })).family).toBe('dual-stack');
    const subject = { key: 'corp', startUrl: idc.startUrl, region: 'eu-west-3' };
    expect(placeOf(paths(), subject)).toEqual({ region: 'eu-west-3', family: 'dual-stack' });
    rmSync(join(folder, 'config.ini'));
    const dual = { AWS_USE_DUALSTACK_ENDPOINT: 'true' };
    expect((await find(idc.startUrl, { region: 'eu-west-3', env: dual })).family).toBe('dual-stack');
    expect((await find(idc.startUrl, { region: 'eu-west-3' })).family).toBeNull();
    expect(placeOf(paths(), subject).family).toBeNull();
  });
});

describe('a company’s own address', () => {
  const lab = () => idc.directories[1]?.startUrl ?? '';
  const answers = (head: boolean, location: string | null, host = 'aws.corp.example') =>
    Object.assign(idc.options, { ownAddresses: { ...idc.options.ownAddresses, [host]: { head, location } } });

  it.each([true, false])(
    'leads to the portal that it redirects to (HEAD served: %s), which is not followed',
    async (head) => {
      answers(head, `${lab()}/#/?tab=accounts`);
      const before = idc.requests.length;
      expect(await find(OWN)).toEqual({ portal: lab(), region: 'eu-west-3', family: 'dual-stack' });
      expect(idc.requests.slice(before).map(({ operation }) => operation)).toEqual(
        head ? ['OwnHead'] : ['OwnHead', 'OwnGet'],
      );
      expect(readNotes(paths(), 'corp')).toMatchObject({ portal: lab(), family: 'dual-stack' });
      // The host goes on with what the command has just found; renewals do for good.
      expect((await find(OWN, { believeNotes: true })).portal).toBe(lab());
      expect(idc.requests.length).toBe(before + (head ? 1 : 2));
      expect(placeOf(paths(), { key: 'corp', startUrl: OWN, region: 'us-east-1' })).toEqual({
        region: 'eu-west-3',
        family: 'dual-stack',
      });
    },
  );

  it.each([
    ['to nowhere', null, 'is not an access portal and does not redirect to one'],
    ['to another company', 'https://evil.example/start', 'redirects to evil.example'],
    [
      'to a host that only looks like one',
      'https://ssoins-1.portal.eu-west-1.app.aws.evil.example',
      'redirects to',
    ],
    ['to http', 'http://corp.awsapps.com/start', 'without https'],
    ['to itself', OWN, 'redirects to aws.corp.example'],
    ['twice', 'https://two.corp.example', 'redirects to two.corp.example'],
    ['to a private address', 'https://10.0.0.1/start', 'redirects to 10.0.0.1'],
    ['to this computer', 'https://127.0.0.1/start', 'redirects to 127.0.0.1'],
    ['to another service of AWS', 'https://corp.awsapps.com/mail', 'redirects to corp.awsapps.com'],
    ['with a password', 'https://me:pw@corp.awsapps.com/start', 'redirects to corp.awsapps.com'],
    ['to another port', 'https://corp.awsapps.com:8443/start', 'redirects to corp.awsapps.com'],
    ['to a script', 'javascript:alert(1)', 'without https'],
  ])('that redirects %s is refused in one sentence and not followed', async (_, location, words) => {
    answers(true, location);
    answers(true, lab(), 'two.corp.example');
    const before = idc.requests.length;
    const error = await refusal(OWN);
    expect(error).toMatchObject({ code: 'START_URL_INVALID', message: expect.stringContaining(words) });
    expect(String(error)).not.toContain('pw');
    expect(idc.requests.length).toBe(before + 1);
  });
});

it.each([
  ['<meta name="region" content="eu-west-1">', 'eu-west-1'],
  ["<META content='us-gov-west-1' charset=x name='region' />", 'us-gov-west-1'],
  ['<meta name="region" content="narnia-1"><meta name=region content=us-east-2>', 'us-east-2'],
  ['<meta name="regional" content="eu-west-1">', null],
  ['<meta name="region" content="eu-west-1.evil.example">', null],
  ['<p>region eu-west-1</p>', null],
  ['', null],
])('the region in %s is %s', (document, region) => {
  expect(regionInDocument(document)).toBe(region);
});
