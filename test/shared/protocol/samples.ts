import type * as v from 'valibot';
import { PAGE_FACTS } from '../../../shared/approval/page-facts.ts';
import * as dialog from '../../../shared/protocol/dialog.ts';
import * as internal from '../../../shared/protocol/internal.ts';
import { LOCAL_COMMAND, LOCAL_HOST } from '../../../shared/protocol/local.ts';
import { EXTENSION, HOST } from '../../../shared/protocol/native.ts';
import { NOTICE_WORDS } from '../../../shared/protocol/notice-words.ts';
import * as page from '../../../shared/protocol/page.ts';
import type { Surface } from '../../../shared/protocol/peer.ts';
import * as roles from '../../../shared/protocol/roles.ts';

/** One valid message, whole: every optional field is there, every nullable one has its value. */
export interface Sample {
  name: string;
  schema: v.GenericSchema<unknown, unknown>;
  message: unknown;
}

const asker = {
  command: 'awsher login',
  pid: 42,
  parents: ['zsh', 'tmux'],
  folder: 'infra',
  profile: 'prod',
  agent: 'Claude Code',
};
const target = {
  session: 'corp',
  startUrl: 'https://corp.awsapps.com/start',
  region: 'us-east-1',
  scopes: ['sso:account:access'],
};
const status = {
  session: 'corp',
  startUrl: target.startUrl,
  region: 'us-east-1',
  state: 'valid',
  expiresAt: '2026-11-23T18:04:00Z',
  refreshableUntil: '2027-02-21T18:04:00Z',
  cacheFile: '/home/ana/.aws/sso/cache/aa.json',
};
const consolePage = { url: 'https://signin.aws.amazon.com/federation?Action=login&SigninToken=t' };
const registration = { clientId: 'client', clientSecret: 'secret', expiresAt: 1_900_000_000 };
const start = { participant: '42.1.0', target, asker, watch: false, joinOnly: false };
const signedIn = { expiresAt: status.expiresAt, cacheFile: status.cacheFile, browser: 'chromium' };
const nothing = {};
const decision = {
  id: 7,
  at: 1_900_000_000_000,
  kind: 'sign-in',
  session: 'corp',
  codeEnd: 'GH',
  command: 'awsher login',
  host: 'corp.awsapps.com',
  act: 'pressed-confirm',
  reason: 'all-checks-passed',
};
const history = { params: { before: 8, limit: 50 }, result: { decisions: [decision] } };
const handOver = { url: 'https://corp.awsapps.com/start/#/device', asker, silent: true };

const check = {
  id: 'launcher',
  title: 'launcher',
  state: 'fail',
  text: 'It is gone.',
  next: 'run it',
  fixable: false,
};
const error = { code: 'HOST_MISSING', message: 'It is not there.', hint: 'run `awsher install`' };
const role = { session: 'corp', accountId: '111122223333', roleName: 'Admin' };
const account = {
  accountId: '111122223333',
  accountName: 'shop-dev',
  emailAddress: 'shop@example.com',
  roles: ['Admin'],
  problem: 'forbidden',
  label: 'Shop',
  colour: 'blue',
  production: true,
};
const explained = {
  profile: 'shop-dev_Admin',
  verdict: 'Credentials come from IAM Identity Center.',
  lines: [
    { depth: 0, mark: 'detail', title: 'profile shop-dev_Admin', text: '', place: '~/.aws/config:7' },
    { depth: 1, mark: 'taken', title: 'Identity Center', text: 'session corp', place: '' },
  ],
};
const keys = {
  accessKeyId: 'ASIA1',
  secretAccessKey: 'secret',
  sessionToken: 'session',
  expiresAt: 1_900_000_000,
};
const progress = { session: 'corp', done: 1, total: 2, ended: true, error };
const samlAsked = { name: 'corp', url: 'https://idp.example.com/start', asker };
const samlPosted = {
  response: 'PHg+',
  postedTo: 'https://signin.aws.amazon.com/saml',
  browser: 'chromium',
};

/** `method` → valid params, and valid result where it has one. */
type Table = Record<string, { params: unknown; result?: unknown }>;

