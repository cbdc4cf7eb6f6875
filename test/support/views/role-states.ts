import { NO_PREFERENCES } from '../../../extension/platform/role-storage.ts';
import type { KeptCatalogue, ListedAccount, RolePreferences } from '../../../shared/protocol/roles.ts';
import { inventAccounts } from '../identity-center/catalogue.ts';
import type { FakeRolesOptions } from './fake-roles.ts';
import { PICTURE_TIME } from './states.ts';

/** A catalogue as the extension keeps it, with so many invented accounts. */
export function keptCatalogue(
  count: number,
  rolesPerAccount: number,
  more: Partial<KeptCatalogue> = {},
): KeptCatalogue {
  const accounts = inventAccounts(count, rolesPerAccount).map(
    ({ accountId, accountName = '', emailAddress = '', roles }): ListedAccount => ({
      accountId,
      accountName,
      emailAddress,
      roles,
      problem: null,
      label: '',
      colour: 'none',
      production: false,
    }),
  );
  return {
    session: 'corp',
    startUrl: 'https://d-1234567890.awsapps.com/start',
    accountsAsOf: PICTURE_TIME - 3 * 60_000,
    accounts,
    ...more,
  };
}

/** Keys in the form of AWS's, made up. */
export const SHOWN_KEYS = {
  type: 'keys',
  accessKeyId: 'ASIAEXAMPLEEXAMPLE12',
  secretAccessKey: 'wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY12',
  sessionToken: `IQoJb3JpZ2luX2VjEXAMPLE${'Token0123456789'.repeat(30)}==`,
  expiresAt: PICTURE_TIME / 1000 + 3_600,
};

const PROFILE = 'payments-prod_ReadOnlyAccess';

/** As the host tells of a profile of Identity Center. */
const EXPLAINED = {
  type: 'explain',
  profile: PROFILE,
  verdict: 'Credentials come from IAM Identity Center, role ReadOnlyAccess in account 111122223347.',
  lines: [
    [0, 'detail', `profile ${PROFILE}`, 'named on the command line', '~/.aws/config:12'],
    [1, 'passed-over', 'environment keys', 'a profile is named, so they are not looked at', ''],
    [1, 'not-there', 'role to assume', 'no role_arn', ''],
    [1, 'taken', 'Identity Center', 'session corp', '~/.aws/config:13'],
    [2, 'detail', 'token', 'good until 14:01', '~/.aws/sso/cache/ee0bfd25….json'],
    [
      2,
      'detail',
      'role credentials',
      'kept by the AWS CLI, good until 14:40',
      '~/.aws/cli/cache/0cdbf32b….json',
    ],
    [1, 'not-there', 'not asked', 'credentials file, credential_process, EC2 instance role', ''],
  ].map(([depth, mark, title, text, place]) => ({ depth, mark, title, text, place })),
};

export const ROLE_ANSWERS = {
  refresh: { type: 'done' },
  console: { type: 'done' },
  profile: { type: 'profile', profile: 'payments-prod_ReadOnlyAccess', created: true },
  explain: EXPLAINED,
  keys: SHOWN_KEYS,
};

/** Stars, what was used last, a name and colours: a list that somebody works with. */
export const LIVED_IN: RolePreferences = {
  ...NO_PREFERENCES,
  favourites: ['corp 111122223347 ReadOnlyAccess', 'corp 111122223333 AdministratorAccess'],
  recents: ['corp 111122223389 PowerUserAccess'],
  accounts: {
    '111122223333': { label: 'Payments sandbox', colour: 'turquoise' },
    '111122223347': { label: '', colour: 'red' },
    '111122223368': { label: '', colour: 'purple' },
  },
};

export function storedRoles(
  catalogues: readonly KeptCatalogue[] = [keptCatalogue(1_000, 5)],
  preferences: RolePreferences = LIVED_IN,
  answers: Record<string, object> = ROLE_ANSWERS,
): FakeRolesOptions {
  return { stored: { catalogues, roles: preferences }, answers };
}
