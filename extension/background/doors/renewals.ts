import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { startTimer } from '../../platform/time.ts';
import type { HostLink } from '../host/host-link.ts';
import type { Renewals } from './session-views.ts';

/** The lock, AWS, and a proxy on the way. */
const RENEW_DEADLINE_MS = 30_000;
/** Long enough to be read. */
const SHOWN_MS = 8_000;

export interface RenewalsOptions {
  link: HostLink;
  /** Signs in, in a tab. */
  authorize: (session: string) => Promise<void>;
  /** Has the host tell the sessions again. */
  refresh: () => Promise<void>;
  changed: () => void;
}

/** Renewals that the person asks for: the host does them with what it has; where it cannot, a sign-in begins. */
export function createRenewals({ link, authorize, refresh, changed }: RenewalsOptions) {
  const shown = new Map<string, 'running' | 'done'>();

  function show(session: string, what: 'running' | 'done' | null): void {
    if (what === null) shown.delete(session);
    else shown.set(session, what);
    changed();
  }

  /** Whether the host renewed it. What stood in the way of a renewal is thrown. */
  async function byHost(session: string): Promise<boolean> {
    try {
      const deadline = { deadlineMs: RENEW_DEADLINE_MS };
      return (await link.ask('session.renew', { session }, deadline)).expiresAt !== null;
    } catch (thrown) {
      // A host that was started before an update does not know the message.
      if (thrown instanceof AwsherError && thrown.code === 'PROTOCOL_MESSAGE') return false;
      throw thrown;
    }
  }

  return {
    all: (): Renewals => shown,
    async renew(session: string): Promise<void> {
      if (shown.get(session) === 'running') return;
      show(session, 'running');
      try {
        const renewed = await byHost(session);
        if (renewed) await refresh();
        show(session, renewed ? 'done' : null);
        if (!renewed) await authorize(session);
        else startTimer(SHOWN_MS, () => shown.get(session) === 'done' && show(session, null));
      } catch (thrown) {
        show(session, null);
        throw thrown;
      }
    },
  };
}