const SURFACES: [name: string, surface: Surface, table: Table][] = [
  [
    'host',
    HOST,
    {
      hello: {
        params: { protocol: 1, oldest: 1, version: '0.1.0', browser: 'chromium', label: 'work' },
        result: { protocol: 1, oldest: 1, version: '0.1.0', pid: 42 },
      },
      'settings.change': {
        params: { noDeviceCodes: false, sessions: [{ session: 'corp', flow: 'auto', endpoints: 'auto' }] },
        result: nothing,
      },
      'sessions.list': { params: nothing, result: { sessions: [{ ...status, who: 'ana@example.com' }] } },
      'settings.read': {
        params: nothing,
        result: {
          noDeviceCodes: true,
          sessions: [{ session: 'corp', flow: 'pkce', endpoints: 'ipv4' }],
        },
      },
      'session.renew': { params: { session: 'corp' }, result: { expiresAt: status.expiresAt } },
      'session.logout': { params: { session: 'corp' }, result: { removed: true, warning: 'It is away.' } },
      'session.edit': {
        params: { session: 'corp', startUrl: target.startUrl, region: null },
        result: { region: 'us-east-1' },
      },
      'session.region': { params: { session: 'corp' }, result: { region: 'us-east-1' } },
      'portal.find': {
        params: { session: 'corp', startUrl: target.startUrl, region: 'us-east-1', scopes: target.scopes },
        result: { portal: target.startUrl, region: 'us-east-1', family: 'dual-stack', flow: 'pkce' },
      },
      'pages.facts': { params: { asOf: '2026-11-29' }, result: { facts: PAGE_FACTS } },
      'registration.find': {
        params: {
          startUrl: target.startUrl,
          region: 'us-east-1',
          scopes: target.scopes,
          clientId: 'client-1',
        },
        result: { registration },
      },
      'registration.save': {
        params: { startUrl: target.startUrl, region: 'us-east-1', scopes: target.scopes, ...registration },
        result: nothing,
      },
      'token.store': {
        params: {
          target,
          clientId: 'client-1',
          client: { clientId: 'client-1' },
          accessToken: 'access',
          refreshToken: 'refresh',
          expiresIn: 28_800,
          writeSection: true,
        },
        result: { cacheFile: status.cacheFile, expiresAt: status.expiresAt },
      },
      'vouch.find': { params: { codeHash: 'a'.repeat(64) }, result: { asker } },
      'signins.running': {
        params: nothing,
        result: {
          commands: [
            { command: 'aws sso login', pid: 42, startedAt: 1_900_000_000_000, endpointOverride: false },
          ],
        },
      },
      'listener.who': {
        params: { port: 51_234 },
        result: {
          listener: {
            asker,
            executable: '/usr/bin/python3.11',
            trustable: true,
            tool: 'aws sso login',
            own: true,
            loopback: true,
            alone: true,
            sameNetwork: true,
            since: 1_900_000_000_000,
            agentDenied: false,
            endpointOverride: false,
          },
        },
      },
      'doctor.run': { params: { fix: false }, result: { checks: [check] } },
      'catalogue.list': {
        params: { session: 'corp', cursor: 0 },
        result: {
          startUrl: target.startUrl,
          region: 'us-east-1',
          accountsAsOf: 1,
          accounts: [account],
          next: 40,
        },
      },
      'catalogue.refresh': { params: { session: 'corp' }, result: nothing },
      'profile.ensure': { params: role, result: { profile: 'shop-dev_Admin', created: true } },
      'role.explain': { params: role, result: explained },
      'keys.show': { params: role, result: keys },
      'signin.progress': { params: { participant: '42.1.0', step: 'click-needed', userCode: 'ABCD-EFGH' } },
    },
  ],
  [
    'extension',
    EXTENSION,
    {
      'signin.start': { params: start, result: signedIn },
      'signin.leave': { params: { participant: '42.1.0' } },
      'handover.open': { params: handOver, result: nothing },
      'saml.start': { params: { participant: '42.1.0', ...samlAsked }, result: samlPosted },
      'console.open': { params: consolePage, result: nothing },
      'history.list': history,
      'sessions.changed': { params: nothing },
      'catalogue.changed': { params: progress },
    },
  ],
  [
    'local host',
    LOCAL_HOST,
    {
      hello: {
        params: { protocol: 1, oldest: 1, version: '0.1.0' },
        result: {
          protocol: 1,
          oldest: 1,
          version: '0.1.0',
          pid: 42,
          browser: 'chromium',
          label: 'work',
          extensionVersion: '0.1.0',
        },
      },
      'signin.start': { params: { target, asker, watch: false, joinOnly: false }, result: signedIn },
      'places.read': {
        params: nothing,
        result: {
          AWS_CONFIG_FILE: '/home/ana/.aws/config',
          AWS_SHARED_CREDENTIALS_FILE: '/home/ana/.aws/credentials',
          AWS_CA_BUNDLE: '',
          XDG_CONFIG_HOME: '/home/ana/.config',
          proxy: 'http://proxy:3128',
        },
      },
      'handover.open': { params: handOver, result: nothing },
      'saml.start': { params: samlAsked, result: samlPosted },
      'console.open': { params: consolePage, result: nothing },
      'history.list': history,
      'sessions.changed': { params: nothing },
    },
  ],
  [
    'local command',
    LOCAL_COMMAND,
    { 'signin.progress': { params: { step: 'click-needed', userCode: 'ABCD-EFGH' } } },
  ],
];

