import * as v from 'valibot';
import type { Center } from '../center.ts';
import { authorizationRedirect, confirmCode, openSession, sessionOf, settle } from '../grants.ts';
import { type Directory, type Portal, portalAt, regionHosts } from '../hosts.ts';
import { type Call, html, json, parseBody, Refusal, type Reply, redirect, type Service } from '../http.ts';
import { PAGE_DEFAULTS } from '../options.ts';
import { portalDocument } from '../pages/documents.ts';
import { type Authorization, type DeviceGrant, opaque, type PortalSession } from '../state.ts';
import { assets } from './assets.ts';
import { oidcError } from './oidc-errors.ts';

/** The portal's one document. Everything after `#` is the page's own business. */
function portalRoot(center: Center, call: Call): Reply {
  const [directory, { base, startUrl }] = directoryOf(center, call);
  if (call.path === base && base !== '') {
    return redirect(`${startUrl}/${call.query.size > 0 ? `?${call.query}` : ''}`);
  }
  const hosts = regionHosts(directory.region, call.family ?? 'ipv4');
  return html(
    portalDocument({
      options: pageOptions(center),
      directory: { id: directory.id, base, name: directory.alias },
      region: center.options.regionInPage ? directory.region : null,
      api: { portal: `https://${hosts.portalApi}`, oidc: `https://${hosts.oidc}` },
    }),
  );
}

/** The options that pages may see. */
export function pageOptions(center: Center): Record<string, unknown> {
  const names = new Set(Object.keys(PAGE_DEFAULTS));
  return Object.fromEntries(Object.entries(center.options).filter(([name]) => names.has(name)));
}

/** Where a page without a session has to go: the sign-in host, with a way back to exactly this address. */
function login(center: Center, call: Call): Reply {
  const directory = center.directories.find((one) => one.id === call.query.get('directory_id'));
  const returnTo = call.query.get('redirect_url') ?? '';
  if (
    directory === undefined ||
    !URL.canParse(returnTo) ||
    portalAt(directory, new URL(returnTo).host) === undefined
  ) {
    throw new Refusal('InvalidRequestException', 400, 'Invalid directory or redirect address');
  }
  const workflow = {
    stateHandle: opaque('', 24),
    resultHandle: opaque('', 24),
    state: opaque('', 24),
    directory,
    returnTo,
    challenge: null,
    signedIn: false,
  };
  center.state.workflows.push(workflow);
  const { signIn } = regionHosts(directory.region);
  const address = `https://${signIn}/platform/${directory.id}/login?workflowStateHandle=${workflow.stateHandle}`;
  return json({ redirectUrl: address });
}

const signInResult = v.object({ workflowResultHandle: v.string(), state: v.string() });

/** Turns a finished sign-in into a portal session, once. */
function exchangeSignIn(center: Center, call: Call): Reply {
  const asked = parseBody(signInResult, call);
  const index = center.state.workflows.findIndex(
    (one) => one.signedIn && one.resultHandle === asked?.workflowResultHandle && one.state === asked.state,
  );
  const [workflow] = index < 0 ? [] : center.state.workflows.splice(index, 1);
  if (workflow === undefined) throw new Refusal('UnauthorizedException', 401, 'Unknown sign-in');
  const session = openSession(center, workflow.directory);
  return json({
    token: session.token,
    expiresIn: center.options.portalSessionSeconds,
    redirectUrl: workflow.returnTo,
  });
}

function whoAmI(center: Center, call: Call): Reply {
  bearer(center, call);
  return json({
    userName: center.user.userName,
    displayName: center.user.displayName,
    accounts: center.accounts.length,
  });
}

/** The code page's confirm. The old device page confirms before anybody has signed in. */
function acceptUserCode(center: Center, call: Call): Reply {
  const asked = parseBody(v.object({ userCode: v.string() }), call);
  const session = center.options.verification === 'portal' ? bearer(center, call) : null;
  const grant = confirmCode(center, asked?.userCode ?? '', session);
  if (center.options.skipConsent && session !== null) settle(center, grant, 'allow', session);
  const { base, host } = grant.directory;
  const consent = new URLSearchParams({
    clientId: grant.client.clientId,
    clientType: 'public',
    deviceContextId: grant.contextId,
  });
  return json({
    approved: grant.status === 'approved',
    fragment: center.options.routes === 'new' ? `#/consent?contextId=${grant.contextId}` : `#/?${consent}`,
    consentUrl: `https://${host}${base}/#/?${consent}`,
  });
}

