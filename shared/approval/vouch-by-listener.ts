import type { AgentsRule } from '../agents-rule.ts';
import type { AskReason } from '../fields.ts';
import { readAuthorizeAddress } from './approval-address.ts';
import type { Listener } from './listener.ts';

/** The least port that the systems give out by themselves (Linux; IANA's range begins at 49152). Below it servers live. */
const EPHEMERAL_FROM = 32_768;
/** A sign-in tool listens for its own sign-in, and AWS waits no longer than this for a person (milliseconds). */
export const LISTENS_AT_MOST_MS = 10 * 60_000;

/** Everything on which it rests whether a PKCE request that a tab has just asked for is approved for who listens. */
export interface ListenerScene {
  now: number;
  /** What the browser asked for in the tab. */
  address: string;
  /** A page asked for it: a link or a script, and no program that had the address opened. */
  byPage: boolean;
  /** The same request was asked for before, in this tab or in another. */
  seenBefore: boolean;
  /** Who listens on the port of the request; `null`: nobody, or the host does not know. */
  listener: Listener | null;
  /** Who listened there when the person was asked; `null`: nobody was asked. */
  asked: Listener | null;
  /** The person wants this program to be approved without a question, from an answer before. */
  trusted: boolean;
  /** The person, or their administrator, wants to be asked about everything. */
  ask: boolean;
  /** The rule for who listens, where that is a coding agent. */
  agents: AgentsRule;
}

export type ListenerReason =
  | 'no-request'
  | 'opened-by-page'
  | 'seen-before'
  | 'nobody-listens'
  | 'other-network'
  | 'other-user'
  | 'not-loopback'
  | 'several-listen'
  | 'no-ephemeral-port'
  | 'listens-too-long'
  | 'taken-over'
  | 'agent-denied';

/** `leave`: nobody is asked and nothing is pressed, as for a request of which nothing is known; the person clicks. */
export type Vouch =
  | { act: 'approve' }
  | { act: 'ask'; because: AskReason }
  | { act: 'leave'; reason: ListenerReason };

export interface ListenerCheck {
  name: string;
  object(scene: ListenerScene, listener: Listener): Exclude<Vouch, { act: 'approve' }> | null;
}

const leave = (reason: ListenerReason): Vouch & { act: 'leave' } => ({ act: 'leave', reason });
const askFor = (because: AskReason): Vouch & { act: 'ask' } => ({ act: 'ask', because });

/** What speaks against it, in order; the first objection decides. Each is a row of the table that it alone catches. */
export const LISTENER_CHECKS: readonly ListenerCheck[] = [
  { name: 'opened-from-outside', object: ({ byPage }) => (byPage ? leave('opened-by-page') : null) },
  { name: 'first-time', object: ({ seenBefore }) => (seenBefore ? leave('seen-before') : null) },
  { name: 'own-network', object: (_, { sameNetwork }) => (sameNetwork ? null : leave('other-network')) },
  { name: 'own-user', object: (_, { own }) => (own ? null : leave('other-user')) },
  { name: 'loopback', object: (_, { loopback }) => (loopback ? null : leave('not-loopback')) },
  { name: 'alone', object: (_, { alone }) => (alone ? null : leave('several-listen')) },
  {
    name: 'ephemeral-port',
    object: ({ address }) =>
      (readAuthorizeAddress(address)?.port ?? 0) < EPHEMERAL_FROM ? leave('no-ephemeral-port') : null,
  },
  {
    name: 'recent',
    object: ({ now }, { since }) =>
      since !== null && !(now - since <= LISTENS_AT_MOST_MS) ? leave('listens-too-long') : null,
  },
  {
    name: 'same-listener',
    object: ({ asked }, listener) => (asked === null || isSame(asked, listener) ? null : leave('taken-over')),
  },
  {
    name: 'agents-rule',
    object: ({ agents }, { agentDenied }) =>
      agentDenied || agents === 'deny' ? leave('agent-denied') : null,
  },
  // From here on it is a question, which the person's word answers.
  { name: 'no-agent', object: ({ asked, agents }) => (asked || agents !== 'ask' ? null : askFor('setting')) },
  {
    name: 'no-override',
    object: ({ asked }, { endpointOverride }) =>
      asked || !endpointOverride ? null : askFor('endpoint-override'),
  },
  {
    name: 'known-tool',
    object: ({ asked, trusted }, { tool }) =>
      asked || tool !== null || trusted ? null : askFor('unknown-program'),
  },
  { name: 'setting', object: ({ asked, ask }) => (asked || !ask ? null : askFor('setting')) },
];

/**
 * Whether a PKCE request that awsher did not open may be approved in its tab, because of who waits for its answer. The
 * code goes to that listener, which throws away one that bears another `state` than its own. What approves the page
 * itself is `decide`, as for every request that was vouched for.
 *
 * `checks` is an argument only so that a test can take one out and see its attack succeed.
 */
export function vouchByListener(
  scene: ListenerScene,
  checks: readonly ListenerCheck[] = LISTENER_CHECKS,
): Vouch {
  const { address, listener } = scene;
  if (readAuthorizeAddress(address) === null) return leave('no-request');
  if (listener === null) return leave('nobody-listens');
  for (const check of checks) {
    const objection = check.object(scene, listener);
    if (objection) return objection;
  }
  return { act: 'approve' };
}

/** A process is one only with its moment: a number that is free again is given to another. */
const isSame = (one: Listener, other: Listener): boolean =>
  one.asker.pid === other.asker.pid &&
  one.executable === other.executable &&
  one.asker.command === other.asker.command &&
  one.since === other.since;
