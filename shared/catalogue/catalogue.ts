/**
 * What one Identity Center session can reach: its accounts and their roles, as far as they were listed. It holds no
 * secret. All names are AWS's own text, so hostile until they are shown or written through the function for that.
 * Times are milliseconds since 1970.
 */
export interface Catalogue {
  readonly session: string;
  readonly startUrl: string;
  readonly region: string;
  /** When the list of accounts was last complete. `null`: never yet. */
  readonly accountsAsOf: number | null;
  /** In the order of AWS's answer; accounts that are gone are not in it. */
  readonly accounts: readonly CatalogueAccount[];
}

export interface CatalogueAccount {
  /** Twelve digits. */
  readonly accountId: string;
  readonly accountName: string;
  readonly emailAddress: string;
  /** Role names as AWS gave them; `null` while they were never listed. */
  readonly roles: readonly string[] | null;
  /** When the roles were listed. `null`: never yet. */
  readonly rolesAsOf: number | null;
  /** Why the last look at the roles failed: suspended, revoked. `null` when it did not. */
  readonly problem: 'forbidden' | null;
}
