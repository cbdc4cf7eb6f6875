import { expect, it } from 'vitest';
import { parseIni } from '../../../../native-host/base/formats/ini-document.ts';
import { readSharedConfig } from '../../../../native-host/base/formats/profiles.ts';
import { sessionRemarks } from '../../../../native-host/features/doctor/session-remarks.ts';

const SCOPES = 'sso_registration_scopes = sso:account:access\n';
const remarks = (lines: string, env: Record<string, string> = {}) => {
  const document = parseIni(`[sso-session corp]\nsso_region = eu-west-1\n${lines}`);
  return sessionRemarks(readSharedConfig({ file: 'config', document }), env).map(({ detail }) => detail);
};

it.each([
  ['https://corp.awsapps.com/start', SCOPES, {}, []],
  ['https://corp.awsapps.com/start', '', {}, [/no sso_registration_scopes: the AWS CLI cannot renew/]],
  ['https://corp.awsapps.com/start', 'sso_registration_scopes =\n', {}, [/no sso_registration_scopes/]],
  ['https://ssoins-1.eu-west-1.portal.amazonaws.com', SCOPES, {}, []],
  [
    'https://ssoins-1.portal.eu-west-1.app.aws',
    SCOPES,
    {},
    [/dual-stack family.* ipv4 endpoints: set AWS_USE/],
  ],
  ['https://ssoins-1.portal.eu-west-1.app.aws', SCOPES, { AWS_USE_DUALSTACK_ENDPOINT: 'true' }, []],
  [
    'https://ssoins-1.eu-west-1.portal.amazonaws.com',
    SCOPES,
    { AWS_USE_DUALSTACK_ENDPOINT: 'true' },
    [/ipv4 family.* dual-stack endpoints: unset AWS_USE/],
  ],
])('%s, %j, in %j', (startUrl, scopes, env, said) => {
  expect(remarks(`sso_start_url = ${startUrl}\n${scopes}`, env)).toEqual(
    said.map((words) => expect.stringMatching(words)),
  );
});