function ofSurface([name, surface, table]: (typeof SURFACES)[number]): Sample[] {
  const params = Object.entries({ ...surface.methods, ...surface.notifications }).map(
    ([method, declared]) => ({
      name: `${name} ${method}`,
      schema: declared.params,
      message: table[method]?.params,
    }),
  );
  const results = Object.entries(surface.methods).map(([method, declared]) => ({
    name: `${name} ${method}, the answer`,
    schema: declared.result,
    message: table[method]?.result,
  }));
  return [...params, ...results];
}

const seen = { present: 1, usable: 1, disabled: 0, covered: false };
const reading = {
  confirm: seen,
  allow: seen,
  shownCodes: ['ABCD-EFGH'],
  approved: false,
  error: false,
  blank: false,
};
const attempt = {
  startedAt: 1,
  asker,
  step: 'click-needed',
  userCode: 'ABCD-EFGH',
  pageReport: 'page x',
  endedAt: 2,
  error,
};
const settings = {
  label: 'work',
  watch: true,
  ask: true,
  noDeviceCodes: true,
  notifyExpiry: true,
  notifyForeign: false,
  notifyDone: true,
  consoleContainer: true,
  theme: 'dark',
  language: 'ko',
};
const pending = { id: 'h1', kind: 'device', asker, startedAt: 1, phase: 'asking', step: 'opening-page' };
const state = {
  host: { state: 'unavailable', why: 'missing', error },
  sessions: [
    {
      target,
      source: 'config',
      who: 'ana',
      status,
      attempt,
      renewal: 'done',
      settings: { flow: 'pkce', endpoints: 'ipv4' },
      given: ['flow'],
    },
  ],
  pending: [pending],
  foreign: decision,
  settings,
  managed: ['ask'],
  notifications: true,
  missingPermissions: ['https://oidc.us-east-1.amazonaws.com/*'],
  installCommand: 'awsher install --browser chromium',
  version: '0.1.0',
};

const question = {
  kind: 'authorization',
  asker,
  askBecause: 'setting',
  hostname: 'oidc.us-east-1.amazonaws.com',
  port: 8400,
  path: '/usr/local/bin/company-login',
  mayTrust: true,
};
const running = { command: 'aws sso login', startedAt: 1 };

