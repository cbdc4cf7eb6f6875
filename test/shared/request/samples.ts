import { readApprovalAddress } from '../../../shared/approval/approval-address.ts';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { dueAt } from '../../../shared/request/due.ts';
import type { Effect, Event } from '../../../shared/request/events.ts';
import { next } from '../../../shared/request/next.ts';
import {
  beginHandOver,
  beginRequest,
  errorOf,
  POPUP,
  type Request,
} from '../../../shared/request/request.ts';
import { Secret } from '../../../shared/secret.ts';

/** The moment at which every event of the table happens: at least ten seconds after the sample came to where it is. */
export const NOW = 1_018_000;
const BEFORE = 1_000_000;

const asker = { command: 'awsher login', pid: 42, parents: [] };
const beginning = { id: 'r1', asker, participant: 't1', asks: 'by-setting' as const, watch: false };
export const TARGET = {
  session: 'corp',
  startUrl: 'https://corp.awsapps.com/start',
  region: 'us-east-1',
  scopes: ['sso:account:access'],
};
const DEVICE_URL = 'https://corp.awsapps.com/start/#/device?user_code=ABCD-EFGH';
const AUTHORIZE_URL =
  'https://oidc.us-east-1.amazonaws.com/authorize?response_type=code&client_id=c&redirect_uri=http%3A%2F%2F127.0.0.1%3A7777%2Foauth%2Fcallback&state=s&code_challenge_method=S256&scopes=sso%3Aaccount%3Aaccess&code_challenge=x';

/** Each kind as it begins; a hand-over is one kind with two grants. */
export const FRESH: Readonly<
  Record<'sign-in' | 'pkce' | 'device' | "person's tab" | 'authorization' | 'saml', () => Request>
> = {
  'sign-in': () => beginRequest({ kind: 'sign-in', target: TARGET, flow: 'auto' }, beginning, BEFORE),
  pkce: () => beginRequest({ kind: 'sign-in', target: TARGET, flow: 'pkce' }, beginning, BEFORE),
  device: () => handOver(DEVICE_URL),
  "person's tab": () => handOver(DEVICE_URL, 7),
  authorization: () => handOver(AUTHORIZE_URL),
  saml: () =>
    beginRequest({ kind: 'saml', name: 'adfs', url: 'https://idp.example.com/start' }, beginning, BEFORE),
};

function handOver(url: string, personsTab: number | null = null): Request {
  const address = readApprovalAddress(url);
  if (!address) throw new Error('no approval address');
  const asks = personsTab === null ? 'by-setting' : 'no-more';
  return beginHandOver(address, { id: 'r1', asker, asks, askBecause: null, personsTab }, BEFORE);
}

const PLACE = { portal: TARGET.startUrl, region: TARGET.region, family: null };
export const NEW_CODE = {
  userCode: 'ABCD-EFGH',
  pageHostname: 'corp.awsapps.com',
  deviceCode: 'device-code-marker',
  clientId: 'client-1',
  intervalMs: 5_000,
  expiresAt: BEFORE + 600_000,
  page: 'https://corp.awsapps.com/start/#/device',
  url: DEVICE_URL,
};
const NEW_PROOF = {
  clientId: 'client-2',
  state: 'state-1',
  verifier: 'verifier-marker',
  url: AUTHORIZE_URL,
};
const token = {
  accessToken: new Secret('access-marker'),
  refreshToken: new Secret('refresh-marker'),
  livesMs: 28_800_000,
};

