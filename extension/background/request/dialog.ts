import * as v from 'valibot';
import {
  AskAnswer,
  type AskMessage,
  type Question,
  type RunningCommand,
} from '../../../shared/protocol/dialog.ts';
import { hostOf, isHandOver, nameOf, type Request } from '../../../shared/request/request.ts';
import type { Port } from '../../platform/api.ts';
import { approvalAddress } from '../memory/known-pages.ts';
import { trust } from './listener.ts';
import type { Requests } from './requests.ts';
import type { Waiting } from './waiting-here.ts';

/** Serves awsher's own dialog of one request; it may ask about its own only. */
export function serveDialog(requests: Requests, waiting: Waiting, port: Port, id: string): void {
  port.onMessage.addListener((sent: unknown) => {
    const said = v.safeParse(AskAnswer, sent);
    const request = requests.find(id);
    if (!said.success || request?.phase !== 'asking') return;
    const { approve, always } = said.output;
    const program = trustable(request);
    if (approve && always && program !== null) void trust(program);
    requests.feed(id, { type: 'answered', approve });
  });
  let open = true;
  port.onDisconnect.addListener(() => {
    open = false;
  });
  const tell = (): void => {
    const message: AskMessage = { question: questionOf(requests.find(id), waiting.running()) };
    if (open) port.postMessage(message);
  };
  tell();
  if (requests.find(id)?.code) void waiting.findRunning().then(tell);
}

/** `running`: sign-in commands on this computer. `null`: there is nothing to ask any more. */
function questionOf(request: Request | undefined, running: RunningCommand[] | null): Question | null {
  if (request?.phase !== 'asking') return null;
  const asked = { asker: request.asker, hostname: hostOf(request) };
  if (!isHandOver(request)) return { ...asked, kind: 'sign-in', session: nameOf(request) };
  const { url, askBecause, listener } = request.subject;
  const address = approvalAddress(url);
  if (!address) return null;
  const handed = { ...asked, askBecause: askBecause ?? 'setting' };
  return address.kind === 'device'
    ? { ...handed, kind: 'device', userCode: address.userCode, running }
    : {
        ...handed,
        kind: 'authorization',
        port: address.port,
        path: listener?.executable ?? null,
        mayTrust: trustable(request) !== null,
      };
}

/** The program to which the person may say yes for good. */
function trustable({ subject }: Request): string | null {
  if (subject.kind !== 'hand-over' || subject.askBecause !== 'unknown-program') return null;
  return subject.listener?.trustable ? subject.listener.executable : null;
}
