import { expect, it } from 'vitest';
import { hostPermissionsFor, pagePattern } from '../../../shared/aws/host-permissions.ts';
import { matchPatterns, PAGE_HOSTS } from '../../../shared/aws/hosts.ts';

it.each([
  ['corp.awsapps.com', 'https://*.awsapps.com/*'],
  ['d-1234567890.awsapps.com', 'https://*.awsapps.com/*'],
  ['ssoins-7223.eu-west-1.portal.amazonaws.com', 'https://*.eu-west-1.portal.amazonaws.com/*'],
  ['start.us-gov-home.awsapps.com', 'https://start.us-gov-home.awsapps.com/*'],
  ['start.cn-north-1.home.awsapps.cn', 'https://start.cn-north-1.home.awsapps.cn/*'],
  ['device.sso.us-east-1.amazonaws.com', 'https://device.sso.us-east-1.amazonaws.com/*'],
  ['sso.example.com', null],
  ['awsapps.com', null],
  ['corp.awsapps.com.example.com', null],
])('the pattern of %s is %s', (hostname, pattern) => {
  expect(pagePattern(hostname)).toBe(pattern);
});

it('every approval host has a pattern of the manifest', () => {
  const { pages } = matchPatterns();
  for (const { pattern, partition } of PAGE_HOSTS) {
    const region = {
      aws: 'eu-west-1',
      'aws-us-gov': 'us-gov-west-1',
      'aws-cn': 'cn-north-1',
      'aws-eusc': 'eusc-de-east-1',
    };
    const hostname = pattern.replace('{region}', region[partition]).replace('*', 'd-1234567890');
    expect(pages).toContain(pagePattern(hostname));
  }
});

it('a sign-in needs its portal and the endpoint of its region, known or not', () => {
  const startUrl = 'https://corp.awsapps.com/start';
  expect(hostPermissionsFor({ startUrl, region: 'eu-west-1' })).toEqual([
    'https://*.awsapps.com/*',
    'https://oidc.eu-west-1.amazonaws.com/*',
  ]);
  expect(hostPermissionsFor({ startUrl, region: 'au-farpoint-1' })).toEqual([
    'https://*.awsapps.com/*',
    'https://oidc.au-farpoint-1.amazonaws.com/*',
  ]);
  expect(hostPermissionsFor({ startUrl: 'https://sso.example.com/aws', region: 'cn-north-1' })).toEqual([
    'https://oidc.cn-north-1.amazonaws.com.cn/*',
  ]);
});
