import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparableStartUrl, parseStartUrl, startUrlFacts } from '../../../shared/aws/start-url.ts';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';

const refusal = (typed: string): unknown => {
  try {
    return parseStartUrl(typed);
  } catch (thrown) {
    return thrown;
  }
};

describe('parseStartUrl', () => {
  it.each([
    ['https://d-1234567890.awsapps.com/start', 'https://d-1234567890.awsapps.com/start'],
    ['https://d-1234567890.awsapps.com/start/', 'https://d-1234567890.awsapps.com/start/'],
    ['https://d-1234567890.awsapps.com/start#', 'https://d-1234567890.awsapps.com/start'],
    ['https://d-1234567890.awsapps.com/start#/', 'https://d-1234567890.awsapps.com/start'],
    ['https://d-1234567890.awsapps.com/start/#/', 'https://d-1234567890.awsapps.com/start/'],
    ['https://corp.awsapps.com/start/#/?tab=accounts', 'https://corp.awsapps.com/start/'],
    ['corp.awsapps.com/start', 'https://corp.awsapps.com/start'],
    ['corp.awsapps.com', 'https://corp.awsapps.com/start'],
    ['https://CORP.awsapps.com:443/', 'https://corp.awsapps.com/start'],
    ['https://corp.awsapps.com/start/#/device?user_code=ABCD-EFGH', 'https://corp.awsapps.com/start/'],
    ['https://corp.awsapps.com/start?workflowResultHandle=x&state=y', 'https://corp.awsapps.com/start'],
    [
      'https://corp.awsapps.com/start/#/console?account_id=111122223333&role_name=Admin',
      'https://corp.awsapps.com/start/',
    ],
    [
      'https://ssoins-1.portal.eu-west-1.app.aws/#/device?user_code=ABCD-EFGH',
      'https://ssoins-1.portal.eu-west-1.app.aws',
    ],
    ['ssoins-1.us-gov-west-1.portal.amazonaws.com/', 'https://ssoins-1.us-gov-west-1.portal.amazonaws.com'],
    [
      'https://start.us-gov-home.awsapps.com/directory/d-1/#/',
      'https://start.us-gov-home.awsapps.com/directory/d-1/',
    ],
    ['https://identitycenter.amazonaws.com/ssoins-7223', 'https://identitycenter.amazonaws.com/ssoins-7223'],
    ['aws.example.com/sso?x=1#/', 'https://aws.example.com/sso?x=1'],
    ['  https://corp.awsapps.com/start \n', 'https://corp.awsapps.com/start'],
    ['https://aws.example.com', 'https://aws.example.com'],
    ['<https://corp.awsapps.com/start>', 'https://corp.awsapps.com/start'],
    ['"https://corp.awsapps.com/start/#/"', 'https://corp.awsapps.com/start/'],
    ['https://corp.awsapps.com/start.', 'https://corp.awsapps.com/start'],
    ['(https://corp.awsapps.com/start),', 'https://corp.awsapps.com/start'],
    ['[our portal](https://corp.awsapps.com/start)', 'https://corp.awsapps.com/start'],
    ['\u200bhttps://corp.awsapps.com/start\ufeff', 'https://corp.awsapps.com/start'],
    ['d-1234567890', 'https://d-1234567890.awsapps.com/start'],
    ['D-12345ABCDE', 'https://d-12345abcde.awsapps.com/start'],
    ['`https://corp.awsapps.com/start`', 'https://corp.awsapps.com/start'],
    ['**https://corp.awsapps.com/start**', 'https://corp.awsapps.com/start'],
    ['«https://corp.awsapps.com/start»', 'https://corp.awsapps.com/start'],
    ['[https://corp.awsapps.com/start]', 'https://corp.awsapps.com/start'],
    ['https://corp.awsapps.com/start…', 'https://corp.awsapps.com/start'],
    ['sso_start_url = https://corp.awsapps.com/start', 'https://corp.awsapps.com/start'],
    ['https://corp.awsapps.com./start', 'https://corp.awsapps.com/start'],
    ['//corp.awsapps.com/start', 'https://corp.awsapps.com/start'],
    ['https://ssoins-1.portal.eu-west-1.app.aws/start/#/', 'https://ssoins-1.portal.eu-west-1.app.aws'],
    ['ssoins-1.eu-west-1.portal.amazonaws.com/start', 'https://ssoins-1.eu-west-1.portal.amazonaws.com'],
    // What only parsers of URLs understand is written out, so that every program reads the same host.
    ['https:aws.example.com', 'https://aws.example.com/'],
    ['https:///aws.example.com/sso', 'https://aws.example.com/sso'],
    ['https://aws.example.com\\@evil.example', 'https://aws.example.com/@evil.example'],
    ['https://corp.awsapps.com%2eevil.example/start', 'https://corp.awsapps.com.evil.example/start'],
    ['https://AWS.example.com:8443/sso', 'https://AWS.example.com:8443/sso'],
    [
      'https://start.us-gov-home.awsapps.com/directory/d-1',
      'https://start.us-gov-home.awsapps.com/directory/d-1',
    ],
    ['https://ssoins-1.portal.eu-west-1.app.aws', 'https://ssoins-1.portal.eu-west-1.app.aws'],
  ])('%j is stored as %j', (typed, stored) => {
    expect(parseStartUrl(typed)).toBe(stored);
  });

  it.each([
    '',
    'corp',
    'http://corp.awsapps.com/start',
    'ftp://corp.awsapps.com/start',
    'javascript:alert(1)',
    'https://user@corp.awsapps.com/start',
    'https://:pw@corp.awsapps.com/start',
    'https://10.0.0.1/start',
    'https://127.0.0.1',
    'https://0x7f.1/',
    'https://[::1]/start',
    'https://corp.awsapps.com/mail',
    'https://start.us-gov-home.awsapps.com',
    'https://awsapps.com/start',
    'https://device.sso.eu-west-1.amazonaws.com/?user_code=ABCD-EFGH',
    'https://eu-west-1.signin.aws/platform/d-1/login',
    'https://console.aws.amazon.com/console/home',
    'https://studio-d-1.studio.eu-west-1.app.aws',
    'https://identitycenter.amazonaws.com/d-1',
    'https://corp/start',
    'https://localhost.localdomain/',
    'https://aws.localhost/',
    'https://127.0.0.1./',
    'https://2130706433/',
    `https://aws.example.com/${'x'.repeat(2_000)}`,
    'https://corp.awsapps.com/st art',
    'https://corp.awsapps.com/\u001b[2J',
    'https://cörp.awsapps.com/start',
    'https://corp.awsapps.com/start\nregion = x',
    'https://corp.awsapps.com/\u2028start',
  ])('%j is refused with one sentence and what to do', (typed) => {
    const error = refusal(typed);
    expect(error).toBeInstanceOf(AwsherError);
    expect(error).toMatchObject({
      code: 'START_URL_INVALID',
      message: expect.stringMatching(/^The start URL .+\.$/),
    });
    expect(error).toHaveProperty('hint', expect.stringContaining('https://d-'));
  });

  it('what was stored is stored the same again', () => {
    const rest = fc.string({ unit: fc.constantFrom(...'aZ0-._~!$&()*+,;=:@/?#', '%20', '%2F') });
    fc.assert(
      fc.property(fc.domain(), rest, (domain, path) => {
        const once = refusal(`https://${domain}/${path}`);
        if (typeof once === 'string') expect(parseStartUrl(once)).toBe(once);
      }),
    );
  });
});

