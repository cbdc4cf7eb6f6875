import type { FoundPortal, Target } from '../../shared/protocol/fields.ts';
import { ANSWER_DEADLINE_MS } from '../../shared/protocol/limits.ts';
import type { HOST } from '../../shared/protocol/native.ts';
import type { Peer } from '../../shared/protocol/peer.ts';
import type { ClientRegistration, oidcClient } from './oidc.ts';

/**
 * The client registration for a portal: the one that the host keeps, or a new one that it then keeps. The browser
 * stores none: client secrets live in the host's private folder only.
 */
export async function findRegistration(
  host: Peer<typeof HOST>,
  client: ReturnType<typeof oidcClient>,
  { portal: startUrl, region }: FoundPortal,
  { scopes }: Target,
  which: 'stored or new' | 'new' | 'stored',
): Promise<ClientRegistration> {
  if (which !== 'new') {
    const { registration } = await host.call(
      'registration.find',
      { startUrl, region, scopes },
      { deadlineMs: ANSWER_DEADLINE_MS },
    );
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
