import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import type { FoundPortal } from '../../../shared/fields.ts';
import type { Flow } from '../../../shared/flows.ts';
import { ANSWER_DEADLINE_MS } from '../../../shared/limits.ts';
import type { Registration } from '../../../shared/oidc/client.ts';
import type { Registrations } from '../../../shared/oidc/device-flow.ts';
import type { HOST } from '../../../shared/protocol/native.ts';
import type { Peer } from '../../../shared/protocol/peer.ts';

const DEADLINE = { deadlineMs: ANSWER_DEADLINE_MS };

/**
 * The client registrations of one portal for one flow. The host keeps them, in its private folder; the browser stores none. On the wire their end
 * is in seconds since 1970.
 */
export function registrationsOf(
  host: Pick<Peer<typeof HOST>, 'call'>,
  { portal: startUrl, region }: FoundPortal,
  scopes: string[],
  flow: Flow = 'device',
): Registrations & { byId(clientId: string): Promise<Registration | undefined> } {
  // Hosts from before PKCE know no flow, and refuse what they do not know.
  const asked = { startUrl, region, scopes, ...(flow === 'device' ? {} : { flow }) };

  async function find(which: { clientId?: string } = {}): Promise<Registration | undefined> {
    const { registration } = await host.call('registration.find', { ...asked, ...which }, DEADLINE);
    return registration ? { ...registration, expiresAt: registration.expiresAt * 1000 } : undefined;
  }
  return {
    find: () => find(),
    /** That client or none: a device code is good for the client that asked for it, however little is left of it. */
    async byId(clientId) {
      const found = await find({ clientId }).catch((thrown: unknown) => {
        // A host that was started before an update does not know the question, and keeps one client alone.
        if (thrown instanceof AwsherError && thrown.code === 'PROTOCOL_MESSAGE') return find();
        throw thrown;
      });
      return found?.clientId === clientId ? found : undefined;
    },
    async keep({ clientId, clientSecret, expiresAt }) {
      const fresh = { clientId, clientSecret: clientSecret.expose(), expiresAt: expiresAt / 1000 };
      await host.call('registration.save', { ...asked, ...fresh }, DEADLINE);
    },
  };
}
