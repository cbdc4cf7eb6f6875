import { readApprovalAddress } from '../../../shared/approval/approval-address.ts';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { dueAt } from '../../../shared/request/due.ts';
import type { Effect, Event } from '../../../shared/request/events.ts';
import { next } from '../../../shared/request/next.ts';
import { beginHandOver, beginRequest, errorOf, type Request } from '../../../shared/request/request.ts';
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
  return kind === 'sign-in' ? toPage(kind, { type: 'page', shows: 'approved' }, ...more) : null;
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
  'page rested': (kind) => toPage(kind, away, { type: 'time' }),
  'person signs in': (kind) => toPage(kind, away, { type: 'time' }, away),
  'person signs in, woken': (kind) =>
    kind === 'sign-in' ? toPage(kind, away, { type: 'time' }, away, { type: 'woken' }) : null,
  'person clicks': (kind) => (kind === 'saml' ? null : toPage(kind, { type: 'page', shows: 'persons-turn' })),
  confirming: (kind) => (kind === 'sign-in' || kind === 'device' ? toPage(kind, press('confirm')) : null),
  allowing: (kind) => (kind === 'saml' ? null : toPage(kind, press('allow'))),
  'allowing, away': (kind) => (kind === 'saml' ? null : toPage(kind, press('allow'), away, { type: 'time' })),
  collecting: (kind) => toApproved(kind),
  storing: (kind) => toApproved(kind, EVENTS['reply: token'] as Event),
  ended: (kind) => toPage(kind, { type: 'cancelled' }),
};

/** Every phase of every kind. A step in between takes a second, so that nothing is due by accident. */
export const places = (): { name: string; request: Request }[] =>
  KINDS.flatMap((kind) =>
    Object.entries(PATHS).flatMap(([where, path]) => {
      const events = path(kind);
      if (events === null) return [];
      let now = BEFORE;
      const request = events.reduce((one, event) => {
        now += event.type === 'time' ? 3_000 : 1_000;
        return next(one, event, now).request;
      }, FRESH[kind]());
      return [{ name: `${kind}, ${where}`, request }];
    }),
  );

/** What an event came to, in one line: where the request is now, and what is done, in order. */
export function told(before: Request, after: { request: Request; effects: readonly Effect[] }): string {
  const { request, effects } = after;
  const { phase, step, until, tabId, rests, participants } = request;
  const asked = request.code ?? request.proof;
  const askedBefore = before.code ?? before.proof;
  const changes = [
    phase === before.phase && step === before.step ? '' : `${phase} ${step}`,
    request.ending && request.ending !== before.ending ? (errorOf(request)?.code ?? request.ending.how) : '',
    until === before.until ? '' : `until +${(until - NOW) / 1000}`,
    tabId === before.tabId ? '' : `tab ${tabId}`,
    request.broughtToFront === before.broughtToFront ? '' : 'in front',
    asked?.askAt === askedBefore?.askAt || !asked
      ? ''
      : `ask ${asked.askAt === null ? '-' : `+${(asked.askAt - NOW) / 1000}`}`,
    asked?.asking === askedBefore?.asking || !asked ? '' : asked.asking ? 'asking' : 'not asking',
    JSON.stringify(rests) === JSON.stringify(before.rests)
      ? ''
      : rests
        ? rests.checked
          ? 'rested'
          : 'rests'
        : 'moves',
    participants.join() === before.participants.join() ? '' : `waits ${participants.join(' ') || 'nobody'}`,
    request.orphanUntil === before.orphanUntil
      ? ''
      : `orphan ${request.orphanUntil === null ? '-' : `+${(request.orphanUntil - NOW) / 1000}`}`,
    request.asks === before.asks ? '' : request.asks,
  ].filter((change) => change !== '');
  const done = effects.map((effect) => {
    const { do: what, ...rest } = effect;
    const more = Object.entries(rest).flatMap(([key, value]) =>
      key === 'saved' ||
      key === 'url' ||
      key === 'until' ||
      value instanceof Secret ||
      typeof value === 'object'
        ? []
        : [key === 'tabId' || typeof value === 'string' ? value : value ? key : `no ${key}`],
    );
    return [what, ...more].join(' ');
  });
  return `${changes.join(', ') || '='} | ${done.join(', ') || '-'}`;
}

/** Every place × every event × every kind, as a page to read. */
export function wholeLife(): string {
  const lines = places().flatMap(({ name, request }) => {
    const rows = [
      ...Object.entries(EVENTS).map(([event, said]) => ({
        event,
        line: told(request, next(request, said, NOW)),
      })),
      ...Object.entries(MOMENTS).map(([event, moment]) => ({
        event,
        line: told(request, next(request, { type: 'time' }, moment(request))),
      })),
    ];
    const nothing = rows.filter(({ line }) => line === '= | -').map(({ event }) => event);
    const something = rows
      .filter(({ line }) => line !== '= | -')
      .map(({ event, line }) => `- ${event}: ${line}`);
    return [`## ${name}`, '', ...something, `- nothing: ${nothing.join(' · ')}`, ''];
  });
  return lines.join('\n');
}
