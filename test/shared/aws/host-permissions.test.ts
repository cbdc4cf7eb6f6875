import { describe, expect, it } from 'vitest';
import required from '../../../manifests/extension/required-hosts.json' with { type: 'json' };
import {
  hostPermissionsFor,
  oidcPatterns,
  pagePattern,
  portalPatterns,
} from '../../../shared/aws/host-permissions.ts';
import { PAGE_HOSTS } from '../../../shared/aws/hosts.ts';
import { PARTITIONS } from '../../../shared/aws/regions.ts';
import released from '../../repository/released-hosts.json' with { type: 'json' };

const covers = (pattern: string, host: string) => {
  const fixed = pattern.slice('https://'.length, -2);
  return fixed.startsWith('*.') ? host.endsWith(fixed.slice(1)) : host === fixed;
};

describe('the hosts that are required', () => {
  it('are no more than those of the last release: Chromium switches an extension off that wants another one', () => {
    expect(required.filter((pattern) => !released.includes(pattern))).toEqual([]);
  });

  // developer.chrome.com, "Match patterns": a star stands for whole labels and only at the left end.
  it.each(required)('%s is legal', (pattern) => {
    expect(pattern).toMatch(/^https:\/\/(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+\/\*$/);
  });

  it('have a star for portals alone: no domain under which AWS keeps what belongs to its customers', () => {
    expect(required.filter((pattern) => pattern.includes('*.'))).toEqual(portalPatterns());
  });

  it('cover every portal that the checks let through, in every region, also one that AWS opens later', () => {
    for (const { kind, pattern, partition } of PAGE_HOSTS) {
      if (kind !== 'portal') continue;
      for (const region of [
        'xx-north-1',
        ...(PARTITIONS.find(({ id }) => id === partition)?.regions ?? []),
      ]) {
        const host = pattern.replace('*', 'corp').replace('{region}', region);
        expect(required.some((one) => covers(one, host))).toBe(true);
      }
    }
  });

  it('are enough to ask every region of the first release, in both families', () => {
    const hosts = oidcPatterns('*').map((pattern) => new URL(pattern).hostname);
    expect(hosts.filter((host) => !required.some((pattern) => covers(pattern, host)))).toEqual([]);
  });
});

it.each([
  ['corp.awsapps.com', 'https://*.awsapps.com/*'],
  ['d-1234567890.awsapps.com', 'https://*.awsapps.com/*'],
  ['ssoins-7223.eu-west-1.portal.amazonaws.com', 'https://*.portal.amazonaws.com/*'],
  ['ssoins-7223.portal.eu-west-1.app.aws', 'https://*.app.aws/*'],
  ['start.us-gov-home.awsapps.com', 'https://*.awsapps.com/*'],
  ['start.cn-north-1.home.awsapps.cn', 'https://*.awsapps.cn/*'],
  ['device.sso.us-east-1.amazonaws.com', 'https://device.sso.us-east-1.amazonaws.com/*'],
  ['studio-d-1.app.aws', null],
  ['sso.example.com', null],
  ['awsapps.com', null],
  ['corp.awsapps.com.example.com', null],
])('the pattern of %s is %s', (hostname, pattern) => {
  expect(pagePattern(hostname)).toBe(pattern);
});

const EU = { startUrl: 'https://corp.awsapps.com/start', region: 'eu-west-1' };
it.each([
  [EU, ['*.awsapps.com', 'oidc.eu-west-1.amazonaws.com']],
  [{ ...EU, family: 'dual-stack' }, ['*.awsapps.com', 'oidc.eu-west-1.api.aws']],
  [
    { ...EU, startUrl: 'https://ssoins-1.portal.eu-west-1.app.aws', family: 'ipv4' },
    ['*.app.aws', 'oidc.eu-west-1.api.aws'],
  ],
  [{ ...EU, region: 'au-farpoint-1' }, ['*.awsapps.com', 'oidc.au-farpoint-1.amazonaws.com']],
  [{ startUrl: 'https://aws.example.com', region: 'cn-north-1' }, ['oidc.cn-north-1.amazonaws.com.cn']],
  [
    { ...EU, startUrl: 'https://aws.example.com', portal: 'https://ssoins-1.portal.eu-west-1.app.aws' },
    ['*.app.aws', 'oidc.eu-west-1.api.aws'],
  ],
] as const)('a sign-in to %o needs its portal and the endpoint of its region', (subject, hosts) => {
  expect(hostPermissionsFor(subject)).toEqual(hosts.map((host) => `https://${host}/*`));
});
