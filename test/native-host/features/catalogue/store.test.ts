import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  catalogueFile,
  forgetCatalogue,
  progressFile,
} from '../../../../native-host/base/files/catalogue-files.ts';
import { openProgress } from '../../../../native-host/features/catalogue/progress-file.ts';
import { readCatalogue, writeCatalogue } from '../../../../native-host/features/catalogue/store.ts';
import type { Catalogue, CatalogueAccount } from '../../../../shared/catalogue/catalogue.ts';

const account = (accountId: string, roles: string[] | null = null): CatalogueAccount => ({
  accountId,
  accountName: `account ${accountId}`,
  emailAddress: '',
  roles,
  rolesAsOf: roles === null ? null : 1_000,
  problem: null,
});
const corp: Catalogue = {
  session: 'corp',
  startUrl: 'https://corp.awsapps.com/start',
  region: 'us-east-1',
  accountsAsOf: 1_000,
  accounts: [account('111111111111', ['Admin']), account('222222222222')],
};
const head = {
  session: 'corp',
  startUrl: corp.startUrl,
  region: corp.region,
  since: 5_000,
  everything: false,
};

let paths: { stateDir: string };
beforeEach(() => {
  paths = { stateDir: mkdtempSync(join(tmpdir(), 'awsher-catalogue-')) };
});
afterEach(() => rmSync(paths.stateDir, { recursive: true, force: true }));

it('reads what was written, for the session alone, in a private file', () => {
  expect(readCatalogue(paths, 'corp')).toBeNull();
  writeCatalogue(paths, corp);
  expect(readCatalogue(paths, 'corp')).toEqual(corp);
  expect(readCatalogue(paths, 'other')).toBeNull();
  expect(statSync(catalogueFile(paths, 'corp')).mode & 0o777).toBe(0o600);
  expect(statSync(join(paths.stateDir, 'catalogue')).mode & 0o777).toBe(0o700);
});

it.each([
  ['half a file', '{"session":"corp","acc'],
  ['another form', '[1,2]'],
  ['another session', JSON.stringify({ ...corp, session: 'other' })],
  ['nothing', ''],
])('takes %s for no catalogue', (_, text) => {
  mkdirSync(join(paths.stateDir, 'catalogue'));
  writeFileSync(catalogueFile(paths, 'corp'), text);
  expect(readCatalogue(paths, 'corp')).toBeNull();
});

it('leaves out entries that are no account', () => {
  mkdirSync(join(paths.stateDir, 'catalogue'));
  const accounts = [null, 7, { accountId: '../../x' }, account('111111111111', ['Admin'])];
  writeFileSync(catalogueFile(paths, 'corp'), JSON.stringify({ ...corp, accounts }));
  expect(readCatalogue(paths, 'corp')?.accounts).toEqual([account('111111111111', ['Admin'])]);
});

it('adds what an unfinished listing found, up to a line that was cut off', () => {
  writeCatalogue(paths, corp);
  const file = progressFile(paths, 'corp');
  const writer = openProgress(file, head);
  writer.add(account('222222222222', ['ReadOnly']));
  writer.close();
  appendFileSync(file, '{"accountId":"3333');
  appendFileSync(file, `\n${JSON.stringify(account('444444444444', ['Billing']))}\n`);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readCatalogue(paths, 'corp')?.accounts.map((one) => [one.accountId, one.roles])).toEqual([
    ['111111111111', ['Admin']],
    ['222222222222', ['ReadOnly']],
    ['444444444444', ['Billing']],
  ]);
  writeCatalogue(paths, corp);
  expect(readCatalogue(paths, 'corp')).toEqual(corp);
  expect(readdirSync(join(paths.stateDir, 'catalogue'))).toHaveLength(1);
});

it('does not mix in what was found at another portal', () => {
  writeCatalogue(paths, corp);
  const writer = openProgress(progressFile(paths, 'corp'), { ...head, region: 'eu-west-1' });
  writer.add(account('333333333333'));
  writer.close();
  const read = readCatalogue(paths, 'corp');
  expect(read?.region).toBe('eu-west-1');
  expect(read?.accounts.map(({ accountId }) => accountId)).toEqual(['333333333333']);
});

it('forgets a session', () => {
  writeCatalogue(paths, corp);
  openProgress(progressFile(paths, 'corp'), head).close();
  forgetCatalogue(paths, 'corp');
  expect(readdirSync(join(paths.stateDir, 'catalogue'))).toEqual([]);
});
