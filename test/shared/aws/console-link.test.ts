import { describe, expect, it } from 'vitest';
import {
  accountContainer,
  containerLink,
  isConsoleAddress,
  portalConsoleLink,
} from '../../../shared/aws/console-link.ts';

const role = { accountId: '111122223333', roleName: 'Data+Admin' };

it.each([
  ['https://corp.awsapps.com/start', 'https://corp.awsapps.com/start/#/console?'],
  ['https://corp.awsapps.com/start/', 'https://corp.awsapps.com/start/#/console?'],
  ['https://corp.awsapps.com/start#/', 'https://corp.awsapps.com/start/#/console?'],
  [
    'https://ssoins-1.eu-west-1.portal.amazonaws.com',
    'https://ssoins-1.eu-west-1.portal.amazonaws.com/#/console?',
  ],
])('leads from %s to the console of one role, without a secret', (startUrl, beginning) => {
  expect(portalConsoleLink(startUrl, role)).toBe(
    `${beginning}account_id=111122223333&role_name=Data%2BAdmin`,
  );
});

const CONSOLE =
  'https://corp.awsapps.com/start/#/console?account_id=111122223333&role_name=ReadOnly%2BAccess';
const read = (link: string) => Object.fromEntries(new URLSearchParams(link.slice('ext+container:'.length)));

describe('an address for a container', () => {
  it('names the container by its account, and carries the console whole', () => {
    const link = containerLink(CONSOLE, accountContainer('111122223333', 'payments-prod', 'red'));
    expect(link).toMatch(
      /^ext\+container:name=payments-prod%20111122223333&color=red&icon=briefcase&url=https%3A/,
    );
    expect(read(link)).toEqual({
      name: 'payments-prod 111122223333',
      color: 'red',
      icon: 'briefcase',
      url: CONSOLE,
    });
  });

  it('calls grey what Firefox calls it, and says nothing of no colour', () => {
    expect(read(containerLink(CONSOLE, { name: 'a', colour: 'grey' }))).toMatchObject({ color: 'toolbar' });
    expect(read(containerLink(CONSOLE, { name: 'a', colour: 'none' }))).not.toHaveProperty('color');
  });

  it.each([
    ['', '111122223333'],
    ['a&url=https://evil.example/&name=b', 'a&url=https://evil.example/&name=b 111122223333'],
    ['\u202eprod\u200b\n', 'prod 111122223333'],
    ['결제', '결제 111122223333'],
    ['x'.repeat(500), `${'x'.repeat(60)} 111122223333`],
  ])('takes an account name for what it is: text (%j)', (title, name) => {
    const asked = new URLSearchParams(
      containerLink(CONSOLE, accountContainer('111122223333', title, 'none')).slice('ext+container:'.length),
    );
    expect(asked.getAll('name')).toEqual([name]);
    expect(asked.getAll('url')).toEqual([CONSOLE]);
  });
});

describe('isConsoleAddress', () => {
  it.each([
    'https://signin.aws.amazon.com/federation?Action=login&Issuer=awsher&SigninToken=t',
    'https://signin.amazonaws-us-gov.com/federation?Action=login',
    'https://corp.awsapps.com/start/#/console?account_id=1&role_name=Dev',
    portalConsoleLink('https://d-1.awsapps.com/start/', { accountId: '1', roleName: 'a b' }, 'https://x'),
  ])('takes %s', (address) => {
    expect(isConsoleAddress(address)).toBe(true);
  });

  it.each([
    'http://signin.aws.amazon.com/federation?Action=login',
    'https://signin.aws.amazon.com:444/federation?Action=login',
    'https://me@signin.aws.amazon.com/federation?Action=login',
    'https://signin.aws.amazon.com.evil.example/federation?Action=login',
    'https://signin.aws.amazon.com/federation?Action=logout',
    'https://signin.aws.amazon.com/oauth?Action=login',
    'https://corp.awsapps.com/start/#/device?user_code=ABCD-EFGH',
    'https://evil.example/start/#/console?account_id=1',
    'javascript:alert(1)',
    'file:///etc/passwd',
    '',
  ])('refuses %s', (address) => {
    expect(isConsoleAddress(address)).toBe(false);
  });
});
