import { AwsherError } from '../../shared/errors/awsher-error.ts';
import { tokenRefused } from '../../shared/login/refusals.ts';
import type { FoundPortal, Target } from '../../shared/protocol/fields.ts';
import { ANSWER_DEADLINE_MS } from '../../shared/protocol/limits.ts';
import type { HOST } from '../../shared/protocol/native.ts';
import type { Peer } from '../../shared/protocol/peer.ts';
import type { ClientRegistration, oidcClient } from './oidc.ts';

/**
 * The client registration for a portal: the one that the host keeps, or a new one that it then keeps. The browser
 * stores none: client secrets live in the host's private folder only. With a client's id it is that client or none: a device
 * code is good for the client that asked for it.
 */
export async function findRegistration(
  host: Pick<Peer<typeof HOST>, 'call'>,
  client: Pick<ReturnType<typeof oidcClient>, 'register'>,
  { portal: startUrl, region }: FoundPortal,
  { session, scopes }: Target,
  which: 'stored or new' | 'new' | { clientId: string },
): Promise<ClientRegistration> {
  if (which !== 'new') {
    const ask = (more: { clientId?: string }) =>
      host.call(
        'registration.find',
        { startUrl, region, scopes, ...more },
        { deadlineMs: ANSWER_DEADLINE_MS },
      );
    const { registration } =
      which === 'stored or new'
        ? await ask({})
        : await ask(which).catch((thrown: unknown) => {
            // A host that was started before an update does not know the question, and keeps one client alone.
            if (thrown instanceof AwsherError && thrown.code === 'PROTOCOL_MESSAGE') return ask({});
            throw thrown;
          });
    if (which !== 'stored or new' && registration?.clientId !== which.clientId)
      throw tokenRefused('forgotten', { session });
    if (registration) return registration;
  }
  const fresh = await client.register(scopes);
  const { clientId, clientSecret, expiresAt } = fresh;
  await host.call(
    'registration.save',
    { startUrl, region, scopes, clientId, clientSecret: clientSecret.expose(), expiresAt },
    { deadlineMs: ANSWER_DEADLINE_MS },
  );
  return fresh;
}