const consentQuestion = v.object({
  decision: v.optional(v.picklist(['allow', 'deny']), 'deny'),
  deviceContextId: v.optional(v.string()),
  orchestratorId: v.optional(v.string()),
  userCode: v.optional(v.string()),
});
type ConsentQuestion = v.InferOutput<typeof consentQuestion>;

/** What the consent page shows. */
function describeConsent(center: Center, call: Call): Reply {
  const session = bearer(center, call);
  const { query } = call;
  const grant = consentSubject(center, {
    decision: 'deny',
    deviceContextId: query.get('deviceContextId') ?? undefined,
    orchestratorId: query.get('orchestratorId') ?? undefined,
  });
  if (center.options.skipConsent) settle(center, grant, 'allow', session);
  const approved = grant.status === 'approved';
  return json({
    approved,
    redirectUrl: approved && 'redirectUri' in grant ? wayBack(center, grant) : null,
    clientId: grant.client.clientId,
    clientName: grant.client.clientName,
    scopes: grant.client.scopes,
    script: ('redirectUri' in grant && center.options.atConsent?.(grant)) || null,
  });
}

/** The person's word: allow or deny on the consent page, or Cancel on the code page. */
function decideConsent(center: Center, call: Call): Reply {
  const asked = parseBody(consentQuestion, call);
  if (asked === null) throw new Refusal('InvalidRequestException', 400, 'Invalid request');
  const session = asked.decision === 'allow' ? bearer(center, call) : null;
  const grant = consentSubject(center, asked);
  // Allow without a confirmed code would skip the comparison that protects the person.
  if (asked.decision === 'allow' && 'userCode' in grant && grant.status !== 'confirmed') {
    throw new Refusal('InvalidRequestException', 400, 'The code was not confirmed');
  }
  settle(center, grant, asked.decision, session);
  return json({ redirectUrl: 'redirectUri' in grant ? wayBack(center, grant) : null });
}

/** Where the page sends the browser at the end of PKCE. */
function wayBack({ options }: Center, grant: Authorization): string {
  const { oidc } = regionHosts(grant.directory.region);
  return options.lastHop === 'page'
    ? authorizationRedirect(grant)
    : `https://${oidc}/back?orchestrator_id=${grant.orchestratorId}`;
}

function consentSubject(center: Center, asked: ConsentQuestion): DeviceGrant | Authorization {
  const { deviceGrants, authorizations } = center.state;
  const found =
    deviceGrants.find((one) => one.contextId === asked.deviceContextId || one.userCode === asked.userCode) ??
    authorizations.find((one) => one.orchestratorId === asked.orchestratorId);
  if (found === undefined) throw new Refusal('InvalidRequestException', 400, 'Unknown request');
  return found;
}

function bearer(center: Center, call: Call): PortalSession {
  const header = call.headers['x-amz-sso_bearer_token'];
  const session = sessionOf(center, typeof header === 'string' ? header : undefined);
  if (session === null) throw new Refusal('UnauthorizedException', 401, 'Session token not found or invalid');
  return session;
}

function directoryOf(center: Center, call: Call): [Directory, Portal] {
  const here = (base: string) => call.path === base || call.path.startsWith(`${base}/`);
  for (const directory of center.directories) {
    const portal = portalAt(directory, call.host);
    if (portal !== undefined && here(portal.base)) return [directory, portal];
  }
  throw new Refusal('ResourceNotFoundException', 404, 'No portal here');
}

/** On the portal's host. */
export const portalPage: Service = {
  name: 'portal',
  refuse: oidcError,
  routes: [
    assets,
    {
      operation: 'PortalPage',
      method: 'GET',
      path: /^\/(?:start\/?|directory\/[\w-]+\/?)?$/,
      answer: portalRoot,
    },
  ],
};

/** What the portal's page asks the API hosts. The paths that public tools know keep their names, the rest is ours. */
export const portalCalls: Service = {
  name: 'portal',
  refuse: oidcError,
  routes: [
    { operation: 'Login', method: 'GET', path: '/login', cors: true, answer: login },
    {
      operation: 'ExchangeSignIn',
      method: 'POST',
      path: '/auth/sso-token',
      cors: true,
      answer: exchangeSignIn,
    },
    { operation: 'WhoAmI', method: 'GET', path: '/token/whoAmI', cors: true, answer: whoAmI },
    {
      operation: 'AcceptUserCode',
      method: 'POST',
      path: '/device_authorization/accept_user_code',
      cors: true,
      answer: acceptUserCode,
    },
    { operation: 'DescribeConsent', method: 'GET', path: '/consent', cors: true, answer: describeConsent },
    { operation: 'DecideConsent', method: 'POST', path: '/consent', cors: true, answer: decideConsent },
  ],
};