/** By the name under which a schema is exported. */
const INTERNAL: Record<string, readonly unknown[]> = {
  PageMessage: [
    { type: 'page.seen', reading, facts: '2026-11-30' },
    { type: 'page.pressed', nonce: 'n1', outcome: 'clicked' },
    { type: 'notice.choice', choice: 'leave', notice: 'n1', reading },
  ],
  PageLook: [{ language: 'en', direction: 'ltr', css: 'dialog{}' }],
  PageOrder: [
    { do: 'nothing' },
    { do: 'watch' },
    {
      do: 'press',
      step: 'confirm',
      nonce: 'n1',
      address: 'https://corp.awsapps.com/start/#/device?user_code=ABCD-EFGH',
    },
    {
      do: 'notice',
      id: 'n1',
      state: 'compare',
      code: 'ABCD-EFGH',
      host: 'corp.awsapps.com',
      look: { language: 'en', direction: 'ltr', css: 'dialog{}' },
      words: Object.fromEntries(NOTICE_WORDS.map((name) => [name, `Text of ${name}.`])),
      waiting: [{ command: 'awsher login', session: 'corp', startedAt: 1, line: 'awsher login for corp' }],
    },
    { do: 'withdraw-notice' },
    { do: 'read-by', facts: JSON.stringify(PAGE_FACTS) },
    { do: 'hint', look: { language: 'ko', direction: 'rtl', css: '.line{}' }, line: 'Please click.' },
  ],
  ViewRequest: [
    { type: 'session.region', session: 'corp' },
    { type: 'authorize', session: 'corp' },
    { type: 'renew', session: 'corp' },
    { type: 'cancel', session: 'corp' },
    { type: 'dismiss', session: 'corp' },
    { type: 'session.add', session: 'corp', startUrl: target.startUrl, region: 'us-east-1' },
    { type: 'show', session: 'corp' },
    { type: 'pending.show', id: 'h1' },
    { type: 'pending.cancel', id: 'h1' },
    { type: 'session.logout', session: 'corp' },
    { type: 'session.edit', was: 'lab', session: 'corp', startUrl: target.startUrl, region: 'us-east-1' },
    { type: 'history.watch' },
    { type: 'foreign.seen', id: 7 },
    { type: 'session.remove', session: 'corp' },
    { type: 'settings.change', settings },
    { type: 'host.retry' },
    { type: 'doctor.run', fix: false },
  ],
  ViewMessage: [
    { type: 'state', state },
    { type: 'refused', error },
    { type: 'doctor', checks: [check], error },
    { type: 'history', decisions: [decision] },
  ],
  HostState: [{ state: 'connecting' }, { state: 'connected', version: '0.1.0' }, state.host],
  ViewState: [state],
  SessionView: state.sessions,
  AttemptView: [attempt],
  PendingView: [pending],
  Settings: [settings],
  WaitingHere: [{ command: 'awsher login', session: 'corp', startedAt: 1, line: 'awsher login for corp' }],
  PageCall: [{ do: 'look' }, { do: 'outline' }],
  RunningCommand: [running],
  Question: [
    question,
    {
      kind: 'device',
      asker,
      askBecause: 'endpoint-override',
      hostname: 'corp.awsapps.com',
      userCode: 'ABCD-EFGH',
      running: [running],
    },
    { kind: 'sign-in', asker, session: 'corp', hostname: 'corp.awsapps.com' },
  ],
  AskMessage: [{ question }],
  AskAnswer: [{ approve: true, always: true }],
};

/** What `roles.ts` exports, in the same way. */
const ROLES: Record<string, readonly unknown[]> = {
  RoleRef: [role],
  ListedAccount: [account],
  ExplainedLine: explained.lines,
  CatalogueChanged: [progress],
  KeptCatalogue: [{ session: 'corp', startUrl: target.startUrl, accountsAsOf: 1, accounts: [account] }],
  RolePreferences: [
    {
      favourites: ['corp 111122223333 Admin'],
      recents: ['corp 111122223333 Admin'],
      accounts: { '111122223333': { label: 'Shop', colour: 'turquoise' } },
      productionPattern: 'prod',
    },
  ],
  RolesRequest: [
    { id: 1, ask: { type: 'refresh', session: 'corp' } },
    { id: 1, ask: { type: 'console', role } },
    { id: 1, ask: { type: 'profile', role } },
    { id: 1, ask: { type: 'explain', role } },
    { id: 1, ask: { type: 'keys', role } },
  ],
  RolesMessage: [
    { type: 'done', id: 1 },
    { type: 'profile', id: 1, profile: 'shop-dev_Admin', created: true },
    { type: 'explain', id: 1, ...explained },
    { type: 'keys', id: 1, ...keys },
    { type: 'failed', id: 1, error },
    { type: 'progress', progress },
  ],
};

type Schema = v.GenericSchema<unknown, unknown>;
const isSchema = (value: unknown): value is Schema => Reflect.get(Object(value), 'kind') === 'schema';

export const SAMPLES: readonly Sample[] = [
  ...SURFACES.flatMap(ofSurface),
  ...[internal, page, dialog, roles]
    .flatMap((all) => Object.entries(all))
    .flatMap(([name, schema]) =>
      isSchema(schema)
        ? (INTERNAL[name] ?? ROLES[name] ?? [undefined]).map((message, index) => ({
            name: `${name} ${index + 1}`,
            schema,
            message,
          }))
        : [],
    ),
];
