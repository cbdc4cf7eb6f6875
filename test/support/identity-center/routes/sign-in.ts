import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import * as v from 'valibot';
import type { Center } from '../center.ts';
import { familyOfHost, regionHosts } from '../hosts.ts';
import { type Call, html, json, parseBody, Refusal, type Reply, type Service } from '../http.ts';
import { deviceDocument, enrolDocument, signInDocument } from '../pages/documents.ts';
import type { Workflow } from '../state.ts';
import { assets } from './assets.ts';
import { oidcError } from './oidc-errors.ts';
import { pageOptions } from './portal-page.ts';
import { samlStartRoute } from './saml.ts';

const attachment = v.exactOptional(v.picklist(['platform', 'cross-platform']));
const extensions = v.looseObject({});
const assertion = v.object({
  id: v.string(),
  rawId: v.string(),
  type: v.literal('public-key'),
  authenticatorAttachment: attachment,
  clientExtensionResults: extensions,
  response: v.object({
    authenticatorData: v.string(),
    clientDataJSON: v.string(),
    signature: v.string(),
    userHandle: v.exactOptional(v.string()),
  }),
});
const attestation = v.object({
  id: v.string(),
  rawId: v.string(),
  type: v.literal('public-key'),
  authenticatorAttachment: attachment,
  clientExtensionResults: extensions,
  response: v.object({ attestationObject: v.string(), clientDataJSON: v.string() }),
});

/** The verification page as it was seen in September 2026: on the sign-in host, found by `request_uri`. */
function authorizePage(center: Center, call: Call): Reply {
  const contextId = (call.query.get('request_uri') ?? '').split(':').at(-1);
  const grant = center.state.deviceGrants.find((one) => one.contextId === contextId);
  if (grant === undefined) throw denied();
  const { oidc } = regionHosts(grant.directory.region);
  return html(
    deviceDocument({
      options: pageOptions(center),
      userCode: grant.userCode,
      api: { oidc: `https://${oidc}` },
    }),
  );
}

function signInPage(center: Center, call: Call): Reply {
  const workflow = workflowOf(center, call.query.get('workflowStateHandle'));
  return html(
    signInDocument({
      options: pageOptions(center),
      handle: workflow.stateHandle,
      directory: { name: workflow.directory.alias },
      user: center.user,
    }),
  );
}

async function passkeyOptions(center: Center, call: Call): Promise<Reply> {
  const workflow = workflowOf(center, call.query.get('handle'));
  const options = await generateAuthenticationOptions({
    rpID: call.host,
    userVerification: 'required',
    allowCredentials: center.state.passkeys.map(({ id }) => ({ id })),
  });
  workflow.challenge = options.challenge;
  return json(options);
}

/** The ceremony's second half: the signature is checked for real, over this host, this challenge and a counter that grows. */
async function verifyPasskey(center: Center, call: Call): Promise<Reply> {
  const asked = parseBody(v.object({ handle: v.string(), credential: assertion }), call);
  if (asked === null) throw denied();
  const workflow = workflowOf(center, asked.handle);
  const { challenge } = workflow;
  const passkey = center.state.passkeys.find((one) => one.id === asked.credential.id);
  if (challenge === null || passkey === undefined) throw denied();
  workflow.challenge = null;
  const result = await verifyAuthenticationResponse({
    response: asked.credential,
    expectedChallenge: challenge,
    expectedOrigin: `https://${call.host}`,
    expectedRPID: call.host,
    credential: passkey,
  }).catch(() => null);
  if (result?.verified !== true) throw denied();
  passkey.counter = result.authenticationInfo.newCounter;
  const { idpFamily } = center.options;
  if (idpFamily !== null && familyOfHost(new URL(workflow.returnTo).host) !== idpFamily) throw denied();
  return json({ redirectUrl: finish(workflow) });
}

/** The company's own sign-in is still alive: straight back, nobody is asked. */
function silentSignIn(center: Center, call: Call): Reply {
  const asked = parseBody(v.object({ handle: v.string() }), call);
  const workflow = workflowOf(center, asked?.handle ?? null);
  if (center.options.signIn !== 'silent') throw denied();
  return json({ redirectUrl: finish(workflow) });
}

function finish(workflow: Workflow): string {
  workflow.signedIn = true;
  const { origin, pathname } = new URL(workflow.returnTo);
  const query = new URLSearchParams({ workflowResultHandle: workflow.resultHandle, state: workflow.state });
  return `${origin}${pathname}?${query}`;
}

/** For tests: where a browser creates the user's passkey. */
function enrolPage(center: Center, call: Call): Reply {
  const directory = center.directories.find((one) => call.path.includes(`/${one.id}/`));
  if (directory === undefined) throw denied();
  return html(
    enrolDocument({ options: pageOptions(center), directory: { name: directory.alias }, user: center.user }),
  );
}

async function enrolOptions(center: Center, call: Call): Promise<Reply> {
  const options = await generateRegistrationOptions({
    rpID: call.host,
    rpName: 'Identity Center',
    userName: center.user.userName,
    userDisplayName: center.user.displayName,
    attestationType: 'none',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  center.state.enrolments.add(options.challenge);
  return json(options);
}

async function enrol(center: Center, call: Call): Promise<Reply> {
  const asked = parseBody(v.object({ credential: attestation }), call);
  if (asked === null) throw denied();
  const result = await verifyRegistrationResponse({
    response: asked.credential,
    expectedChallenge: (challenge) => center.state.enrolments.delete(challenge),
    expectedOrigin: `https://${call.host}`,
    expectedRPID: call.host,
  }).catch(() => null);
  if (result?.verified !== true) throw denied();
  center.state.passkeys.push(result.registrationInfo.credential);
  return json({ enrolled: true });
}

function workflowOf(center: Center, handle: string | null): Workflow {
  const workflow = center.state.workflows.find((one) => one.stateHandle === handle);
  if (workflow === undefined) throw denied();
  return workflow;
}

function denied(): Refusal {
  return new Refusal('AccessDeniedException', 400, 'The sign-in is not valid');
}

export const signIn: Service = {
  name: 'sign-in',
  refuse: oidcError,
  routes: [
    assets,
    samlStartRoute,
    { operation: 'AuthorizePage', method: 'GET', path: '/platform/authorize', answer: authorizePage },
    { operation: 'SignInPage', method: 'GET', path: /^\/platform\/[\w-]+\/login$/, answer: signInPage },
    { operation: 'PasskeyOptions', method: 'GET', path: '/platform/passkey', answer: passkeyOptions },
    { operation: 'VerifyPasskey', method: 'POST', path: '/platform/passkey', answer: verifyPasskey },
    { operation: 'SilentSignIn', method: 'POST', path: '/platform/silent', answer: silentSignIn },
    { operation: 'EnrolPage', method: 'GET', path: /^\/platform\/[\w-]+\/enroll$/, answer: enrolPage },
    { operation: 'EnrolOptions', method: 'GET', path: '/platform/enroll', answer: enrolOptions },
    { operation: 'Enrol', method: 'POST', path: '/platform/enroll', answer: enrol },
  ],
};
