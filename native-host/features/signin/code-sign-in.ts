import type { FoundPortal, Target } from '../../../shared/fields.ts';
import { noToken } from '../../../shared/login/endings.ts';
import type { IssuedToken, Registration } from '../../../shared/oidc/client.ts';
import { authorizeAddress, codeClient, newProof } from '../../../shared/oidc/code-flow.ts';
import { afterReply, type Poll, pauseMs } from '../../../shared/oidc/poll.ts';
import type { AwsClients } from '../../aws/calls/clients.ts';
import { configuredEndpoint, publicEndpoint } from '../../aws/calls/endpoints.ts';
import { oidcOf } from '../../aws/calls/oidc.ts';
import { registrationKey, registrationsFor } from '../../base/files/registrations.ts';
import type { Context } from '../../base/platform/context.ts';
import { comesFromUs } from '../../base/platform/port-owner.ts';
import { whereAmI } from '../../base/platform/remote.ts';
import { userId } from '../../base/platform/user.ts';
import { listenForCode } from './code-listener.ts';

/** Between two questions, where the network failed. */
const PAUSE_MS = 1_000;

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
  const { scopes } = target;
  const registration = await codeClient(oidc, registrations, { scopes, portal: found.portal });
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
    for (
      let poll: Poll = { intervalMs: PAUSE_MS, failures: 0 };
      ;
      await context.sleep(pauseMs(poll), signal)
    ) {
      const after = afterReply(poll, await oidc.exchangeCode(registration, answer));
      if (after.next === 'store') return { registration, token: after.token };
      if (after.next === 'end') throw noToken(after.why, target);
      ({ poll } = after);
    }
  } finally {
    listener.close();
  }
}
