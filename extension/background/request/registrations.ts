import type { FoundPortal } from '../../../shared/fields.ts';
import type { Flow } from '../../../shared/flows.ts';
import type { Registration } from '../../../shared/oidc/client.ts';
import type { Registrations } from '../../../shared/oidc/device-flow.ts';
import type { HostLink } from '../host/host-link.ts';

/**
 * The client registrations of one portal for one flow. The host keeps them, in its private folder; the browser stores none. On the wire their end
 * is in seconds since 1970.
 */
export function registrationsOf(
  link: Pick<HostLink, 'ask'>,
  { portal: startUrl, region }: FoundPortal,
  scopes: string[],
  flow: Flow = 'device',
): Registrations & { byId(clientId: string): Promise<Registration | undefined> } {
  const asked = { startUrl, region, scopes, flow };

  async function find(which: { clientId?: string } = {}): Promise<Registration | undefined> {
    const { registration } = await link.ask('registration.find', { ...asked, ...which });
    return registration ? { ...registration, expiresAt: registration.expiresAt * 1000 } : undefined;
  }
  return {
    find: () => find(),
    /** That client or none: a device code is good for the client that asked for it, however little is left of it. */
    async byId(clientId) {
      const found = await find({ clientId });
      return found?.clientId === clientId ? found : undefined;
    },
    async keep({ clientId, clientSecret, expiresAt }) {
      const fresh = { clientId, clientSecret: clientSecret.expose(), expiresAt: expiresAt / 1000 };
      await link.ask('registration.save', { ...asked, ...fresh });
    },
  };
}