/** Every event, by the name that its row has. Tab 7 is the request's own. */
export const EVENTS: Readonly<Record<string, Event>> = {
  begun: { type: 'begun' },
  'checked: fine': { type: 'checked', ask: false, agents: 'allow', missing: false, objection: null },
  'checked: ask': { type: 'checked', ask: true, agents: 'allow', missing: false, objection: null },
  'checked: an agent': { type: 'checked', ask: false, agents: 'ask', missing: false, objection: null },
  'checked: no agents': { type: 'checked', ask: false, agents: 'deny', missing: false, objection: null },
  'checked: missing': { type: 'checked', ask: false, agents: 'allow', missing: true, objection: null },
  'checked: taken over': {
    type: 'checked',
    ask: false,
    agents: 'allow',
    missing: false,
    objection: 'taken-over',
  },
  'answered: yes': { type: 'answered', approve: true },
  'answered: no': { type: 'answered', approve: false },
  'permission given': { type: 'permissions', missing: false },
  'permission taken back': { type: 'permissions', missing: true },
  placed: { type: 'placed', place: PLACE },
  'placed: by PKCE': { type: 'placed', place: { ...PLACE, flow: 'pkce' } },
  'placed: by a code': { type: 'placed', place: { ...PLACE, flow: 'device' } },
  registered: { type: 'registered' },
  code: { type: 'code', code: NEW_CODE },
  'no device': { type: 'no-device', error: new AwsherError('SIGN_IN_FAILED', 'No.') },
  proof: { type: 'proof', proof: NEW_PROOF },
  'came back: code': { type: 'came-back', reply: { kind: 'code', code: new Secret('code-marker') } },
  'came back: denied': { type: 'came-back', reply: { kind: 'denied' } },
  'came back: refused': { type: 'came-back', reply: { kind: 'refused', error: 'invalid_scope' } },
  'other way': { type: 'other-way' },
  'opened: dialog': { type: 'opened', what: 'dialog', tabId: 8 },
  'opened: permission': { type: 'opened', what: 'permission', tabId: 8 },
  'opened: page': { type: 'opened', what: 'page', tabId: 8 },
  'no tab': { type: 'no-tab' },
  'page: nothing yet': { type: 'page', shows: 'nothing-yet' },
  "page: person's turn": { type: 'page', shows: 'persons-turn' },
  'page: approved': { type: 'page', shows: 'approved' },
  'may press confirm': { type: 'may-press', step: 'confirm' },
  'may press allow': { type: 'may-press', step: 'allow' },
  'tab: loading': { type: 'tab', at: 'away', complete: false },
  'tab: portal loading': { type: 'tab', at: 'portal', complete: false },
  'tab: away': { type: 'tab', at: 'away', complete: true },
  'tab: portal': { type: 'tab', at: 'portal', complete: true },
  'tab: seen': { type: 'tab', at: 'seen', complete: true },
  'tab closed': { type: 'tab-closed', tabId: 7 },
  'other tab closed': { type: 'tab-closed', tabId: 9 },
  'reply: token': { type: 'reply', reply: { kind: 'token', token } },
  'reply: pending': { type: 'reply', reply: { kind: 'pending' } },
  'reply: slow down': { type: 'reply', reply: { kind: 'slow-down' } },
  'reply: expired': { type: 'reply', reply: { kind: 'expired' } },
  'reply: denied': { type: 'reply', reply: { kind: 'denied' } },
  'reply: lost': { type: 'reply', reply: { kind: 'lost' } },
  'reply: no network': { type: 'reply', reply: { kind: 'failed', error: new AwsherError('NETWORK', 'No.') } },
  'reply: refused': { type: 'reply', reply: { kind: 'failed', error: new AwsherError('AWS_ERROR', 'No.') } },
  stored: { type: 'stored', expiresAt: '2026-11-30T18:04:00Z', cacheFile: '/home/ana/.aws/sso/cache/a.json' },
  posted: {
    type: 'posted',
    response: new Secret('response-marker'),
    postedTo: 'https://signin.aws.amazon.com/saml',
  },
  'joined by t1 again': { type: 'joined', participant: 't1', watch: false },
  'joined by t2': { type: 'joined', participant: 't2', watch: false },
  'joined by t2, to watch': { type: 'joined', participant: 't2', watch: true },
  't1 left': { type: 'left', participant: 't1' },
  'stranger left': { type: 'left', participant: 't9' },
  cancelled: { type: 'cancelled' },
  failed: { type: 'failed', error: new AwsherError('NETWORK', 'No.') },
  'host lost': { type: 'host-lost' },
  woken: { type: 'woken' },
  'ten seconds later': { type: 'time' },
};

