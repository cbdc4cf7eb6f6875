import { type Change, device, HOST, OURS, page, type Row } from './scenes.ts';

/** A host that a lying answer of AWS itself had named: only the list of AWS's origins is left to stop it. */
const named = (pageHostname: string): Change => ({
  address: device(page, pageHostname),
  entry: { pageHostname },
});

/** Attacks on the code page by where it is. */
export const HOSTILE_ADDRESSES: readonly Row[] = [
  ['http instead of https', { address: `http://${HOST}/start/${page}` }, 'leave', 'not-aws', 'origin'],
  ['an odd port', { address: `https://${HOST}:8443/start/${page}` }, 'leave', 'not-aws', 'origin'],
  [
    'a user name in the address',
    { address: `https://aws@${HOST}/start/${page}` },
    'leave',
    'not-aws',
    'origin',
  ],
  [
    'a password in the address',
    { address: `https://a:b@${HOST}/start/${page}` },
    'leave',
    'not-aws',
    'origin',
  ],
  [
    'a password alone in the address',
    { address: `https://:b@${HOST}/start/${page}` },
    'leave',
    'not-aws',
    'origin',
  ],
  ['a file', { address: `file://${HOST}/start/${page}` }, 'leave', 'not-aws', 'origin'],
  [
    'view-source',
    { address: `view-source:https://${HOST}/start/${page}` },
    'leave',
    'not-aws',
    'origin',
    'tenant',
  ],
  ['a host that ends like AWS', named('corp.awsapps.com.evil.example'), 'leave', 'not-aws', 'origin'],
  ['a host that begins like AWS', named('corp-awsapps.com'), 'leave', 'not-aws', 'origin'],
  ['two labels below awsapps.com', named('a.b.awsapps.com'), 'leave', 'not-aws', 'origin'],
  ['awsapps.com itself', named('awsapps.com'), 'leave', 'not-aws', 'origin'],
  ['a final dot', named('corp.awsapps.com.'), 'leave', 'not-aws', 'origin'],
  ['a Cyrillic letter', named('corp.xn--wsapps-5nf.com'), 'leave', 'not-aws', 'origin'],
  ['SageMaker Studio on app.aws', named('studio.us-east-1.app.aws'), 'leave', 'not-aws', 'origin'],
  ['the sign-in host', named('us-east-1.signin.aws'), 'leave', 'not-aws', 'origin'],
  ['the issuer, never a page', named('identitycenter.amazonaws.com'), 'leave', 'not-aws', 'origin'],
  ['a region that does not exist', named('device.sso.us-evil-1.amazonaws.com'), 'leave', 'not-aws', 'origin'],
  [
    'a Chinese region outside China',
    named('device.sso.cn-north-1.amazonaws.com'),
    'leave',
    'not-aws',
    'origin',
  ],
  [
    'a look-alike in the address only',
    { address: device(page, 'corp.awsapps.com.evil.example') },
    'leave',
    'not-aws',
    'origin',
    'tenant',
  ],
  [
    'our code at another company',
    { address: device(page, 'rival.awsapps.com') },
    'warn',
    'other-host',
    'tenant',
  ],
  [
    'our code at a host with a look-alike alias',
    { address: device(page, 'xn--crp-hed.awsapps.com') },
    'warn',
    'other-host',
    'tenant',
  ],
  [
    'our code at the portal of another region',
    {
      address: `https://i.us-west-2.portal.amazonaws.com/${page}`,
      entry: { pageHostname: 'i.us-east-1.portal.amazonaws.com' },
    },
    'warn',
    'other-host',
    'tenant',
  ],
  [
    'our code on the old device host of another region',
    {
      address: `https://device.sso.eu-west-1.amazonaws.com/?user_code=${OURS}`,
      entry: { pageHostname: 'device.sso.us-east-1.amazonaws.com' },
    },
    'warn',
    'other-host',
    'tenant',
  ],
  [
    'the portal where the old device host was named',
    { entry: { pageHostname: 'device.sso.us-east-1.amazonaws.com' } },
    'warn',
    'other-host',
    'tenant',
  ],
];
