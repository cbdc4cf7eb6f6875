import { describe, expect, it } from 'vitest';
import { oidcRegion, PAGE_HOSTS, pageHost, serviceOrigin } from '../../../shared/aws/hosts.ts';
import { PARTITIONS } from '../../../shared/aws/regions.ts';

describe('pageHost', () => {
  it('knows every pattern in every region of its partition, with its family', () => {
    for (const { pattern, partition, family } of PAGE_HOSTS) {
      for (const region of PARTITIONS.find(({ id }) => id === partition)?.regions ?? []) {
        const host = pattern.replace('*', 'corp').replace('{region}', region);
        const told = pattern.includes('{region}') ? region : null;
        expect(pageHost(host)).toMatchObject({ partition, family, region: told });
      }
    }
  });

  it.each([
    ['corp.awsapps.com', null],
    ['ssoins-1.eu-west-1.portal.amazonaws.com', 'ipv4'],
    ['ssoins-1.us-gov-west-1.portal.amazonaws.com', 'ipv4'],
    ['ssoins-1.portal.eu-west-1.app.aws', 'dual-stack'],
    ['ssoins-1.portal.us-gov-west-1.app.aws', 'dual-stack'],
    ['ssoins-1.cn-north-1.portal.amazonaws.com.cn', 'ipv4'],
    ['ssoins-1.portal.cn-north-1.app.amazonwebservices.com.cn', 'dual-stack'],
    ['ssoins-1.eusc-de-east-1.portal.amazonaws.eu', 'ipv4'],
    ['ssoins-1.portal.eusc-de-east-1.api.amazonwebservices.eu', 'dual-stack'],
  ])('the family of %s is %s', (host, family) => {
    expect(pageHost(host)?.family).toBe(family);
  });
});

it.each([
  ['oidc', 'us-east-1', null, 'https://oidc.us-east-1.amazonaws.com'],
  ['oidc', 'us-east-1', 'dual-stack', 'https://oidc.us-east-1.api.aws'],
  ['portal', 'us-east-1', 'ipv4', 'https://portal.sso.us-east-1.amazonaws.com'],
  ['portal', 'us-east-1', 'dual-stack', 'https://portal.sso.us-east-1.api.aws'],
  ['oidc', 'us-gov-west-1', null, 'https://oidc.us-gov-west-1.amazonaws.com'],
  ['oidc', 'us-gov-west-1', 'dual-stack', 'https://oidc.us-gov-west-1.api.aws'],
  ['oidc', 'cn-north-1', null, 'https://oidc.cn-north-1.amazonaws.com.cn'],
  ['oidc', 'cn-north-1', 'dual-stack', 'https://oidc.cn-north-1.api.amazonwebservices.com.cn'],
  ['oidc', 'eusc-de-east-1', null, 'https://oidc.eusc-de-east-1.amazonaws.eu'],
  ['oidc', 'eusc-de-east-1', 'dual-stack', 'https://oidc.eusc-de-east-1.api.amazonwebservices.eu'],
  ['oidc', 'xx-north-1', null, 'https://oidc.xx-north-1.amazonaws.com'],
] as const)('%s of %s in the family %s is %s', (service, region, family, origin) => {
  expect(serviceOrigin(service, region, family)).toBe(origin);
});

it.each([
  ['oidc.eu-west-1.amazonaws.com', 'eu-west-1'],
  ['oidc.eu-west-1.api.aws', 'eu-west-1'],
  ['oidc.xx-north-1.amazonaws.com', null],
  ['oidc.eu-west-1.api.aws.evil.example', null],
  ['portal.eu-west-1.api.aws', null],
])('%s is sso-oidc of %s', (host, region) => {
  expect(oidcRegion(host)).toBe(region);
});
