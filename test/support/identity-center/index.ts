import { createTestAuthority, type TestAuthority } from '../certificates.ts';
import { inventAccounts } from './catalogue.ts';
import type { Center } from './center.ts';
import { createClock } from './clock.ts';
import { createFaults } from './faults.ts';
import { authorizationRedirect, openSession, settle, statusNow } from './grants.ts';
import { createDirectory, regionHosts } from './hosts.ts';
import { countEntries, type JournalEntry } from './journal.ts';
import { type Options, PAGE_DEFAULTS, SERVICE_DEFAULTS, SET_UP_DEFAULTS, type SetUp } from './options.ts';
import { issueResponse } from './saml.ts';
import { listen } from './server.ts';
import type { IssuedResponse } from './state.ts';
import { createState, type DeviceGrant, opaque } from './state.ts';
import { createBucket } from './throttle.ts';

/** Of all that this process starts: keys and certificates are two thirds of what one costs. */
let commonAuthority: Promise<TestAuthority> | undefined;

export type IdentityCenter = Awaited<ReturnType<typeof startIdentityCenter>>;

/**
 * Starts a local Identity Center: sso-oidc, portal API, STS and every page that a person meets, on 127.0.0.1.
 * A browser reaches it under AWS's own host names (`port`, host mapping, `caPem`); a command through
 * `AWS_ENDPOINT_URL_SSO_OIDC`, `AWS_ENDPOINT_URL_SSO` and `AWS_ENDPOINT_URL_STS` (`httpUrl`, one address for all three).
 * Every option in `options` may be changed while it runs.
 */
