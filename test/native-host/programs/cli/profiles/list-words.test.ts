import { expect, it } from 'vitest';
import { createStyle } from '../../../../../native-host/programs/cli/output.ts';
import {
  type ListedProfile,
  profilesTable,
} from '../../../../../native-host/programs/cli/profiles/list-words.ts';

const profile = (more: Partial<ListedProfile>): ListedProfile => ({
  name: 'prod_Admin',
  session: 'corp',
  accountId: '111122223333',
  accountName: 'Prod',
  role: 'Admin',
  region: 'eu-west-1',
  kept: true,
  label: null,
  color: null,
  production: false,
  ...more,
});
const lines = (profiles: ListedProfile[], room = 200) =>
  profilesTable(profiles, createStyle(false), room).split('\n');

it('leaves out what says nothing, or the same of all', () => {
  expect(lines([profile({}), profile({ name: 'x', accountName: '' })])).toEqual([
    'PROFILE     ACCOUNT  ACCOUNT ID    ROLE',
    'prod_Admin  Prod     111122223333  Admin',
    'x                    111122223333  Admin',
  ]);
  expect(lines([profile({}), profile({ session: null, region: 'us-east-1', kept: false })])).toEqual([
    'PROFILE     ACCOUNT  ACCOUNT ID    ROLE   SESSION  REGION',
    'prod_Admin  Prod     111122223333  Admin  corp     eu-west-1',
    'prod_Admin  Prod     111122223333  Admin           us-east-1  your own',
  ]);
});

it('says what is production, by the word of the team or by its own', () => {
  expect(lines([profile({ production: true }), profile({ production: true, label: 'Live' })])).toEqual([
    'PROFILE     ACCOUNT  ACCOUNT ID    LABEL       ROLE',
    'prod_Admin  Prod     111122223333  production  Admin',
    'prod_Admin  Prod     111122223333  Live        Admin',
  ]);
  const red = profilesTable([profile({ production: true, color: 'green' })], createStyle(true), 200);
  expect(red).toContain('\u001b[1m\u001b[31mproduction');
});

it('is no wider than the terminal where it can be helped', () => {
  const [head, line] = lines([profile({ accountName: 'x'.repeat(50) })], 60);
  expect(head).toBe('PROFILE     ACCOUNT ID    ROLE');
  expect(line).toBe('prod_Admin  111122223333  Admin');
  expect(lines([profile({ name: '本番'.repeat(10) })], 40)).toEqual([
    `PROFILE${' '.repeat(19)}  ACCOUNT ID`,
    `${'本番'.repeat(6)}…   111122223333`,
  ]);
  expect(lines([profile({ accountName: 'x'.repeat(50) })])[1]).toContain(`${'x'.repeat(31)}…`);
});
