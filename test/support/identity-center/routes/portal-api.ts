import { createHash } from 'node:crypto';
import type { Account } from '../catalogue.ts';
import type { Center } from '../center.ts';
import { type Call, json, Refusal, type Reply, type Service } from '../http.ts';
import { opaque, type Token } from '../state.ts';
import { issueRoleKey } from './sts.ts';

const BEARER = 'x-amz-sso_bearer_token';

function portalError({ type, status, message, headers }: Refusal): Reply {
  return json({ message, __type: `com.amazonaws.switchboard.portal#${type}` }, status, {
    ...headers,
    'x-amzn-ErrorType': `${type}:http://internal.amazon.com/coral/com.amazonaws.switchboard.portal/`,
  });
}

function listAccounts(center: Center, call: Call): Reply {
  admit(center, call);
  const { items, nextToken } = page(center.accounts, call);
  const accountList = items.map(({ roles: _, ...account }) => account);
  return json({ nextToken, accountList });
}

function listAccountRoles(center: Center, call: Call): Reply {
  admit(center, call);
  const account = findAccount(center, call);
  if (center.options.forbiddenAccounts.includes(account.accountId))
    throw new Refusal('ForbiddenException', 403, 'No access');
  const { items, nextToken } = page(account.roles, call);
  return json({ nextToken, roleList: items.map((roleName) => ({ roleName, accountId: account.accountId })) });
}

function getRoleCredentials(center: Center, call: Call): Reply {
  admit(center, call);
  const account = findAccount(center, call);
  const roleName = call.query.get('role_name') ?? '';
  const refused = center.options.forbiddenRoles.includes(`${account.accountId}/${roleName}`);
  // Not in the service model, but what the service answers for a role that is not assigned (any more).
  if (refused || !account.roles.includes(roleName)) throw new Refusal('ForbiddenException', 403, 'No access');
  const key = issueRoleKey(center, {
    accountId: account.accountId,
    roleName: `AWSReservedSSO_${roleName}_${roleHash(account.accountId, roleName)}`,
    sessionName: center.user.userName,
    seconds: center.options.roleCredentialSeconds,
  });
  return json({
    roleCredentials: {
      accessKeyId: key.accessKeyId,
      secretAccessKey: key.secretAccessKey,
      sessionToken: key.sessionToken,
      expiration: key.expiresAt,
    },
  });
}

/** Ends the portal session of the token, and with it every token of that session. Role credentials live on. */
function logout(center: Center, call: Call): Reply {
  const { session } = admit(center, call);
  session.ended = true;
  for (const token of center.state.tokens) if (token.session === session) token.revoked = true;
  return { status: 200 };
}

/** The suffix of a permission set's role: the same for the same account and role. */
function roleHash(accountId: string, roleName: string): string {
  return createHash('sha256').update(`${accountId}/${roleName}`).digest('hex').slice(0, 16);
}

/** Throttles first and looks at the token second, as a front door does. */
function admit(center: Center, call: Call): Token {
  const { portalRatePerSecond, portalBurst, portalShutSeconds, retryAfterSeconds } = center.options;
  if (
    portalRatePerSecond !== null &&
    !center.bucket.take(portalRatePerSecond, portalBurst, portalShutSeconds)
  ) {
    const headers = retryAfterSeconds === null ? {} : { 'Retry-After': String(retryAfterSeconds) };
    throw new Refusal('TooManyRequestsException', 429, 'HTTP 429 Unknown Code', headers);
  }
  const token = center.state.tokens.find((one) => one.accessToken === call.headers[BEARER]);
  if (token === undefined || token.revoked || token.expiresAt <= center.clock.now()) {
    throw new Refusal('UnauthorizedException', 401, 'Session token not found or invalid');
  }
  return token;
}

function findAccount(center: Center, call: Call): Account {
  const accountId = call.query.get('account_id') ?? '';
  if (!/^\d{12}$/.test(accountId)) throw new Refusal('InvalidRequestException', 400, 'Invalid account id');
  const account = center.accounts.find((one) => one.accountId === accountId);
  if (account === undefined) throw new Refusal('ResourceNotFoundException', 404, 'Account not found');
  return account;
}

/** One page of a list, by `max_result` (1-100) and the token of the page before. */
function page<T>(all: readonly T[], call: Call): { items: T[]; nextToken: string | null } {
  const size = Number(call.query.get('max_result') ?? 100);
  if (!Number.isInteger(size) || size < 1 || size > 100) {
    throw new Refusal('InvalidRequestException', 400, 'max_result must be between 1 and 100');
  }
  const given = call.query.get('next_token');
  const from =
    given === null || given === '' ? 0 : Number(Buffer.from(given, 'base64url').toString().split(':')[1]);
  if (!Number.isInteger(from)) throw new Refusal('InvalidRequestException', 400, 'Invalid next_token');
  const items = all.slice(from, from + size);
  const more = from + size < all.length;
  // Different every time, like the real one: nobody may compare or build it.
  const nextToken = more ? Buffer.from(`${opaque('', 6)}:${from + size}`).toString('base64url') : null;
  return { items, nextToken };
}

export const portalApi: Service = {
  name: 'sso',
  refuse: portalError,
  routes: [
    { operation: 'ListAccounts', method: 'GET', path: '/assignment/accounts', answer: listAccounts },
    { operation: 'ListAccountRoles', method: 'GET', path: '/assignment/roles', answer: listAccountRoles },
    {
      operation: 'GetRoleCredentials',
      method: 'GET',
      path: '/federation/credentials',
      answer: getRoleCredentials,
    },
    { operation: 'Logout', method: 'POST', path: '/logout', answer: logout },
  ],
};
