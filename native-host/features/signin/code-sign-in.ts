import type { FoundPortal, Target } from '../../../shared/fields.ts';
import { noToken } from '../../../shared/login/endings.ts';
import type { IssuedToken, Registration } from '../../../shared/oidc/client.ts';
import { authorizeAddress, newProof } from '../../../shared/oidc/code-flow.ts';
import { registerAnew, waitForToken } from '../../../shared/oidc/device-flow.ts';
import { EXCHANGE_MS } from '../../../shared/request/deadlines.ts';
import type { AwsClients } from '../../aws/calls/clients.ts';
import { configuredEndpoint, publicEndpoint } from '../../aws/calls/endpoints.ts';
import { oidcOf } from '../../aws/calls/oidc.ts';
import { registrationKey, registrationsFor } from '../../base/files/registrations.ts';
import type { Context } from '../../base/platform/context.ts';
import { comesFromUs } from '../../base/platform/port-owner.ts';
import { whereAmI } from '../../base/platform/remote.ts';
import { userId } from '../../base/platform/user.ts';
import { listenForCode } from './code-listener.ts';

export interface CodeSignIn {
  context: Context;
  clients: AwsClients;
  target: Target;
  /** Where its start URL leads. */
  found: FoundPortal;
  signal: AbortSignal;
  /** Opens the address in the person's browser, or shows it. */
  open(address: string): void;
}

/**
 * The authorization code flow with PKCE (RFC 8252) by the command itself, for a browser on this computer that has no
 * awsher: the answer comes to a port of 127.0.0.1 that listens as long as this sign-in takes.
 */
export async function codeSignIn({ context, clients, target, found, signal, open }: CodeSignIn): Promise<{
  registration: Registration;
  token: IssuedToken;
}> {
  const { paths, now, platform } = context;
  const oidc = oidcOf(clients, found, signal);
  const registrations = registrationsFor(paths, registrationKey(target.scopes, found, 'pkce'), now);
  const flow = { kind: 'pkce', portal: found.portal } as const;
  const registration =
    (await registrations.find()) ?? (await registerAnew(oidc, registrations, target.scopes, flow));
  const proof = newProof();
  const alsoRoot = whereAmI(context).kind === 'wsl';
  const mayTell = (connection: { port: number; peerPort: number }) =>
    comesFromUs({ ...connection, alsoRoot }, { platform, uid: userId() });
  const listener = await listenForCode(proof.state, mayTell, signal);
  try {
    const { redirectUri } = listener;
    const { clientId } = registration;
    const origin =
      configuredEndpoint('sso-oidc', context.env) ?? publicEndpoint('sso-oidc', found.region, found.family);
    open(await authorizeAddress(origin, { clientId, redirectUri, scopes: target.scopes, proof }));
    const reply = await listener.reply;
    if (reply.kind !== 'code') throw noToken(reply.kind, target);
    const answer = { code: reply.code, verifier: proof.verifier, redirectUri };
    const sleep = (milliseconds: number) => context.sleep(milliseconds, signal);
    const wait = { intervalMs: EXCHANGE_MS, wait: 0, target, now, sleep };
    return { registration, token: await waitForToken(() => oidc.exchangeCode(registration, answer), wait) };
  } finally {
    listener.close();
  }
}
