import type { Attempt } from '../../shared/login/attempt.ts';
import type { Step } from '../../shared/login/progress.ts';
import { startTimer } from '../platform/time.ts';

/** Nothing known on the page for this long: the person should look at it. */
const UNKNOWN_PAGE_MS = 8_000;
/** A press that the page does not answer in words that awsher knows may have been the last one: AWS knows. */
const UNANSWERED_PRESS_MS = 2_000;

/** Steps that pass by themselves. One that does not is a page in a form that nobody has seen yet. */
const PASSING: ReadonlySet<Step> = new Set([
  'opening-page',
  'waiting-for-page',
  'signed-in',
  'confirming',
  'allowing',
]);

export interface StallWatchOptions {
  find(id: string): Attempt | undefined;
  needPerson(id: string, step: 'click-needed'): Promise<void>;
  /** Asks AWS at its interval whether the code was approved. */
  askAws(id: string): void;
}

/** Sees to it that no sign-in waits for a page that will never be understood. */
export function createStallWatch({ find, needPerson, askAws }: StallWatchOptions) {
  /** What the timers guard is in the store, so losing them loses nothing: a woken background starts them anew. */
  const watches = new Map<string, () => void>();

  function stop(id: string): void {
    watches.get(id)?.();
    watches.delete(id);
  }

  return {
    stop,
    /** The attempt has come to a step, or the background has just woken up in it. */
    start({ id, phase, step }: Attempt): void {
      stop(id);
      if (phase !== 'page' || !PASSING.has(step)) return;
      const still = (act: () => void) => () => {
        if (find(id)?.step === step) act();
      };
      const stops = [
        startTimer(
          UNKNOWN_PAGE_MS,
          still(() => void needPerson(id, 'click-needed')),
        ),
      ];
      if (step === 'confirming' || step === 'allowing')
        stops.push(
          startTimer(
            UNANSWERED_PRESS_MS,
            still(() => askAws(id)),
          ),
        );
      watches.set(id, () => {
        for (const cancel of stops) cancel();
      });
    },
  };
}
