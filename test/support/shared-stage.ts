import { afterAll, type TestContext } from 'vitest';

interface Renewable {
  renew(): Promise<void>;
  close(): Promise<void>;
  /** In the place of `close`, when another may use it. */
  leave?(): Promise<void>;
}

/**
 * One stage for the tests of the file or of the `describe` that calls this: as it was opened for each of them, and opened anew after
 * one that failed.
 */
export function sharedStage<Stage extends Renewable>(
  open: () => Promise<Stage>,
): (test: Pick<TestContext, 'onTestFinished'>) => Promise<Stage> {
  let shared: Stage | undefined;
  const end = async (how: 'leave' | 'close') => {
    const stage = shared;
    shared = undefined;
    await (stage?.[how] ?? stage?.close)?.();
  };
  afterAll(() => end('leave'));
  return async ({ onTestFinished }) => {
    onTestFinished(async ({ task }) => {
      if (task.result?.state === 'fail') await end('close');
    });
    // Not before there is a next test: who leaves it makes it new.
    await shared?.renew();
    shared ??= await open();
    return shared;
  };
}
