import { AwsherError } from '../../../../shared/errors/awsher-error.ts';
import type { FoundPortal, Target } from '../../../../shared/fields.ts';
import type { Flow, FlowChoice } from '../../../../shared/flows.ts';
import { deviceCodesOff } from '../../../../shared/login/endings.ts';
import type { Told } from '../../../../shared/login/progress.ts';
import type { AwsClients } from '../../../aws/calls/clients.ts';
import { acquireLock } from '../../../base/files/lock.ts';
import { readToken, tokenFileName, tokenFilePath } from '../../../base/files/token-cache.ts';
import { formatTimestamp } from '../../../base/formats/token-dates.ts';
import type { ConnectedHost } from '../../../base/link/find-hosts.ts';
import type { Context } from '../../../base/platform/context.ts';
import { onKey } from '../../../base/platform/keys.ts';
import { openInBrowser } from '../../../base/platform/opener.ts';
import { farAway, mayOpenBrowser, whereAmI } from '../../../base/platform/remote.ts';
import { readSettings } from '../../../features/settings/own-settings.ts';
import { type AskingAgent, askingAgent, forAgent } from '../../../features/signin/agent-rule.ts';
import { describeAsker } from '../../../features/signin/asker.ts';
import { browserSignIn } from '../../../features/signin/browser-sign-in.ts';
import { codeSignIn } from '../../../features/signin/code-sign-in.ts';
import { deviceSignIn } from '../../../features/signin/device-sign-in.ts';
import { keepLastBrowser } from '../../../features/signin/last-browser.ts';
import { storeSignIn } from '../../../features/signin/store-token.ts';
import type { Output } from '../output.ts';
import { findBrowser } from './find-browser.ts';
import { addressLines, codeLines } from './login-words.ts';
import type { Progress } from './progress.ts';

/** While the page of a code waits for the person. */
const OTHER_KEY = 'p';
const OTHER_WAY = 'p: another way';

export interface SignInOptions {
  context: Context;
  output: Output;
  progress: Progress;
  clients: AwsClients;
  target: Target;
  /** Where its start URL leads. */
  found: FoundPortal;
  /** The profile that named the session. */
  profile: string | undefined;
  /** `--browser LABEL` */
  browser: string | undefined;
  noBrowser: boolean;
  /** `--flow`; without it what the settings say of the session counts, in the browser and here. */
  flow: FlowChoice;
  watch: boolean;
  signal: AbortSignal;
}

export interface SignedIn {
  how: 'cached' | 'refreshed' | 'browser' | Flow;
  /** The way to a new token; `null` when the token was there. */
  flow: Flow | null;
  browser: string | null;
  expiresAt: string;
  cacheFile: string;
}

/** A new sign-in: through a connected browser, one that is started for it, or the device flow by hand. */
export async function signIn(options: SignInOptions): Promise<SignedIn> {
  const { noBrowser, context, flow } = options;
  const { agents = 'ask', device_codes } = readSettings(context.paths);
  const agent = await askingAgent(context, agents);
  if (flow === 'device' && device_codes === 'never') throw deviceCodesOff();
  const offer = offerOtherWay(options);
  const watched = { ...options, progress: offer.progress };
  const host = noBrowser ? undefined : await browserFor(watched);
  if (!host) return byHand(options);
  try {
    return await byBrowser(host, watched, agent, offer);
  } catch (thrown) {
    throw forAgent(thrown, agent);
  }
}

type Offer = ReturnType<typeof offerOtherWay>;

/** While the page of a code waits for the person at a terminal, one key takes the other way. */
function offerOtherWay({ context, flow, output, progress }: SignInOptions) {
  const offers = context.stdin.isTTY && context.stderr.isTTY && !output.json && !output.quiet;
  let take = (): void => {};
  let stop: (() => void) | null = null;
  const over = (): void => {
    stop?.();
    stop = null;
  };
  return {
    over,
    /** How it is taken. */
    by(next: () => void): void {
      take = next;
    },
    progress: {
      ...progress,
      step(told: Told): void {
        const waits = offers && told.step === 'click-needed' && flow !== 'pkce';
        // Heard before it is offered.
        if (waits) stop ??= onKey(OTHER_KEY, () => take());
        else over();
        progress.step(told, waits ? OTHER_WAY : '');
      },
    },
  };
}

async function byBrowser(
  host: ConnectedHost,
  { context, target, watch, flow, signal, profile, progress }: SignInOptions,
  agent: AskingAgent,
  offer: Offer,
): Promise<SignedIn> {
  const asker = describeAsker(context, 'awsher login', { profile, agent });
  const { browser: kind, label } = host;
  const signedIn = await browserSignIn(host, {
    context,
    target,
    asker,
    watch,
    flow,
    signal,
    onStep: progress.step,
    otherWay: offer.by,
  }).finally(offer.over);
  keepLastBrowser(context.paths, { browser: kind, label });
  const { expiresAt, cacheFile, browser, flow: way = 'device' } = signedIn;
  return { how: 'browser', flow: way, browser, expiresAt, cacheFile };
}