describe('comparableStartUrl', () => {
  it.each([
    'https://corp.awsapps.com/start',
    'https://corp.awsapps.com/start/',
    'https://corp.awsapps.com/start#',
    'https://corp.awsapps.com/start#/',
    'https://corp.awsapps.com/start/#/',
    'https://CORP.awsapps.com/start',
    'https://corp.awsapps.com',
    'corp.awsapps.com/start/#/?tab=accounts',
    'https://corp.awsapps.com/start?a=1',
    ' https://corp.awsapps.com:443/start/ ',
  ])('%j is the same portal', (other) => {
    expect(comparableStartUrl(other)).toBe('https://corp.awsapps.com/start');
  });

  it.each([
    'https://corp.awsapps.com/START',
    'https://corp.awsapps.com/start/x',
    'http://corp.awsapps.com/start',
    'https://corp.awsapps.com:8443/start',
  ])('%j is another one', (other) => {
    expect(comparableStartUrl(other)).not.toBe('https://corp.awsapps.com/start');
  });

  it('takes what is no address as it stands', () => {
    expect(comparableStartUrl('corp#/')).toBe('corp');
  });
});

it.each([
  ['https://corp.awsapps.com/start/#/?tab=accounts', 'https://corp.awsapps.com/start', null, null],
  [
    'https://ssoins-1.eu-west-1.portal.amazonaws.com/#/',
    'https://ssoins-1.eu-west-1.portal.amazonaws.com',
    'eu-west-1',
    'ipv4',
  ],
  [
    'ssoins-1.portal.eu-west-1.app.aws',
    'https://ssoins-1.portal.eu-west-1.app.aws',
    'eu-west-1',
    'dual-stack',
  ],
  [
    'https://identitycenter.amazonaws.com/ssoins-1',
    'https://identitycenter.amazonaws.com/ssoins-1',
    null,
    null,
  ],
  ['https://aws.example.com', null, null, null],
  ['nonsense', null, null, null],
])('%s tells portal %s, region %s, family %s', (startUrl, portal, region, family) => {
  expect(startUrlFacts(startUrl)).toEqual({ portal, region, family });
});