export async function startIdentityCenter(asked: Partial<SetUp & Options> = {}) {
  const { alias, region, portalForm, others, accounts, rolesPerAccount, user, ...options } = {
    ...SET_UP_DEFAULTS,
    ...PAGE_DEFAULTS,
    ...SERVICE_DEFAULTS,
    ...asked,
  };
  const started = { ...options };
  const directory = createDirectory(alias, region, portalForm);
  const center: Center = {
    options,
    clock: createClock(),
    state: createState(),
    directories: [
      directory,
      ...others.map((one) => createDirectory(one.alias, one.region ?? region, one.portalForm ?? 'awsapps')),
    ],
    accounts: typeof accounts === 'number' ? inventAccounts(accounts, rolesPerAccount) : accounts,
    user,
    bucket: createBucket(),
  };
  const faults = createFaults();
  const journal: JournalEntry[] = [];
  commonAuthority ??= createTestAuthority();
  const authority = await commonAuthority;
  const server = await listen(center, faults, journal, authority);
  const httpUrl = `http://127.0.0.1:${server.httpPort}`;
  const { state, clock } = center;

  return {
    /** Port of the https server; every host name of AWS is to be mapped to it. */
    port: server.httpsPort,
    httpUrl,
    /** The same address with a region in it: for clients that ask in the wrong one. */
    httpUrlIn: (other: string) => `${httpUrl}/region/${other}`,
    /** Environment of a command that is to meet this Identity Center instead of AWS. */
    endpoints: {
      AWS_ENDPOINT_URL_SSO_OIDC: httpUrl,
      AWS_ENDPOINT_URL_SSO: httpUrl,
      AWS_ENDPOINT_URL_STS: httpUrl,
    },
    caPem: authority.caPem,
    caSpki: authority.caSpki,
    alias,
    region,
    directoryId: directory.id,
    startUrl: directory.startUrl,
    portalHost: directory.host,
    directories: center.directories,
    /** Where a browser creates the user's passkey. */
    enrolUrl: `https://${regionHosts(region).signIn}/platform/${directory.id}/enroll`,
    /** Where the company's SAML IdP begins a sign-in to AWS. */
    samlStartUrl: `https://${regionHosts(region).signIn}/platform/saml/start`,
    /** A browser that is signed in to that IdP, as a cookie to put into it. */
    idpCookie() {
      const value = opaque('');
      state.idpSessions.add(value);
      const expires = Math.floor(Date.now() / 1000) + 3600;
      return {
        name: 'idp_session',
        value,
        domain: regionHosts(region).signIn,
        path: '/',
        secure: true,
        expires,
      };
    },
    /** A SAML response for the person, without a browser. */
    issueSamlResponse: (): string => issueResponse(center).response,
    /** Whose temporary credentials a key id is of: the ARN that GetCallerIdentity says. */
    ownerOf: (accessKeyId: string): string | undefined => state.roleKeys.get(accessKeyId)?.arn,
    /** The SAML responses issued so far, oldest first. */
    samlResponses: state.samlResponses as readonly IssuedResponse[],
    user,
    options,
    clock,
    faults,
    /** The catalogue. Tests may change it. */
    accounts: center.accounts,
    /** Every answered request, oldest first. */
    requests: journal as readonly JournalEntry[],
    count: (operation: string, filter?: { status?: number; error?: string }) =>
      countEntries(journal, operation, filter),
    /** Calls that are not modelled: a test wants this empty. */
    get unexpected(): readonly JournalEntry[] {
      return journal.filter((entry) => entry.service === 'unexpected');
    },
    /** Every device code ever asked for, oldest first, with its state now. */
    get deviceCodes() {
      return state.deviceGrants.map((grant) => ({
        userCode: grant.userCode,
        status: statusNow(center, grant),
        clientName: grant.client.clientName,
        startUrl: grant.directory.startUrl,
        expiresAt: grant.expiresAt,
      }));
    },
    /** The person approves by hand, elsewhere. */
    approve(userCode: string): void {
      const grant = grantOf(userCode);
      settle(center, grant, 'allow', openSession(center, grant.directory));
    },
    deny: (userCode: string): void => settle(center, grantOf(userCode), 'deny', null),
    /** The person's word on the PKCE request last asked for; returns where their browser then goes. */
    settleAuthorization(decision: 'allow' | 'deny' = 'allow'): string {
      const authorization = state.authorizations.at(-1);
      if (authorization === undefined) throw new Error('nobody opened /authorize');
      settle(
        center,
        authorization,
        decision,
        decision === 'allow' ? openSession(center, authorization.directory) : null,
      );
      return authorizationRedirect(authorization);
    },
    /** A signed-in portal, as a cookie to put into a browser: for tests that are not about signing in. */
    portalCookie(where = directory) {
      const { token, expiresAt } = openSession(center, where);
      const expires = Math.floor(Date.now() / 1000) + Math.floor((expiresAt - clock.now()) / 1000);
      return {
        name: 'x-amz-sso_authn',
        value: token,
        domain: where.host,
        path: '/',
        secure: true,
        expires,
      };
    },
    /** What the address of the consent page has in it that a PKCE request of this `state` comes to; `null` before that. */
    consentOf(wanted: string): string | null {
      const asked = state.authorizations.findLast((one) => one.state === wanted);
      return asked === undefined ? null : `orchestratorId=${asked.orchestratorId}`;
    },
    /** Ends every portal session: browsers must sign in again, refresh tokens stop working, tokens live on. */
    endPortalSessions(): void {
      for (const session of state.sessions) session.ended = true;
    },
    /** Makes every token useless at once, refresh tokens too. */
    revokeTokens(): void {
      for (const token of state.tokens) token.revoked = true;
    },
    /** Secrets issued so far, to search output, logs and storage for. */
    get secrets(): string[] {
      return [
        ...[...state.clients.values()].map((one) => one.clientSecret),
        ...state.deviceGrants.map((one) => one.deviceCode),
        ...state.tokens.flatMap((one) => [one.accessToken, one.refreshToken ?? '']),
        ...state.samlResponses.map((one) => one.response),
        ...[...state.roleKeys.values()].flatMap((one) => [one.secretAccessKey, one.sessionToken]),
      ].filter((secret) => secret !== '');
    },
    /** Forgets every request and everybody but the person's passkey, and takes the options that it was started with. */
    forget(): void {
      for (const [name, list] of Object.entries(state)) {
        if (name === 'passkeys') continue;
        if (Array.isArray(list)) list.length = 0;
        else list.clear();
      }
      journal.length = 0;
      faults.clear();
      clock.reset();
      Object.assign(options, PAGE_DEFAULTS, SERVICE_DEFAULTS, started);
    },
    close: () => server.close(),
  };

  function grantOf(userCode: string): DeviceGrant {
    const grant = state.deviceGrants.find((one) => one.userCode === userCode);
    if (grant === undefined) throw new Error('no such user code');
    return grant;
  }
}
