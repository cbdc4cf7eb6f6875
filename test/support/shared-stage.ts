import type { TestContext } from 'vitest';
import { atEndOfFile } from './end-of-file.ts';

interface Renewable {
  renew(): Promise<void>;
  close(): Promise<void>;
  /** In the place of `close`, when another file may use it. */
  leave?(): Promise<void>;
}

/**
 * One stage for the tests of a file that run one after the other: as it was opened for each of them, and opened anew
 * after one that failed.
 */
export function sharedStage<Stage extends Renewable>(
  open: () => Promise<Stage>,
): (test: Pick<TestContext, 'onTestFinished'>) => Promise<Stage> {
  let shared: Stage | undefined;
  return async ({ onTestFinished }) => {
    if (shared === undefined) {
      atEndOfFile(async () => (shared?.leave ?? shared?.close)?.());
      shared = await open();
    }
    const stage = shared;
    onTestFinished(async ({ task }) => {
      if (task.result?.state !== 'fail') return stage.renew();
      shared = undefined;
      await stage.close();
    });
    return stage;
  };
}
