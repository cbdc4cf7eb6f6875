import * as v from 'valibot';
import { type AuthorizeAddress, readAuthorizeAddress } from '../../../shared/approval/approval-address.ts';
import type { Listener } from '../../../shared/approval/listener.ts';
import {
  type ListenerScene,
  type Vouch,
  vouchByListener,
} from '../../../shared/approval/vouch-by-listener.ts';
import { type Asker, askedBy } from '../../../shared/fields.ts';
import { ANSWER_DEADLINE_MS } from '../../../shared/limits.ts';
import { AskAnswer, type AskMessage, type Question } from '../../../shared/protocol/internal.ts';
import type { Port } from '../../platform/api.ts';
import { slot } from '../../platform/storage.ts';
import { closeTab, DIALOG_SIZE, describeTab, openDialog } from '../../platform/tabs.ts';
import { nonce, now, sha256Hex, startTimer } from '../../platform/time.ts';
import type { HostLink } from '../host/host-link.ts';
import type { DecisionLog } from '../memory/decision-log.ts';
import { beforeApproval } from '../memory/effective-settings.ts';

/** How long our own dialog waits for the person. */
const QUESTION_MS = 2 * 60_000;
const MAX_SEEN = 100;
const MAX_TRUSTED = 50;
const MAX_QUESTIONS = 10;

/** Requests of this browser's session, as hashes: one that comes again was taken from somewhere. */
const seenSlot = slot('session', 'authorize.seen', v.array(v.string()), []);
/** Paths of programs whose sign-ins the person wants approved without a question. */
const trustedSlot = slot('local', 'programs.trusted', v.array(v.string()), []);

export interface ListenerVouchOptions {
  link: HostLink;
  log: DecisionLog;
  /** Whether awsher itself opened this request in this tab, once no tab is on its way any more. */
  isOurs(tabId: number, address: AuthorizeAddress): Promise<boolean>;
  /** From here on the request is approved in the tab in which it was asked for. */
  takeOn(tabId: number, url: string, asker: Asker): Promise<boolean>;
}

interface Asked {
  id: string;
  tabId: number;
  url: string;
  listener: Listener;
  question: Question;
  /** Of the dialog; `null` while it opens. */
  dialog: number | null;
  stop(): void;
}

/**
 * PKCE requests that a program of this computer had opened in the browser without awsher: whether they are approved is
 * decided by who listens for their answer. Nothing of it runs before a tab asks for an `/authorize` address.
 */
