import * as v from 'valibot';
import { AwsherError } from '../../shared/errors/awsher-error.ts';
import { type Attempt, isRunning } from '../../shared/login/attempt.ts';
import { signInCancelled } from '../../shared/login/refusals.ts';
import { askedBy, type Target } from '../../shared/protocol/fields.ts';
import { AskAnswer, type AskMessage, type Question } from '../../shared/protocol/internal.ts';
import type { Port } from '../platform/api.ts';
import { closeTab, DIALOG_SIZE, openDialog } from '../platform/tabs.ts';
import { now } from '../platform/time.ts';
import type { DecisionLog } from './decision-log.ts';
import { asksFirst } from './settings.ts';

/** How long the dialog waits for the person: as long as a code would. */
const WAIT_MS = 10 * 60_000;

/** What this step needs of the sign-ins. */
export interface QuestionStepOptions {
  find(id: string): Attempt | undefined;
  change(id: string, amendment: Partial<Attempt>): Attempt | undefined;
  fail(id: string, thrown: unknown): void;
  /** Starts the wait for the attempt's end of life. */
  guard(id: string): void;
  begin(attempt: Attempt): Promise<void>;
  log: DecisionLog;
}

/**
 * The setting "ask me before approving": nothing is asked of AWS, opened or pressed before one click in awsher's own
 * dialog. A sign-in that begins with a click in awsher's own popup has had that click.
 */
export function createQuestionStep({ find, change, fail, guard, begin, log }: QuestionStepOptions) {
  const asked = (id: string): Attempt | undefined => {
    const attempt = find(id);
    return attempt && isRunning(attempt) && attempt.phase === 'asking' ? attempt : undefined;
  };

  function answer(id: string, approve: boolean): void {
    const attempt = asked(id);
    if (!attempt) return;
    if (!approve) {
      const { session, startUrl } = attempt.target;
      log.said({
        kind: 'sign-in',
        session,
        codeEnd: null,
        command: askedBy(attempt.asker),
        host: hostOf(startUrl),
        act: 'declined',
        reason: 'declined-by-person',
      });
      fail(id, signInCancelled(attempt.target));
      return;
    }
    const next = change(id, {
      agreed: true,
      phase: 'starting',
      step: 'registering',
      tabId: null,
      expiresAt: null,
    });
    if (attempt.tabId !== null) void closeTab(attempt.tabId);
    if (next) void begin(next).catch((thrown: unknown) => fail(id, thrown));
  }

  return {
    /** Whether the person is asked first; the dialog is open then. */
    async asks({ id, agreed, asker }: Attempt): Promise<boolean> {
      if (agreed || !(await asksFirst(asker))) return false;
      if (!change(id, { phase: 'asking', step: 'answer-needed', expiresAt: now() + WAIT_MS })) return true;
      guard(id);
      const tabId = await openDialog(`ask/ask.html#${id}`, DIALOG_SIZE);
      // Answered or cancelled while the window was on its way.
      if (asked(id)) change(id, { tabId });
      else await closeTab(tabId);
      return true;
    },
    /** Serves the dialog of one sign-in; it may ask about its own only. `false`: no sign-in asks this. */
    serve(port: Port, id: string): boolean {
      const attempt = asked(id);
      if (!attempt) return false;
      port.onMessage.addListener((sent: unknown) => {
        const said = v.safeParse(AskAnswer, sent);
        if (said.success) answer(id, said.output.approve);
      });
      const message: AskMessage = { question: questionOf(attempt) };
      port.postMessage(message);
      return true;
    },
  };
}

/** Nobody answered the question. */
export function unanswered({ session }: Pick<Target, 'session'>): AwsherError {
  return new AwsherError('SIGN_IN_CANCELLED', 'Nobody answered the question in the browser.', {
    hint: `run \`awsher login ${session}\` again and press Approve in awsher's window`,
  });
}

function questionOf({ asker, target: { session, startUrl } }: Attempt): Question {
  return { kind: 'sign-in', asker, session, hostname: hostOf(startUrl) ?? startUrl.slice(0, 100) };
}

function hostOf(startUrl: string): string | null {
  return URL.canParse(startUrl) ? new URL(startUrl).hostname : null;
}
