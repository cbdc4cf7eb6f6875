import * as v from 'valibot';
import {
  isIdpUrl,
  samlEndpoint,
  samlHostPermissions,
  samlRequestPatterns,
} from '../../shared/aws/saml-hosts.ts';
import { AwsherError, toAwsherError } from '../../shared/errors/awsher-error.ts';
import type { Step } from '../../shared/login/progress.ts';
import { AskAnswer, type AskMessage } from '../../shared/protocol/internal.ts';
import type { SamlPosted, SamlStart } from '../../shared/protocol/native.ts';
import { samlTimeout, seenResponse } from '../../shared/saml/posted-response.ts';
import type { Port } from '../platform/api.ts';
import { browserName } from '../platform/identity.ts';
import { pageUrl } from '../platform/pages.ts';
import { missingHosts } from '../platform/permissions.ts';
import { onTabPost, type Post } from '../platform/posts.ts';
import {
  bringToFront,
  closeTab,
  DIALOG_SIZE,
  describeTab,
  openDialog,
  openTab,
  tabIds,
} from '../platform/tabs.ts';
import { nonce, now, sleep, startTimer } from '../platform/time.ts';
import { asksFirst } from './settings.ts';

/** How long one command may wait for the person's answer or permission, and how long a response is then waited for. */
const PERSON_MS = 10 * 60_000;
const ARMED_MS = 5 * 60_000;
/** A live session of the IdP sends its form by script as soon as its page is there; who stays longer wants the person. */
const SETTLED_MS = 1_500;
/** A page that never ends to load. */
const FRONT_AT_LATEST_MS = 8_000;

type Answered = v.InferInput<typeof SamlPosted>;

interface Run extends SamlStart {
  id: string;
  phase: 'asking' | 'permission' | 'starting' | 'armed';
  tabId: number | null;
  inFront: boolean;
  /** Whoever is here takes the listener, the timers and the tab along. */
  undo: (() => void)[];
  resolve(answer: Answered): void;
  reject(error: AwsherError): void;
}

export interface SamlOptions {
  /** Tells the terminal that asked. */
  onStep(participant: string, step: Step): void;
  /** What is missing for it has changed: views should show it. */
  onChange(): void;
}

/**
 * SAML sign-ins: one at a time, for the command that asked. Its IdP's page opens in a tab of ours, and the one response
 * which that tab posts to AWS goes to the host. The listener that can see it exists for that long and for that tab only.
 * All of it lives in memory: a background that was put to sleep has forgotten it, and the command hears so.
 */
