import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparableStartUrl, parseStartUrl } from '../../../shared/aws/start-url.ts';
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
    ['  https://corp.awsapps.com/start \n', 'https://corp.awsapps.com/start'],
    ['https://aws.example.com', 'https://aws.example.com'],
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
    'corp.awsapps.com/start',
    'http://corp.awsapps.com/start',
    'ftp://corp.awsapps.com/start',
    'javascript:alert(1)',
    'https://user@corp.awsapps.com/start',
    'https://:pw@corp.awsapps.com/start',
    'https://corp.awsapps.com/start#/device?user_code=ABCD-EFGH',
    'https://corp/start',
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
    fc.assert(
      fc.property(fc.webUrl({ validSchemes: ['https'], withFragments: true }), (url) => {
        const once = refusal(url);
        if (typeof once === 'string') expect(parseStartUrl(once)).toBe(once);
      }),
      { numRuns: 30 },
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
    ' https://corp.awsapps.com:443/start/ ',
  ])('%j is the same portal', (other) => {
    expect(comparableStartUrl(other)).toBe('https://corp.awsapps.com/start');
  });

  it.each([
    'https://corp.awsapps.com/START',
    'https://corp.awsapps.com',
    'https://corp.awsapps.com/start/x',
    'https://corp.awsapps.com/start?a=1',
    'http://corp.awsapps.com/start',
    'https://corp.awsapps.com:8443/start',
  ])('%j is another one', (other) => {
    expect(comparableStartUrl(other)).not.toBe('https://corp.awsapps.com/start');
  });

  it('takes what is no address as it stands', () => {
    expect(comparableStartUrl('corp#/')).toBe('corp');
  });
});
