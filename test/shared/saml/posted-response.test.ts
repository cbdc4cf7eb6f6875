import { describe, expect, it } from 'vitest';
import { isIdpUrl, samlEndpoint } from '../../../shared/aws/saml-hosts.ts';
import { seenResponse } from '../../../shared/saml/posted-response.ts';

const AWS = 'https://signin.aws.amazon.com/saml';
const post = (url: string, form: Record<string, string[]> | null = { SAMLResponse: ['PHg+'] }) => ({
  method: 'POST',
  url,
  form,
});
const see = (request: Parameters<typeof seenResponse>[0], now = 0) => seenResponse(request, 300_000, now);

describe('a request of the armed tab', () => {
  it.each([
    AWS,
    'https://eu-west-1.signin.aws.amazon.com/saml',
    'https://us-east-2.signin.aws.amazon.com/saml/acs/SAMLABC123',
    'https://signin.amazonaws-us-gov.com/saml',
    'https://us-gov-east-1.signin.amazonaws-us-gov.com/saml',
    'https://signin.amazonaws.cn/saml',
    'https://cn-northwest-1.signin.amazonaws.cn/saml?RelayState=x',
    'https://eusc-de-east-1.signin.amazonaws-eusc.eu/saml',
  ])('to %s carries the response', (url) => {
    const found = see(post(url));
    expect(found).toMatchObject({ kind: 'response', postedTo: url });
    expect(found.kind === 'response' && found.response.expose()).toBe('PHg+');
    expect(JSON.stringify(found)).not.toContain('PHg+');
  });

  it.each([
    'http://signin.aws.amazon.com/saml',
    'https://signin.aws.amazon.com:8443/saml',
    'https://user@signin.aws.amazon.com/saml',
    'https://signin.aws.amazon.com.evil.example/saml',
    'https://evil-signin.aws.amazon.com/saml',
    'https://evil.signin.aws.amazon.com/saml',
    'https://a.eu-west-1.signin.aws.amazon.com/saml',
    'https://signin.aws.amazon.com/samlx',
    'https://signin.aws.amazon.com/saml/',
    'https://signin.aws.amazon.com/saml/acs/a/b',
    'https://signin.aws.amazon.com/oauth',
    'https://signin.aws.amazon.co/saml',
    'https://signin.amazonaws.com/saml',
    'https://signin.amazonaws-eusc.eu/saml',
    'https://eusc-de-east-1.signin.amazonaws.eu/saml',
    'https://idp.example.com/saml',
    'blob:https://signin.aws.amazon.com/saml',
    'no address',
  ])('to %s is not ours: nothing of it is kept, and the wait goes on', (url) => {
    expect(samlEndpoint(url)).toBeNull();
    expect(see(post(url))).toEqual({ kind: 'other' });
  });

  it('that is no POST is not ours', () => {
    expect(see({ ...post(AWS), method: 'GET' })).toEqual({ kind: 'other' });
  });

  it.each<[string, Record<string, string[]> | null]>([
    ['no form', null],
    ['no response', { Other: ['x'] }],
    ['an empty one', { SAMLResponse: [''] }],
    ['two', { SAMLResponse: ['PHg+', 'PHk+'] }],
    ['100,001 characters', { SAMLResponse: ['A'.repeat(100_001)] }],
  ])('with %s ends the wait with an error', (_, form) => {
    expect(see(post(AWS, form))).toMatchObject({ kind: 'refused', error: { code: 'SAML_INVALID' } });
  });

  it('with 100,000 characters is taken', () => {
    expect(see(post(AWS, { SAMLResponse: ['A'.repeat(100_000)] }))).toMatchObject({ kind: 'response' });
  });

  it('after five minutes ends the wait, though no timer has fired', () => {
    expect(see(post(AWS), 299_999)).toMatchObject({ kind: 'response' });
    expect(see(post(AWS), 300_000)).toMatchObject({ kind: 'refused', error: { code: 'SIGN_IN_TIMEOUT' } });
  });
});

it('a start page is an https address and nothing else', () => {
  expect(isIdpUrl('https://corp.okta.com/home/amazon_aws/0oa1/272?x=1#y')).toBe(true);
  for (const url of [
    'http://corp.okta.com/',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'https://me:secret@corp.okta.com/',
    'https://corp.okta.com/\u001b[2J',
    'https://corp.okta.com/ two',
    `https://corp.okta.com/${'a'.repeat(5000)}`,
    'corp.okta.com',
    '',
  ])
    expect(isIdpUrl(url)).toBe(false);
});
