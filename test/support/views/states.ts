import type { LoggedDecision } from '../../../shared/approval/decision-log.ts';
import type { SessionStatus } from '../../../shared/fields.ts';
import type { Step } from '../../../shared/login/progress.ts';
import {
  type AttemptView,
  DEFAULT_SETTINGS,
  type HostState,
  type PendingView,
  type SessionView,
  type ViewState,
} from '../../../shared/protocol/internal.ts';

/** The instant at which every picture is made: a Tuesday, 14:20 UTC. */
export const PICTURE_TIME = Date.UTC(2026, 10, 17, 14, 20);
const MINUTE = 60_000;
const at = (milliseconds: number): string => new Date(PICTURE_TIME + milliseconds).toISOString();

export const CONNECTED: HostState = { state: 'connected', version: '0.1.0' };
const COMMAND = 'awsher install --browser chromium';

export function unavailable(why: Extract<HostState, { state: 'unavailable' }>['why']): HostState {
  const errors = {
    missing: { code: 'HOST_MISSING', message: 'The awsher command is not installed for this browser.' },
    forbidden: {
      code: 'HOST_FORBIDDEN',
      message: 'The awsher command is set up for another copy of the extension.',
    },
    failed: {
      code: 'HOST_LOST',
      message: 'The awsher command ended three times in a row right after its start.',
      hint: 'run `awsher doctor` and report what it says',
    },
    'too-old': {
      code: 'PROTOCOL_VERSION',
      message: 'The command speaks an older protocol.',
      hint: 'run `npm install --global awsher`, then `awsher install`',
    },
    'too-new': { code: 'PROTOCOL_VERSION', message: 'The command speaks a newer protocol.' },
  };
  return { state: 'unavailable', why, error: errors[why] };
}

export function status(
  state: SessionStatus['state'],
  expiresIn: number | null,
  renews = false,
): Omit<SessionStatus, 'session' | 'startUrl' | 'region'> {
  return {
    state,
    expiresAt: expiresIn === null ? null : at(expiresIn),
    refreshableUntil: renews ? at(60 * 24 * 60 * MINUTE) : null,
    cacheFile: '',
  };
}

export interface SessionParts {
  startUrl?: string;
  source?: SessionView['source'];
  who?: string;
  status?: ReturnType<typeof status> | null;
  attempt?: AttemptView | null;
  renewal?: SessionView['renewal'];
  settings?: SessionView['settings'];
  given?: SessionView['given'];
}

export function session(name: string, parts: SessionParts = {}): SessionView {
  const target = {
    session: name,
    startUrl: parts.startUrl ?? 'https://d-1234567890.awsapps.com/start',
    region: 'eu-central-1',
    scopes: ['sso:account:access'],
  };
  const known = parts.status === undefined ? status('none', null) : parts.status;
  const { startUrl, region } = target;
  return {
    target,
    source: parts.source ?? 'config',
    who: parts.who ?? null,
    status: known && { session: name, startUrl, region, ...known },
    attempt: parts.attempt ?? null,
    renewal: parts.renewal ?? null,
    settings: parts.settings ?? {},
    given: parts.given ?? [],
  };
}

export function attempt(step: Step, parts: Partial<AttemptView> = {}): AttemptView {
  return {
    startedAt: PICTURE_TIME - 12_000,
    asker: { command: 'awsher popup', pid: 0, parents: [] },
    step,
    userCode: null,
    pageReport: null,
    endedAt: null,
    error: null,
    ...parts,
  };
}

export function viewState(parts: Partial<ViewState> = {}): ViewState {
  return {
    host: CONNECTED,
    sessions: [],
    pending: [],
    foreign: null,
    settings: DEFAULT_SETTINGS,
    managed: [],
    notifications: false,
    missingPermissions: [],
    installCommand: COMMAND,
    version: '0.1.0',
    ...parts,
  };
}

