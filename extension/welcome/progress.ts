import type { AttemptView, SessionView, ViewRequest, ViewState } from '../../shared/protocol/internal.ts';
import { isSignedIn } from '../ui/session-words.ts';

/** The three things that stand between an installation and the first call of AWS, in their order. */
export const STEPS = ['host', 'session', 'sign-in'] as const;
export type StepName = (typeof STEPS)[number];

/** Which step is due; `done` when none is. A later step never waits behind an earlier one that was undone by chance. */
export function dueStep({ host, sessions }: Pick<ViewState, 'host' | 'sessions'>): StepName | 'done' {
  if (host.state !== 'connected') return 'host';
  if (sessions.length === 0) return 'session';
  return sessions.some(hasSignedIn) && !sessions.some(isRunning) ? 'done' : 'sign-in';
}

/** Whether a session is signed in, or was a moment ago. */
export function hasSignedIn(view: SessionView): boolean {
  const { attempt } = view;
  return (attempt !== null && attempt.endedAt !== null && !attempt.error) || isSignedIn(view);
}

export const isRunning = ({ attempt }: { attempt: AttemptView | null }): boolean =>
  attempt !== null && attempt.endedAt === null;

export type Send = (request: ViewRequest) => void;
