import { expect, it } from 'vitest';
import { isAwsSignIn } from '../../../shared/aws/saml-hosts.ts';

it.each([
  ['https://signin.aws.amazon.com/saml', true],
  ['https://eu-west-1.signin.aws.amazon.com/platform/d-1/login', true],
  ['https://cn-north-1.signin.amazonaws.cn/platform/d-1/login', true],
  ['https://us-gov-east-1.signin.amazonaws-us-gov.com/', true],
  ['https://eusc-de-east-1.signin.amazonaws-eusc.eu/saml', true],
  ['https://corp.awsapps.com/start/#/device', false],
  ['https://evil-signin.aws.amazon.com/', false],
  ['https://signin.aws.amazon.com.evil.example/', false],
  ['about:blank', false],
  ['not an address', false],
])('%s is a page of AWS’s own sign-in: %s', (address, is) => expect(isAwsSignIn(address)).toBe(is));