/** The browser to sign in with. `undefined`: there is none, and the person knows why. */
async function browserFor(options: SignInOptions): Promise<ConnectedHost | undefined> {
  const { context, output, progress, browser, target, signal } = options;
  const far = farAway(context.env);
  if (browser === undefined && far !== undefined) {
    output.tell(`This is a remote shell (${far}), so awsher opens no browser here.`);
    return undefined;
  }
  // A pin is about who signs in: another browser in its place would be another person.
  const pin = browser === undefined ? readSettings(context.paths).browsers?.[target.session] : undefined;
  const found = await findBrowser({ context, wanted: browser, pin, signal, progress });
  if (found.host) return found.host;
  output.tell(
    found.installed
      ? 'No browser with awsher is connected. Approve this sign-in yourself:'
      : 'awsher is not in a browser yet (run `awsher install`). Approve this sign-in yourself:',
  );
  return undefined;
}

/** A sign-in by the terminal itself. Others that ask for the same session meanwhile wait for this one. */
async function byHand(options: SignInOptions): Promise<SignedIn> {
  const { context, target, found } = options;
  const { paths } = context;
  const before = readToken(paths, target.session);
  const lock = await takeTurn(options);
  try {
    const meanwhile = readToken(paths, target.session);
    const isNew =
      meanwhile.kind === 'token' &&
      (before.kind !== 'token' || before.token.accessToken.expose() !== meanwhile.token.accessToken.expose());
    if (isNew && meanwhile.token.expiresAt > context.now()) {
      const cacheFile = tokenFilePath(paths, target.session);
      return {
        how: 'cached',
        flow: null,
        browser: null,
        expiresAt: formatTimestamp(meanwhile.token.expiresAt),
        cacheFile,
      };
    }
    const how = flowByHand(options);
    const { registration, token } = await (how === 'pkce' ? byCode(options) : byDevice(options));
    const fresh = { target: { ...target, region: found.region }, client: registration, token };
    const stored = await storeSignIn(paths, fresh, context.now);
    return { how, flow: how, browser: null, expiresAt: stored.expiresAt, cacheFile: stored.cacheFile };
  } finally {
    lock.release();
  }
}

/** PKCE where a browser of this computer brings the answer back: nothing is to be compared or typed there. */
function flowByHand({ context, flow: typed, noBrowser, target }: SignInOptions): Flow {
  const opens = !noBrowser && mayOpenBrowser(context);
  const { device_codes, sessions } = readSettings(context.paths);
  const flow = typed === 'auto' ? (sessions?.[target.session]?.flow ?? typed) : typed;
  const comesBack = opens && whereAmI(context).kind === 'local';
  if (device_codes === 'never' && flow !== 'pkce') {
    if (comesBack) return 'pkce';
    throw deviceCodesOff();
  }
  if (flow === 'auto') return comesBack ? 'pkce' : 'device';
  if (flow === 'device' || opens) return flow;
  throw new AwsherError('USAGE', 'PKCE needs a browser that awsher can open on this computer.', {
    hint: 'leave out `--flow pkce` and approve a code on any device',
  });
}

async function byCode({ context, clients, target, found, signal, output, progress }: SignInOptions) {
  let opening: Promise<unknown> = Promise.resolve();
  const open = (address: string) => {
    progress.stop();
    context.stderr.write(addressLines(address, target.session, output.style));
    opening = openInBrowser(context, address);
    progress.say('Waiting for your approval');
  };
  const signedIn = await codeSignIn({ context, clients, target, found, signal, open });
  await opening;
  return signedIn;
}

async function byDevice(options: SignInOptions) {
  const { context, output, progress, target, found, clients, signal, noBrowser } = options;
  const asker = describeAsker(context, 'awsher login');
  let opening: Promise<unknown> = Promise.resolve();
  const signedIn = await deviceSignIn({
    context,
    clients,
    target,
    found,
    asker,
    signal,
    show: ({ userCode, verificationUri, verificationUriComplete, livesMs }) => {
      progress.stop();
      const minutes = Math.round(livesMs / 60_000);
      const far = whereAmI(context).kind !== 'local';
      context.stderr.write(
        codeLines({ userCode, verificationUri, verificationUriComplete, minutes, far }, output.style),
      );
      if (!noBrowser && mayOpenBrowser(context)) opening = openInBrowser(context, verificationUriComplete);
      progress.say('Waiting for your approval');
    },
  });
  await opening;
  return signedIn;
}

const SOON_MS = 300;

/** Only one terminal at a time shows a code for a session. */
async function takeTurn({ context, output, target, signal }: SignInOptions) {
  const name = `sign-in-${tokenFileName(target.session).slice(0, 40)}`;
  try {
    return await acquireLock(context.paths, name, { timeoutMs: SOON_MS, signal });
  } catch (thrown) {
    if (!(thrown instanceof AwsherError) || thrown.code !== 'LOCK_TIMEOUT') throw thrown;
    output.tell('Another terminal is signing in to the same session; waiting for it.');
    return acquireLock(context.paths, name, { timeoutMs: 24 * 3600_000, signal });
  }
}