export function createSaml({ onStep, onChange }: SamlOptions) {
  let run: Run | null = null;
  const isCurrent = (one: Run): boolean => run === one;

  function close(one: Run): void {
    if (!isCurrent(one)) return;
    run = null;
    for (const undo of one.undo.splice(0)) undo();
    if (one.tabId !== null) void closeTab(one.tabId);
    onChange();
  }

  function fail(one: Run, thrown: unknown): void {
    if (!isCurrent(one)) return;
    close(one);
    one.reject(toAwsherError(thrown));
  }

  function start(request: SamlStart): Promise<Answered> {
    if (run) throw busy(run.name);
    if (!isIdpUrl(request.url))
      throw new AwsherError('USAGE', "The identity provider's address is no https address.");
    return new Promise((resolve, reject) => {
      const one: Run = {
        ...request,
        id: nonce(),
        phase: 'starting',
        tabId: null,
        inFront: false,
        undo: [],
        resolve,
        reject,
      };
      run = one;
      void begin(one).catch((thrown: unknown) => fail(one, thrown));
    });
  }

  async function begin(one: Run): Promise<void> {
    if (await asksFirst(one.asker)) await waitFor(one, 'asking');
    else await afterAnswer(one);
  }

  async function afterAnswer(one: Run): Promise<void> {
    const missing = await missingHosts(samlHostPermissions());
    if (!isCurrent(one)) return;
    if (missing.length > 0) await waitFor(one, 'permission');
    else await arm(one);
  }

  /** Browsers take a person's yes only in a page of the extension, for a permission as for our own question. */
  async function waitFor(one: Run, phase: 'asking' | 'permission'): Promise<void> {
    one.phase = phase;
    onStep(one.participant, phase === 'asking' ? 'answer-needed' : 'permission-needed');
    onChange();
    one.undo.push(startTimer(PERSON_MS, () => fail(one, noAnswer(one, phase))));
    const tabId =
      phase === 'asking'
        ? await openDialog(`ask/ask.html#${one.id}`, DIALOG_SIZE)
        : (await openTab(pageUrl('permission/permission.html'), true)).tabId;
    // Answered or given up while the page was on its way.
    if (!isCurrent(one) || one.phase !== phase) await closeTab(tabId);
    else {
      one.tabId = tabId;
      await bringToFront(tabId);
    }
  }

  function goOn(one: Run, next: (one: Run) => Promise<void>): void {
    one.phase = 'starting';
    for (const undo of one.undo.splice(0)) undo();
    if (one.tabId !== null) void closeTab(one.tabId);
    one.tabId = null;
    void next(one).catch((thrown: unknown) => fail(one, thrown));
  }

  async function arm(one: Run): Promise<void> {
    onStep(one.participant, 'opening-page');
    const armedUntil = now() + ARMED_MS;
    const { tabId, early } = await openListening(one.url);
    if (!isCurrent(one)) {
      early();
      await closeTab(tabId);
      return;
    }
    one.tabId = tabId;
    one.phase = 'armed';
    one.undo.push(
      onTabPost(tabId, samlRequestPatterns(), (request) => seen(one, request, armedUntil)),
      startTimer(ARMED_MS, () => fail(one, samlTimeout())),
      startTimer(FRONT_AT_LATEST_MS, () => void needPerson(one)),
    );
    for (const request of early()) seen(one, request, armedUntil);
  }

  function seen(one: Run, request: Parameters<typeof seenResponse>[0], armedUntil: number): void {
    if (!isCurrent(one)) return;
    const found = seenResponse(request, armedUntil, now());
    if (found.kind === 'other') return;
    close(one);
    if (found.kind === 'refused') one.reject(found.error);
    else {
      const { response, postedTo } = found;
      one.resolve({ response: response.expose(), postedTo: addressOnly(postedTo), browser: browserName() });
    }
  }

  async function needPerson(one: Run): Promise<void> {
    if (!isCurrent(one) || one.inFront || one.tabId === null) return;
    one.inFront = true;
    onStep(one.participant, 'sign-in-needed');
    await bringToFront(one.tabId);
  }

  return {
    start,
    /** Permissions that a sign-in is waiting for. */
    wanted: (): string[] => (run?.phase === 'permission' ? samlHostPermissions() : []),
    async permissionsChanged(): Promise<void> {
      const one = run;
      if (!one || (one.phase !== 'permission' && one.phase !== 'armed')) return;
      const missing = (await missingHosts(samlHostPermissions())).length > 0;
      if (!isCurrent(one)) return;
      if (missing && one.phase === 'armed') fail(one, noAnswer(one, 'permission'));
      if (!missing && one.phase === 'permission') goOn(one, arm);
    },
    /** The page in a tab has finished to load: if it stays, it wants the person. */
    async loaded(tabId: number): Promise<void> {
      const one = run;
      if (one?.tabId !== tabId || one.phase !== 'armed') return;
      if (!(await describeTab(tabId))?.complete) return;
      await sleep(SETTLED_MS);
      if (isCurrent(one) && (await describeTab(tabId))?.complete) await needPerson(one);
    },
    removed(tabId: number): void {
      if (run?.tabId === tabId) fail(run, cancelled(run));
    },
    leave(participant: string): void {
      if (run?.participant === participant) fail(run, cancelled(run));
    },
    running: () => run !== null,
    hostLost(): void {
      if (run) fail(run, new AwsherError('HOST_LOST', 'The awsher host ended in the middle of the sign-in.'));
    },
    /** Serves awsher's own question about this sign-in. `false`: no SAML sign-in asks this. */
    serveDialog(port: Port, id: string): boolean {
      const one = run;
      if (one?.id !== id || one.phase !== 'asking') return false;
      port.onMessage.addListener((sent: unknown) => {
        const said = v.safeParse(AskAnswer, sent);
        if (!said.success || !isCurrent(one) || one.phase !== 'asking') return;
        if (said.output.approve) goOn(one, afterAnswer);
        else fail(one, cancelled(one));
      });
      const { asker, name, url } = one;
      const message: AskMessage = {
        question: { kind: 'sign-in', asker, session: name, hostname: new URL(url).hostname },
      };
      port.postMessage(message);
      return true;
    },
  };
}

/**
 * Opens the IdP's page. A tab has its id only when it is there, and its page could post before: until then posts of new
 * tabs are kept, and those of tabs that were there before are not even looked at. `early` ends that and gives ours.
 * (A tab that is opened empty and sent on afterwards loses its page now and then: measured, Chromium 156.)
 */
async function openListening(url: string): Promise<{ tabId: number; early: () => Post[] }> {
  const before = await tabIds();
  const kept: Post[] = [];
  const stop = onTabPost(null, samlRequestPatterns(), (post) => {
    if (!before.has(post.tabId)) kept.push(post);
  });
  try {
    const { tabId } = await openTab(url, false);
    return {
      tabId,
      early: () => {
        stop();
        return kept.splice(0).filter((post) => post.tabId === tabId);
      },
    };
  } catch (thrown) {
    stop();
    throw thrown;
  }
}
export type Saml = ReturnType<typeof createSaml>;

/** Host and path of AWS's sign-in: whatever else a page put into the address goes nowhere. */
function addressOnly(url: string): string {
  const { hostname } = samlEndpoint(url) ?? { hostname: '' };
  return `https://${hostname}${new URL(url).pathname}`;
}

const again = ({ name }: Pick<Run, 'name'>) => ({ hint: `run \`awsher saml login ${name}\` again` });

function cancelled(one: Pick<Run, 'name'>): AwsherError {
  return new AwsherError('SIGN_IN_CANCELLED', 'The sign-in was cancelled.', again(one));
}

function busy(name: string): AwsherError {
  return new AwsherError('SAML_BUSY', `The browser waits for the response of another sign-in (${name}).`, {
    hint: 'finish it or close its tab, then run the command again',
  });
}

function noAnswer({ name }: Pick<Run, 'name'>, phase: 'asking' | 'permission'): AwsherError {
  if (phase === 'asking')
    return new AwsherError('SIGN_IN_CANCELLED', 'Nobody answered the question in the browser.', {
      hint: `run \`awsher saml login ${name}\` again and press Approve in awsher's window`,
    });
  return new AwsherError('PERMISSION_MISSING', "The browser does not let awsher see AWS's SAML sign-in.", {
    hint: `run \`awsher saml login ${name}\` again and press Allow in the page that opens`,
  });
}