/** Moments at which the clock is looked at. */
const MOMENTS: Readonly<Record<string, (request: Request) => number>> = {
  'when something is due': (request) => dueAt(request) ?? NOW,
  'an hour later': () => NOW + 3_600_000,
};

/** Where a request can be, reached from its beginning by events alone. */
const begun = EVENTS.begun as Event;
const fine = EVENTS['checked: fine'] as Event;
const ask = EVENTS['checked: ask'] as Event;
const missing = EVENTS['checked: missing'] as Event;
const at = (what: 'dialog' | 'permission' | 'page'): Event => ({
  type: 'opened',
  what,
  tabId: 7,
});
const placed = EVENTS.placed as Event;
const code = EVENTS.code as Event;
const time: Event = { type: 'time' };
const approved: Event = { type: 'page', shows: 'approved' };
const personsTurn: Event = { type: 'page', shows: 'persons-turn' };
const noNetwork = EVENTS['reply: no network'] as Event;
const away: Event = { type: 'tab', at: 'away', complete: true };
const press = (step: 'confirm' | 'allow'): Event => ({ type: 'may-press', step });

const toPermission = (kind: keyof typeof FRESH, ...more: Event[]): Event[] | null => {
  if (kind === 'sign-in' || kind === 'pkce') return [fine, placed, missing, ...more];
  return kind === 'saml' ? [missing, ...more] : null;
};
/** The page of a hand-over that the person has open is there from the first moment. */
const toPage = (kind: keyof typeof FRESH, ...more: Event[]): Event[] => {
  if (kind === "person's tab") return [begun, ...more];
  const open = at('page');
  if (kind === 'pkce') return [fine, placed, fine, EVENTS.proof as Event, open, ...more];
  return kind === 'sign-in' ? [fine, placed, fine, code, open, ...more] : [fine, open, ...more];
};
const toApproved = (kind: keyof typeof FRESH, ...more: Event[]): Event[] | null => {
  if (kind === 'pkce') return toPage(kind, EVENTS['came back: code'] as Event, ...more);
  return kind === 'sign-in' ? toPage(kind, approved, ...more) : null;
};
const KINDS = ['sign-in', 'pkce', 'device', "person's tab", 'authorization', 'saml'] as const;
const PATHS: Readonly<Record<string, (kind: keyof typeof FRESH) => Event[] | null>> = {
  starting: () => [],
  'place known': (kind) => (kind === 'sign-in' || kind === 'pkce' ? [fine, placed] : null),
  asking: (kind) => (kind === "person's tab" ? null : [ask]),
  'asking, dialog there': (kind) => (kind === "person's tab" ? null : [ask, at('dialog')]),
  permission: (kind) => toPermission(kind),
  'permission, page there': (kind) => toPermission(kind, at('permission')),
  'opening page': (kind) => (kind === "person's tab" ? null : toPage(kind).slice(0, -1)),
  'page there': (kind) => toPage(kind),
  'page known': (kind) => toPage(kind, { type: 'page', shows: 'nothing-yet' }),
  'page rests': (kind) => toPage(kind, away),
  'page rested': (kind) => toPage(kind, away, time),
  'person signs in': (kind) => toPage(kind, away, time, away),
  'person signs in, woken': (kind) =>
    kind === 'sign-in' ? toPage(kind, away, time, away, { type: 'woken' }) : null,
  'person clicks': (kind) => (kind === 'saml' ? null : toPage(kind, personsTurn)),
  confirming: (kind) => (kind === 'sign-in' || kind === 'device' ? toPage(kind, press('confirm')) : null),
  allowing: (kind) => (kind === 'saml' ? null : toPage(kind, press('allow'))),
  'allowing, away': (kind) => (kind === 'saml' ? null : toPage(kind, press('allow'), away, time)),
  collecting: (kind) => toApproved(kind),
  storing: (kind) => toApproved(kind, EVENTS['reply: token'] as Event),
  ended: (kind) => toPage(kind, { type: 'cancelled' }),
};

