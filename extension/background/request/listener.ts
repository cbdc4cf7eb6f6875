import * as v from 'valibot';
import type { AuthorizeAddress } from '../../../shared/approval/approval-address.ts';
import type { Listener } from '../../../shared/approval/listener.ts';
import {
  type ListenerScene,
  type Vouch,
  vouchByListener,
} from '../../../shared/approval/vouch-by-listener.ts';
import { ANSWER_DEADLINE_MS } from '../../../shared/limits.ts';
import { slot } from '../../platform/storage.ts';
import { now } from '../../platform/time.ts';
import type { HostLink } from '../host/host-link.ts';
import { beforeApproval } from '../memory/effective-settings.ts';

const MAX_TRUSTED = 50;

/** Paths of programs whose sign-ins the person wants approved without a question. */
const trustedSlot = slot('local', 'programs.trusted', v.array(v.string()), []);

/** From now on what this program asks for is approved without a question. */
export async function trust(path: string): Promise<void> {
  const others = (await trustedSlot.read()).filter((one) => one !== path);
  await trustedSlot.write([...others, path].slice(-MAX_TRUSTED));
}

/** Who listens for the answer to a PKCE request, and whether it is approved for that. */
export async function judgeListener(
  link: HostLink,
  { url: address, port }: AuthorizeAddress,
  known: Pick<ListenerScene, 'byPage' | 'seenBefore' | 'asked'>,
): Promise<{ vouch: Vouch; listener: Listener | null }> {
  const listener = await whoListens(link, port);
  const trusted =
    listener?.trustable === true && (await trustedSlot.read()).includes(listener.executable ?? '');
  const counts = await beforeApproval(listener?.asker ?? {});
  return {
    vouch: vouchByListener({ ...known, address, now: now(), listener, trusted, ...counts }),
    listener,
  };
}

async function whoListens(link: HostLink, port: number): Promise<Listener | null> {
  try {
    return (await link.ask('listener.who', { port }, { linkMs: ANSWER_DEADLINE_MS })).listener;
  } catch {
    // No host, or one from before the question: nothing is known, and the person clicks.
    return null;
  }
}