export const FOREIGN: LoggedDecision = {
  id: 12,
  at: PICTURE_TIME - MINUTE,
  kind: 'foreign',
  session: null,
  codeEnd: 'QK',
  command: null,
  host: 'd-1234567890.awsapps.com',
  act: 'warned',
  reason: 'foreign-code',
};

export function pending(id: string, parts: Partial<PendingView> = {}): PendingView {
  const asker = FROM_TERMINAL;
  const startedAt = PICTURE_TIME - 12_000;
  return { id, kind: 'device', asker, startedAt, phase: 'page', step: 'opening-page', ...parts };
}

const FROM_TERMINAL = {
  command: 'aws sso login',
  pid: 4242,
  parents: ['zsh'],
  folder: 'shop-api',
  profile: 'prod',
};
const VALID = status('valid', 3 * 60 * MINUTE + 44 * MINUTE);
const one = (parts: SessionParts): ViewState => viewState({ sessions: [session('corp', parts)] });
const running = (step: Step, parts: Partial<AttemptView> = {}): ViewState =>
  one({ status: status('expired', -9 * MINUTE), attempt: attempt(step, parts) });

/** Every state that the popup can be in, by the name of its picture. `null`: no state has come yet. */
export const POPUP_STATES: Record<string, ViewState | null> = {
  starting: null,
  empty: viewState(),
  connecting: viewState({ host: { state: 'connecting' } }),
  'connecting-sessions': viewState({
    host: { state: 'connecting' },
    sessions: [session('corp', { status: null })],
  }),
  'host-missing': viewState({ host: unavailable('missing') }),
  'host-forbidden': viewState({ host: unavailable('forbidden') }),
  'host-failed': viewState({ host: unavailable('failed'), sessions: [session('corp', { status: null })] }),
  'host-too-old': viewState({ host: unavailable('too-old') }),
  'host-too-new': viewState({ host: unavailable('too-new') }),
  permission: viewState({
    sessions: [session('corp')],
    missingPermissions: ['https://*.awsapps.com/*', 'https://oidc.eu-central-1.amazonaws.com/*'],
  }),
  signed_out: one({}),
  valid: one({ status: VALID, who: 'ana@example.com' }),
  renewing: one({ status: status('valid', 22 * MINUTE, true), who: 'ana@example.com', renewal: 'running' }),
  renewed: one({ status: status('valid', 60 * MINUTE, true), who: 'ana@example.com', renewal: 'done' }),
  pending: viewState({
    sessions: [session('corp', { status: VALID, who: 'ana@example.com' })],
    pending: [
      pending('h1', { phase: 'asking', asker: { command: 'steampipe', pid: 9, parents: ['node'] } }),
      pending('h2', { step: 'confirming', startedAt: PICTURE_TIME - 3_000 }),
      pending('h3', { step: 'sign-in-needed', startedAt: PICTURE_TIME - 64_000 }),
    ],
  }),
  foreign: viewState({ sessions: [session('corp', { status: VALID })], foreign: FOREIGN }),
  many: viewState({
    sessions: [
      session('corp', { status: status('valid', 41 * MINUTE, true), who: 'ana@example.com' }),
      session('data-platform', {
        startUrl: 'https://ssoins-7223a1b2c3d4e5f6.eu-west-1.portal.amazonaws.com',
        status: status('expiring', 12 * MINUTE),
      }),
      session('gov', {
        startUrl: 'https://start.us-gov-home.awsapps.com/directory/gov',
        status: status('expired', -20 * 60 * MINUTE),
      }),
      session('lab', { source: 'extension', status: null }),
      session('old', { status: status('broken', null) }),
      session('night', { status: status('refreshable', -5 * MINUTE, true) }),
    ],
  }),
  'run-requesting': running('requesting-code'),
  'run-page': running('waiting-for-page'),
  'run-sign-in': one({
    attempt: attempt('sign-in-needed', { asker: FROM_TERMINAL, startedAt: PICTURE_TIME - 83_000 }),
  }),
  'run-allowing': running('allowing'),
  'run-click': running('click-needed', { userCode: 'ABCD-EFGH' }),
  'run-storing': running('storing-token'),
  done: one({ status: VALID, attempt: attempt('done', { endedAt: PICTURE_TIME }) }),
  failed: one({
    status: status('expired', -9 * MINUTE),
    attempt: attempt('requesting-code', {
      endedAt: PICTURE_TIME,
      error: {
        code: 'REGION_WRONG',
        message: 'The portal d-1234567890.awsapps.com does not live in eu-central-1.',
        hint: 'run `awsher login corp --region us-east-1 --replace`',
      },
    }),
  }),
  'failed-files': one({
    status: status('expired', -9 * MINUTE),
    attempt: attempt('storing-token', {
      endedAt: PICTURE_TIME,
      error: {
        code: 'FILE_WRITE',
        message: 'The token file could not be written.',
        hint: 'run `awsher doctor`',
      },
    }),
  }),
  cancelled: one({
    attempt: attempt('confirming', {
      endedAt: PICTURE_TIME,
      error: { code: 'SIGN_IN_CANCELLED', message: 'The sign-in was canceled.' },
    }),
  }),
};

