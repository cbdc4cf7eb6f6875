import type { Listener } from '../../../shared/approval/listener.ts';
import {
  LISTENS_AT_MOST_MS,
  type ListenerScene,
  type Vouch,
} from '../../../shared/approval/vouch-by-listener.ts';

const NOW = 1_900_000_000_000;
const HOME = '/home/ana';

const request = (port: number | string, more: Record<string, string> = {}): string =>
  `https://oidc.us-east-1.amazonaws.com/authorize?${new URLSearchParams({
    response_type: 'code',
    client_id: 'client',
    redirect_uri: `http://127.0.0.1:${port}/oauth/callback`,
    state: 'a-state',
    code_challenge_method: 'S256',
    scopes: 'sso:account:access',
    code_challenge: 'challenge',
    ...more,
  })}`;

const AWS: Listener = {
  asker: { command: 'aws sso login', pid: 42, parents: ['zsh', 'tmux'], folder: 'infra' },
  executable: '/usr/local/aws-cli/v2/current/dist/aws',
  trustable: true,
  tool: 'aws sso login',
  own: true,
  loopback: true,
  alone: true,
  sameNetwork: true,
  since: NOW - 3_000,
  agentDenied: false,
  endpointOverride: false,
};
const CODE: Listener = {
  ...AWS,
  asker: { command: 'VS Code', pid: 43, parents: ['code', 'systemd'] },
  executable: '/usr/share/code/code',
  tool: 'VS Code',
  since: null,
};
const UNKNOWN: Listener = {
  ...AWS,
  asker: { command: 'company-login', pid: 44, parents: ['zsh'] },
  executable: `${HOME}/bin/company-login`,
  tool: null,
};

export const SCENE: ListenerScene = {
  now: NOW,
  address: request(51_234),
  byPage: false,
  seenBefore: false,
  listener: AWS,
  asked: null,
  trusted: false,
  ask: false,
  agents: 'allow',
};

export const approve: Vouch = { act: 'approve' };
const leave = (reason: Extract<Vouch, { act: 'leave' }>['reason']): Vouch => ({
  act: 'leave',
  reason,
});
const ask = (because: Extract<Vouch, { act: 'ask' }>['because']): Vouch => ({ act: 'ask', because });

/** What is approved without a hand. */
const APPROVED: readonly [name: string, Partial<ListenerScene>][] = [
  ['a sign-in command', {}],
  ['an editor that runs all day', { listener: CODE }],
  ['at the lowest ephemeral port', { address: request(32_768) }],
  ['after ten minutes less a moment', { listener: { ...AWS, since: NOW - LISTENS_AT_MOST_MS } }],
  ['an unknown program that the person trusts', { listener: UNKNOWN, trusted: true }],
  ['an unknown program after the question', { listener: UNKNOWN, asked: UNKNOWN }],
  [
    'an endpoint of its own after the question',
    { listener: { ...AWS, endpointOverride: true }, asked: { ...AWS, endpointOverride: true } },
  ],
  [
    'an agent after the question',
    {
      listener: { ...AWS, asker: { ...AWS.asker, agent: 'Codex' } },
      asked: { ...AWS, asker: { ...AWS.asker, agent: 'Codex' } },
      ask: true,
      agents: 'ask',
    },
  ],
];

/** Each row is an attack, or a case that is the person's, and the one check that catches it. */
export const STOPPED: readonly [name: string, check: string, Partial<ListenerScene>, Vouch][] = [
  [
    'a page forges /authorize while a real tool waits',
    'opened-from-outside',
    { byPage: true },
    leave('opened-by-page'),
  ],
  ['an address that was there before, again', 'first-time', { seenBefore: true }, leave('seen-before')],
  [
    'an address that was there before, of an editor',
    'first-time',
    { seenBefore: true, listener: CODE },
    leave('seen-before'),
  ],
  [
    'a tool in a container with another loopback address than the browser',
    'own-network',
    { listener: { ...AWS, sameNetwork: false } },
    leave('other-network'),
  ],
  ["another user's listener", 'own-user', { listener: { ...AWS, own: false } }, leave('other-user')],
  [
    'a listener for the whole network',
    'loopback',
    { listener: { ...AWS, loopback: false } },
    leave('not-loopback'),
  ],
  [
    'a socket that a tool left open to a program that it started',
    'alone',
    { listener: { ...AWS, alone: false } },
    leave('several-listen'),
  ],
  ['a well-known port', 'ephemeral-port', { address: request(8080) }, leave('no-ephemeral-port')],
  ['a port of the system', 'ephemeral-port', { address: request(443) }, leave('no-ephemeral-port')],
  ['the last port below', 'ephemeral-port', { address: request(32_767) }, leave('no-ephemeral-port')],
  [
    'a listener from an hour ago',
    'recent',
    { listener: { ...AWS, since: NOW - 3_600_000 } },
    leave('listens-too-long'),
  ],
  [
    'a listener of which the system tells no time',
    'recent',
    { listener: { ...AWS, since: Number.NaN } },
    leave('listens-too-long'),
  ],
  [
    'another process has the port after the question',
    'same-listener',
    { asked: AWS, listener: { ...AWS, asker: { ...AWS.asker, pid: 77 } } },
    leave('taken-over'),
  ],
  [
    'another program has the number of the process after the question',
    'same-listener',
    { asked: UNKNOWN, listener: { ...UNKNOWN, executable: '/tmp/x' } },
    leave('taken-over'),
  ],
  [
    'another command of the same process after the question',
    'same-listener',
    { asked: AWS, listener: { ...AWS, asker: { ...AWS.asker, command: 'aws sts' } } },
    leave('taken-over'),
  ],
  [
    'a younger process of the same program after the question',
    'same-listener',
    { asked: AWS, listener: { ...AWS, since: NOW - 100 } },
    leave('taken-over'),
  ],
  [
    'a coding agent where the settings let none sign in',
    'agents-rule',
    { listener: { ...AWS, agentDenied: true } },
    leave('agent-denied'),
  ],
  [
    'a coding agent where the administrator lets none sign in, after the question too',
    'agents-rule',
    { agents: 'deny', asked: AWS },
    leave('agent-denied'),
  ],
  ['a coding agent types aws sso login', 'no-agent', { agents: 'ask' }, ask('setting')],
  [
    'a sign-in command with an endpoint of its own',
    'no-override',
    { listener: { ...AWS, endpointOverride: true } },
    ask('endpoint-override'),
  ],
  ['a program that nobody knows', 'known-tool', { listener: UNKNOWN }, ask('unknown-program')],
  [
    'a development server that leaks its query',
    'known-tool',
    { listener: { ...UNKNOWN, executable: '/usr/bin/node', asker: { ...UNKNOWN.asker, command: 'vite' } } },
    ask('unknown-program'),
  ],
  ['the person wants to be asked about everything', 'setting', { ask: true }, ask('setting')],
  [
    'a trusted program, and the person wants to be asked about everything',
    'setting',
    { listener: UNKNOWN, trusted: true, ask: true },
    ask('setting'),
  ],
];

/** What is no request of this computer. */
const NO_REQUEST: readonly [name: string, address: string][] = [
  ['a host that looks like it', request(51_234).replace('amazonaws.com', 'amazonaws.com.evil.example')],
  ['http', request(51_234).replace('https:', 'http:')],
  ['another path', request(51_234).replace('/authorize', '/v1/authorize')],
  [
    'a redirect to another host',
    request(51_234, { redirect_uri: 'http://evil.example:51234/oauth/callback' }),
  ],
  ['a redirect to another loopback address', request(51_234, { redirect_uri: 'http://127.0.0.2:51234/x' })],
  ['a redirect without a port', request(51_234, { redirect_uri: 'http://127.0.0.1/oauth/callback' })],
  ['two redirects', `${request(51_234)}&redirect_uri=${encodeURIComponent('http://127.0.0.1:4/')}`],
  ['a plain challenge', request(51_234, { code_challenge_method: 'plain' })],
  ['a token at once', request(51_234, { response_type: 'token' })],
];

/** Every scene with its answer. */
export const LISTENER_SCENES: readonly { name: string; scene: ListenerScene; vouch: Vouch }[] = [
  ...APPROVED.map(([name, change]) => ({ name, scene: { ...SCENE, ...change }, vouch: approve })),
  ...STOPPED.map(([name, _check, change, vouch]) => ({ name, scene: { ...SCENE, ...change }, vouch })),
  ...NO_REQUEST.map(([name, address]) => ({
    name,
    scene: { ...SCENE, address },
    vouch: leave('no-request'),
  })),
  { name: 'nobody listens', scene: { ...SCENE, listener: null }, vouch: leave('nobody-listens') },
];