/** What is rare enough for one kind. */
const RARE: Readonly<Record<string, () => [Request, Event[]]>> = {
  'sign-in, two wait': () => [FRESH['sign-in'](), [EVENTS['joined by t2'] as Event]],
  'sign-in, the popup waits': () => [{ ...FRESH['sign-in'](), participants: [POPUP] }, []],
  'sign-in, watched, opening page': () => [
    { ...FRESH['sign-in'](), watch: true },
    toPage('sign-in').slice(0, -1),
  ],
  'sign-in, watched, page there': () => [{ ...FRESH['sign-in'](), watch: true }, toPage('sign-in')],
  'authorization, allowing, just away': () => [
    FRESH.authorization(),
    toPage('authorization', press('allow'), away),
  ],
  'sign-in, a tab that is not there yet rests': () => [
    FRESH['sign-in'](),
    [...toPage('sign-in').slice(0, -1), away],
  ],
  'sign-in, rested, then approved': () => [FRESH['sign-in'](), toPage('sign-in', away, approved)],
  'sign-in, confirming, AWS is asked by the clock': () => [
    FRESH['sign-in'](),
    toPage('sign-in', personsTurn, press('confirm')),
  ],
  'sign-in, AWS is being asked': () => [FRESH['sign-in'](), toPage('sign-in', personsTurn, time, time)],
  'sign-in, confirming, AWS is being asked': () => [
    FRESH['sign-in'](),
    toPage('sign-in', personsTurn, time, time, press('confirm')),
  ],
  'sign-in, approved while AWS is being asked': () => [
    FRESH['sign-in'](),
    toPage('sign-in', personsTurn, time, time, approved),
  ],
  'sign-in, no network five times': () => [
    FRESH['sign-in'](),
    toPage('sign-in', approved, ...Array.from({ length: 5 }, () => [noNetwork, time, time]).flat()),
  ],
  'device, answered': () => [FRESH.device(), [ask, at('dialog'), EVENTS['answered: yes'] as Event]],
  "person's tab, the person is asked": () => [{ ...FRESH["person's tab"](), asks: 'always' }, []],
};

/** How to come to every phase of every kind. A step in between takes a second, so that nothing is due by accident. */
const WAYS: readonly { name: string; reach: () => Request }[] = [
  ...KINDS.flatMap((kind) =>
    Object.entries(PATHS).flatMap(([where, path]) => {
      const events = path(kind);
      return events === null
        ? []
        : [{ name: `${kind}, ${where}`, reach: () => after(FRESH[kind](), events) }];
    }),
  ),
  ...Object.entries(RARE).map(([name, rare]) => ({ name, reach: () => after(...rare()) })),
];

function after(begun: Request, events: readonly Event[]): Request {
  let now = BEFORE;
  return events.reduce((request, event) => {
    now += event.type === 'time' ? 3_000 : 1_000;
    return next(request, event, now).request;
  }, begun);
}

export const places = () => WAYS.map(({ name, reach }) => ({ name, request: reach() }));

const seconds = (at: number | null): string => (at === null ? '-' : `+${(at - NOW) / 1000}`);

/** What may have changed in a request, in words and in this order; the rest is said by its name alone. */
const WORDS: Readonly<Partial<Record<keyof Request, (now: Request, before: Request) => string>>> = {
  phase: () => '',
  step: () => '',
  stepAt: () => '',
  endedAt: () => '',
  ending: (now) =>
    errorOf(now)?.code ??
    Object.values(now.ending ?? {})
      .slice(0, 2)
      .join(' '),
  until: ({ until }) => `until ${seconds(until)}`,
  tabId: ({ tabId }) => `tab ${tabId}`,
  broughtToFront: () => 'in front',
  code: (now, before) => asked('code', now.code, before.code),
  proof: (now, before) => asked('proof', now.proof, before.proof),
  rests: ({ rests }) =>
    rests ? (rests.checked ? 'rested' : `rests${rests.checked === false ? '' : '?'}`) : 'moves',
  participants: ({ participants }) => `waits ${participants.join(' ') || 'nobody'}`,
  orphanUntil: ({ orphanUntil }) => `orphan ${seconds(orphanUntil)}`,
  asks: ({ asks }) => asks,
  subject: ({ subject }) =>
    subject.kind === 'sign-in' ? `by ${subject.flow}${subject.changed ? ', changed' : ''}` : 'subject',
};