/** A log with each kind of decision, newest first. */
export const HISTORY: LoggedDecision[] = (
  [
    [1, 'foreign', null, null, 'd-1234567890.awsapps.com', 'warned', 'foreign-code', 'QK'],
    [4, 'sign-in', 'corp', 'awsher login', 'corp.awsapps.com', 'approved', 'page-says-approved', 'TB'],
    [4, 'sign-in', 'corp', 'awsher login', 'corp.awsapps.com', 'pressed-allow', 'all-checks-passed', 'TB'],
    [5, 'sign-in', 'corp', 'awsher login', 'corp.awsapps.com', 'pressed-confirm', 'all-checks-passed', 'TB'],
    [180, 'hand-over', null, 'aws sso login', 'corp.awsapps.com', 'approved', 'page-says-approved', 'MW'],
    [1_500, 'hand-over', null, 'assume', 'corp.awsapps.com', 'declined', 'accepted-by-person', null],
    [1_560, 'sign-in', 'data-platform', 'the popup', 'data.awsapps.com', 'left', 'button-covered', 'CD'],
    [4_400, 'foreign', null, null, 'corp.awsapps.com', 'accepted', 'accepted-by-person', 'ZZ'],
  ] as const
).map(([minutes, kind, session, command, host, act, reason, codeEnd], index, all) => {
  const decided = PICTURE_TIME - minutes * MINUTE;
  return { id: all.length - index, at: decided, kind, session, command, host, act, reason, codeEnd };
});

/** Every state that the options page shows by its state alone. */
export const OPTIONS_STATES: Record<string, ViewState | null> = {
  empty: viewState(),
  sessions: viewState({
    sessions: [session('corp'), session('lab', { source: 'extension', status: null })],
    settings: { ...DEFAULT_SETTINGS, label: 'work', watch: true },
  }),
  'session-settings': viewState({
    sessions: [
      session('corp', { settings: { flow: 'pkce', endpoints: 'dual-stack' }, given: ['flow'] }),
      session('lab', { source: 'extension', status: null }),
    ],
    settings: { ...DEFAULT_SETTINGS, noDeviceCodes: true },
  }),
  'host-missing': viewState({
    host: unavailable('missing'),
    sessions: [session('lab', { source: 'extension' })],
  }),
  managed: viewState({
    sessions: [session('corp', { source: 'managed', status: null })],
    settings: { ...DEFAULT_SETTINGS, label: 'work', ask: true, notifyForeign: true },
    managed: ['ask', 'label', 'notifyForeign'],
    missingPermissions: ['https://oidc.eu-central-1.amazonaws.com/*'],
  }),
};
