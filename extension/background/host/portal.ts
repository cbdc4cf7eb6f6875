import { startUrlFacts } from '../../../shared/aws/start-url.ts';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import type { FoundPortal, Target } from '../../../shared/fields.ts';
import type { SessionSettings } from '../../../shared/session-settings.ts';
import type { HostLink } from './host-link.ts';

/** A company's own server, then AWS's regions, a few at a time, through whatever proxy there is. */
export const FIND_DEADLINE_MS = 90_000;

/** What is asked for: a session, or an address that is to become one. */
export type PortalQuestion = Omit<Target, 'session' | 'region'> & {
  session: string | null;
  region: string | null;
  /** What an administrator says of them. */
  endpoints?: SessionSettings['endpoints'];
};

/**
 * Where a start URL leads, as the host finds out: it reads the settings, knows the proxy, and asks other servers than
 * AWS's, for which this extension has no permission. Throws START_URL_INVALID, REGION_WRONG, NETWORK, HOST_LOST.
 */
export async function findPortal(link: HostLink, asked: PortalQuestion): Promise<FoundPortal> {
  const { session, startUrl, region, scopes, endpoints } = asked;
  try {
    const question = { session, startUrl, region, scopes, ...(endpoints ? { endpoints } : {}) };
    return await link.ask('portal.find', question, { deadlineMs: FIND_DEADLINE_MS });
  } catch (thrown) {
    const told = portalAsTold(asked);
    // A host that was started before an update does not know the message.
    if (thrown instanceof AwsherError && thrown.code === 'PROTOCOL_MESSAGE' && told !== null) return told;
    throw thrown;
  }
}

/** What the start URL tells by itself; `null` when it does not tell its region and nobody else did. */
function portalAsTold({ startUrl, region }: Pick<PortalQuestion, 'startUrl' | 'region'>): FoundPortal | null {
  const told = startUrlFacts(startUrl);
  const known = told.region ?? region;
  return known === null ? null : { portal: told.portal ?? startUrl, region: known, family: told.family };
}
