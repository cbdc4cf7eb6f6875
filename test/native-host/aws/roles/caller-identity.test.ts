import { expect, it } from 'vitest';
import { readCallerArn } from '../../../../native-host/aws/roles/caller-identity.ts';

const ACCOUNT = '123456789012';

it.each([
  [
    'arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/ana@example.com',
    'Admin',
    'ana@example.com',
  ],
  [
    'arn:aws-cn:sts::123456789012:assumed-role/AWSReservedSSO_Read_Only_0123456789abcdef/ana',
    'Read_Only',
    'ana',
  ],
  ['arn:aws-us-gov:sts::123456789012:assumed-role/Deploy/i-0123', 'Deploy', null],
  // Not named by Identity Center: no 16 hex digits at the end.
  ['arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Admin/ana', 'AWSReservedSSO_Admin', null],
  ['arn:aws:iam::123456789012:user/team/ana', null, null],
  ['arn:aws:iam::123456789012:root', null, null],
])('%s', (arn, role, who) => {
  expect(readCallerArn(arn)).toEqual({ accountId: ACCOUNT, arn, role, who });
});

it.each([
  '',
  'arn:aws:s3:::bucket',
  'arn:aws:sts::12345:assumed-role/A/b',
  'arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/ana\u001b[31m',
  'arn:aws:sts::123456789012:assumed-role/A/b\n',
])('%j is none', (arn) => {
  expect(readCallerArn(arn)).toBeUndefined();
});
