import { expect, it } from 'vitest';
import { portalConsoleLink } from '../../../shared/aws/console-link.ts';

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