/** What changed in how AWS is asked for the token. */
function asked(what: string, now: Request['code'] | Request['proof'], before: typeof now): string {
  if (!now) return now === null ? `no ${what}` : `${what}?`;
  const { poll, askAt, asking } = now;
  const isNew = (key: 'intervalMs' | 'failures', usual: number | null) =>
    poll[key] !== (before ? before.poll[key] : usual);
  return [
    before ? '' : what,
    askAt === (before?.askAt ?? null) ? '' : `ask ${seconds(askAt)}`,
    asking === (before?.asking ?? false)
      ? ''
      : asking
        ? 'asking'
        : asking === false
          ? 'not asking'
          : 'asking?',
    isNew('intervalMs', null) ? `every ${poll.intervalMs / 1000}` : '',
    isNew('failures', 0) ? `failed ${poll.failures}` : '',
    'code' in now && now.code !== (before && 'code' in before ? before.code : null)
      ? `answer ${typeof now.code}`
      : '',
  ]
    .filter((change) => change !== '')
    .join(', ');
}

/**
 * What an event came to, in one line: where the request is now, and what is done, in order. "same": nothing has changed, and yet it is
 * put into storage again. `moment`: when it happened, for what should bear its time.
 */
export function told(
  before: Request,
  then: { request: Request; effects: readonly Effect[] },
  moment?: number,
): string {
  const { request, effects } = then;
  const moves = request.phase !== before.phase || request.step !== before.step;
  const keys = new Set([...Object.keys(WORDS), ...Object.keys(request)]) as Set<keyof Request>;
  const changes = [
    moves ? `${request.phase} ${request.step}` : '',
    moment !== undefined && (moves || request.stepAt !== before.stepAt) && request.stepAt !== moment
      ? 'no time'
      : '',
    moment !== undefined && request.ending !== before.ending && request.endedAt !== moment ? 'no end' : '',
    ...[...keys].map((key) =>
      differs(request[key], before[key]) ? (WORDS[key]?.(request, before) ?? key) : '',
    ),
  ].filter((change) => change !== '');
  const nothing = request === before ? '=' : 'same';
  return `${changes.join(', ') || nothing} | ${effects.map(toldEffect).join(', ') || '-'}`;
}

const differs = (one: unknown, other: unknown): boolean =>
  one !== other && (typeof one !== 'object' || JSON.stringify(one) !== JSON.stringify(other));

function toldEffect({ do: what, ...rest }: Effect): string {
  const more = Object.entries(rest).map(([key, value]: [string, unknown]) => {
    if (key === 'saved') return value === true ? '' : 'unsaved';
    if (key === 'until' && typeof value === 'number') return seconds(value);
    if (key === 'url' && typeof value === 'string') return new URL(value).hostname;
    if (typeof value === 'boolean') return value ? key : `no ${key}`;
    if (value === null) return '';
    return typeof value === 'string' || typeof value === 'number' ? `${value}` : value ? key : `${key}?`;
  });
  return [what, ...more].filter((word) => word !== '').join(' ');
}

/** Every place × every event × every kind, as a page to read, which is told place by place. */
export const wholeLife: readonly (() => string)[] = WAYS.map(({ name, reach }) => () => {
  const request = reach();
  const rows = [
    ...Object.entries(EVENTS).map(([event, said]) => ({
      event,
      line: told(request, next(request, said, NOW), NOW),
    })),
    ...Object.entries(MOMENTS).map(([event, moment]) => {
      const then = moment(request);
      return { event: `${event} (${seconds(then)})`, line: told(request, next(request, time, then), then) };
    }),
  ];
  const nothing = rows.filter(({ line }) => line === '= | -').map(({ event }) => event);
  const something = rows
    .filter(({ line }) => line !== '= | -')
    .map(({ event, line }) => `- ${event}: ${line}`);
  return [`## ${name}`, '', ...something, `- nothing: ${nothing.join(' · ')}`, ''].join('\n');
});
