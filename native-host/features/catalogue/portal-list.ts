import type { SSO } from '@aws-sdk/client-sso';
import type { CatalogueAccount } from '../../../shared/catalogue/catalogue.ts';
import type { Secret } from '../../../shared/secret.ts';
import { ForeignAnswer } from '../../../shared/transport/foreign-answer.ts';

/** The most that the portal gives in one answer. */
export const PAGE_SIZE = 100;

/** One page of a list, and the token of the next one; `null` on the last. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

export interface PageRequest {
  readonly accessToken: Secret;
  /** `null` for the first page. */
  readonly page: string | null;
  readonly signal: AbortSignal;
}

export type ListedAccount = Pick<CatalogueAccount, 'accountId' | 'accountName' | 'emailAddress'>;

/** ListAccounts. What has no proper account id cannot be used for anything and is passed over. Throws as the SDK does. */
export async function listAccountsPage(portal: SSO, request: PageRequest): Promise<Page<ListedAccount>> {
  const answer = await portal.listAccounts(
    { accessToken: request.accessToken.expose(), maxResults: PAGE_SIZE, ...pageOf(request) },
    { abortSignal: request.signal },
  );
  // No list at all is not an empty one: of an empty one a sync takes every profile away.
  if (answer.accountList === undefined) throw new ForeignAnswer();
  const items = answer.accountList.flatMap(({ accountId, accountName, emailAddress }) =>
    accountId !== undefined && /^\d{12}$/.test(accountId)
      ? [{ accountId, accountName: textOf(accountName), emailAddress: textOf(emailAddress) }]
      : [],
  );
  return { items, next: answer.nextToken || null };
}

/** ListAccountRoles: role names as AWS gives them. Throws as the SDK does. */
export async function listRolesPage(
  portal: SSO,
  accountId: string,
  request: PageRequest,
): Promise<Page<string>> {
  const answer = await portal.listAccountRoles(
    { accessToken: request.accessToken.expose(), accountId, maxResults: PAGE_SIZE, ...pageOf(request) },
    { abortSignal: request.signal },
  );
  if (answer.roleList === undefined) throw new ForeignAnswer();
  const items = answer.roleList.flatMap(({ roleName }) => (roleName ? [textOf(roleName)] : []));
  return { items, next: answer.nextToken || null };
}

const pageOf = ({ page }: PageRequest) => (page === null ? {} : { nextToken: page });

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