export function createListenerVouch({ link, log, isOurs, takeOn }: ListenerVouchOptions) {
  /** The last request of each tab: what came later is what the tab is about. */
  const latest = new Map<number, string>();
  const questions = new Map<string, Asked>();
  let remembering: Promise<unknown> = Promise.resolve();

  async function whoListens(port: number): Promise<Listener | null> {
    try {
      const host = await link.host(ANSWER_DEADLINE_MS);
      return (await host.call('listener.who', { port }, { deadlineMs: ANSWER_DEADLINE_MS })).listener;
    } catch {
      // No host, or one from before the question: nothing is known, and the person clicks.
      return null;
    }
  }

  /** Whether the request was there before; from now on it was. One at a time. */
  function seenBefore({ clientId, state, port }: AuthorizeAddress): Promise<boolean> {
    const looked = remembering.then(async () => {
      const hash = await sha256Hex(JSON.stringify([clientId, state, port]));
      const seen = await seenSlot.read();
      if (seen.includes(hash)) return true;
      await seenSlot.write([...seen, hash].slice(-MAX_SEEN));
      return false;
    });
    // What cannot be kept cannot be told from a second time.
    const answer = looked.catch(() => true);
    remembering = answer;
    return answer;
  }

  async function judge(
    known: Pick<ListenerScene, 'address' | 'byPage' | 'seenBefore' | 'asked'>,
    port: number,
  ): Promise<{ vouch: Vouch; listener: Listener | null }> {
    const listener = await whoListens(port);
    const trusted =
      listener?.trustable === true && (await trustedSlot.read()).includes(listener.executable ?? '');
    const counts = await beforeApproval(listener?.asker ?? {});
    return {
      vouch: vouchByListener({ ...known, now: now(), listener, trusted, ...counts }),
      listener,
    };
  }

  /** The browser asks for an /authorize address. `byPage`: a page made it. */
  async function requested(tabId: number, url: string, byPage: boolean): Promise<void> {
    latest.set(tabId, url);
    const address = readAuthorizeAddress(url);
    if (!address || (await isOurs(tabId, address))) return;
    const again = await seenBefore(address);
    if ((await describeTab(tabId))?.isPrivate !== false) return;
    const { vouch, listener } = await judge(
      { address: url, byPage, seenBefore: again, asked: null },
      address.port,
    );
    if (listener === null) return;
    if (vouch.act === 'ask') await ask(tabId, url, address, listener, vouch.because);
    else await carryOut(vouch, tabId, url, listener);
  }

  async function carryOut(
    vouch: Exclude<Vouch, { act: 'ask' }>,
    tabId: number,
    url: string,
    { asker }: Listener,
  ) {
    if (vouch.act === 'leave') said(tabId, url, asker, 'left', vouch.reason);
    else if (latest.get(tabId) === url) await takeOn(tabId, url, asker);
  }

  function said(tabId: number, url: string, asker: Asker, act: 'left' | 'declined', reason: string): void {
    const { hostname: host } = new URL(url);
    const command = askedBy(asker);
    log.said({ kind: 'hand-over', session: null, codeEnd: null, command, host, act, reason }, tabId);
  }

  async function ask(
    tabId: number,
    url: string,
    { port }: AuthorizeAddress,
    listener: Listener,
    askBecause: Extract<Vouch, { act: 'ask' }>['because'],
  ): Promise<void> {
    if (questions.size >= MAX_QUESTIONS) return;
    const { asker, executable, trustable } = listener;
    const id = nonce();
    const question: Question = {
      kind: 'authorization',
      asker,
      askBecause,
      hostname: new URL(url).hostname,
      port,
      path: executable,
      mayTrust: trustable && askBecause === 'unknown-program',
    };
    const stop = startTimer(QUESTION_MS, () => end(id));
    questions.set(id, { id, tabId, url, listener, question, dialog: null, stop });
    const dialog = await openDialog(`ask/ask.html#${id}`, DIALOG_SIZE);
    const asked = questions.get(id);
    if (asked) asked.dialog = dialog;
    else await closeTab(dialog);
  }

  /** The question is over; its dialog goes. */
  function end(id: string): Asked | undefined {
    const asked = questions.get(id);
    questions.delete(id);
    asked?.stop();
    if (asked?.dialog != null) void closeTab(asked.dialog);
    return asked;
  }

  async function answer(id: string, { approve, always }: AskAnswer): Promise<void> {
    const asked = end(id);
    if (!asked) return;
    const { tabId, url, listener, question } = asked;
    const address = readAuthorizeAddress(url);
    if (!approve) said(tabId, url, listener.asker, 'declined', 'declined-by-person');
    if (!approve || !address) return;
    const path = listener.executable;
    if (always && path !== null && question.kind === 'authorization' && question.mayTrust) {
      const others = (await trustedSlot.read()).filter((one) => one !== path);
      await trustedSlot.write([...others, path].slice(-MAX_TRUSTED));
    }
    // Minutes may have gone by: who listens now has to be who was asked about.
    const scene = { address: url, byPage: false, seenBefore: false, asked: listener };
    const { vouch, listener: found } = await judge(scene, address.port);
    if (vouch.act !== 'ask') await carryOut(vouch, tabId, url, found ?? listener);
  }

  return {
    requested,
    /** Serves the dialog of one question. `false`: nothing of ours is asked under this id. */
    serveDialog(port: Port, id: string): boolean {
      const asked = questions.get(id);
      if (!asked) return false;
      port.onMessage.addListener((sent: unknown) => {
        const said = v.safeParse(AskAnswer, sent);
        if (said.success) void answer(id, said.output);
      });
      const message: AskMessage = { question: asked.question };
      port.postMessage(message);
      return true;
    },
    removed(tabId: number): void {
      latest.delete(tabId);
      for (const { id, dialog, tabId: about } of questions.values())
        if (dialog === tabId || about === tabId) end(id);
    },
  };
}
