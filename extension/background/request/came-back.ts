import { readReply } from '../../../shared/oidc/code-flow.ts';
import type { Requests } from './requests.ts';

/** A tab was sent to an address that may be the answer to the PKCE request that awsher opened in it. Any other is nobody's. */
export function cameBack(requests: Requests, tabId: number, address: string): void {
  const request = requests.inTab(tabId);
  const reply = request?.proof ? readReply(address, request.proof) : null;
  if (request && reply) requests.feed(request.id, { type: 'came-back', reply });
}
