import { readAuthorizeAddress } from '../../../shared/approval/approval-address.ts';
import { readReply } from '../../../shared/oidc/code-flow.ts';
import { CAUGHT_REDIRECT, LOOPBACK } from '../../../shared/oidc/redirect.ts';
import type { Request } from '../../../shared/request/request.ts';
import type { Requests } from './requests.ts';

/** A tab is sent to an address that may be the answer to the PKCE request in it. Any other is nobody's. */
export function cameBack(requests: Requests, tabId: number, address: string): void {
  const request = requests.inTab(tabId);
  const asked = request && askedBy(request);
  const reply = asked ? readReply(address, asked) : null;
  if (request && reply) requests.feed(request.id, { type: 'came-back', reply });
}

/** Where the answer goes, and what binds it to the request: to awsher's own, or to one that was handed over. */
function askedBy({ proof, subject }: Request): { redirectUri: string; state: string } | null {
  if (proof !== null) return { redirectUri: CAUGHT_REDIRECT, state: proof.state };
  const address = subject.kind === 'hand-over' ? readAuthorizeAddress(subject.url) : null;
  return address && { redirectUri: `${LOOPBACK}${address.port}${address.path}`, state: address.state };
}
