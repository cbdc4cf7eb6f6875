import type { Catalogue, CatalogueAccount } from '../../../shared/catalogue/catalogue.ts';
import { fieldsOf } from '../../base/formats/json.ts';

/** A catalogue as it was stored; `null` when the value is not one. Accounts that are not of the form are left out. */
export function parseCatalogue(value: unknown): Catalogue | null {
  const fields = fieldsOf(value);
  const [session, startUrl, region] = [fields.get('session'), fields.get('startUrl'), fields.get('region')];
  const [accountsAsOf, accounts] = [fields.get('accountsAsOf'), fields.get('accounts')];
  if (typeof session !== 'string' || typeof startUrl !== 'string' || typeof region !== 'string') return null;
  if (!Array.isArray(accounts)) return null;
  return {
    session,
    startUrl,
    region,
    accountsAsOf: moment(accountsAsOf),
    accounts: accounts.flatMap((one: unknown) => parseAccount(one) ?? []),
  };
}

/** One account as it was stored; `null` when the value is not one. */
export function parseAccount(value: unknown): CatalogueAccount | null {
  const fields = fieldsOf(value);
  const accountId = fields.get('accountId');
  if (typeof accountId !== 'string' || !/^\d{12}$/.test(accountId)) return null;
  const roles = fields.get('roles');
  const problem = fields.get('problem');
  return {
    accountId,
    accountName: text(fields.get('accountName')),
    emailAddress: text(fields.get('emailAddress')),
    roles: Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : null,
    rolesAsOf: moment(fields.get('rolesAsOf')),
    problem: problem === 'forbidden' ? problem : null,
  };
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function moment(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
