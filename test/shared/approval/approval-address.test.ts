import { describe, expect, it } from 'vitest';
import { classifyHandedOver } from '../../../shared/approval/approval-address.ts';
import { ANY_PAGES, DEVICE_PAGES, NO_PAGES } from './addresses.ts';
import { authorizeUrl } from './authorization-scenes.ts';

describe('an address on which a device code is compared', () => {
  it.each(DEVICE_PAGES)('%s', (_name, address, pageHostname) => {
    const url = new URL(address).href;
    expect(classifyHandedOver(address)).toEqual({ kind: 'device', url, userCode: 'ABCD-EFGH', pageHostname });
  });
});

describe('an address that begins the PKCE flow', () => {
  it('is read with all that binds it to the request', () => {
    expect(classifyHandedOver(authorizeUrl())).toEqual({
      kind: 'authorization',
      url: authorizeUrl(),
      region: 'us-east-1',
      clientId: 'client-1',
      state: '6f1c2f6e-2f3c-4e0c-9a52-0d6b5f1f8d11',
      port: 51234,
      path: '/oauth/callback',
    });
  });

  it.each([
    ['GovCloud', 'https://oidc.us-gov-west-1.amazonaws.com', 'us-gov-west-1'],
    ['China', 'https://oidc.cn-north-1.amazonaws.com.cn', 'cn-north-1'],
    ['EU Sovereign', 'https://oidc.eusc-de-east-1.amazonaws.eu', 'eusc-de-east-1'],
  ])('%s', (_name, origin, region) => {
    expect(classifyHandedOver(authorizeUrl({}, origin))).toMatchObject({ kind: 'authorization', region });
  });
});

describe('a page like any other', () => {
  it.each(ANY_PAGES)('%s', (_name, address) => {
    expect(classifyHandedOver(address)).toEqual({ kind: 'page' });
  });
});

it.each(NO_PAGES)('nothing to open: %s', (address) => {
  expect(classifyHandedOver(address)).toEqual({ kind: 'unusable' });
});
