import type { TestContext } from 'vitest';
import { createPasskey } from './browsers/passkey.ts';
import type { Tool } from './clients/run.ts';
import { PAGE_DEFAULTS, SERVICE_DEFAULTS } from './identity-center/options.ts';
import { openStage, type Stage, type StageOptions } from './stage.ts';

/** A stage that one test has to itself, so that others can run beside it. */
export interface OwnStage extends Stage {
  /** Ends the tool with the test. */
  use(tool: Tool): Tool;
}

interface OwnStageOptions extends StageOptions {
  /** The portal session lives already. */
  signedIn?: boolean;
}

interface Used {
  stage: Stage;
  enrolled: boolean;
}

/** Stages whose test has passed, also one of an earlier file of this worker. They end with it. */
const free: Used[] = [];

/**
 * Gives a stage with the extension running. Tests of one worker use its browser one after the other, unless they ask for what
 * is settled when a browser or the Identity Center starts: what the last one left is taken away first, and a stage whose test
 * has failed, or has ended its browser, is used by no other.
 */
export async function ownStage(
  { onTestFinished }: Pick<TestContext, 'onTestFinished'>,
  { signedIn = false, ...options }: OwnStageOptions = {},
): Promise<OwnStage> {
  const { passkey = false, center = {}, ...others } = options;
  const settings = { ...PAGE_DEFAULTS, ...SERVICE_DEFAULTS };
  const isUsual = Object.keys(others).length === 0 && Object.keys(center).every((name) => name in settings);
  const used = isUsual ? (free.pop() ?? { stage: await openStage(), enrolled: false }) : null;
  const stage = used?.stage ?? (await openStage(options));
  const tools: Tool[] = [];
  onTestFinished(async ({ task }) => {
    for (const { child } of tools) child.kill();
    const isOver = !stage.browser.context.browser()?.isConnected();
    if (used === null || isOver || task.result?.state === 'fail') return stage.close();
    await stage.renew();
    free.push(used);
  });
  if (used) Object.assign(stage.idc.options, center);
  if (used && passkey && !used.enrolled) {
    stage.passkey = await createPasskey(stage.browser.context, stage.idc.enrolUrl);
    used.enrolled = true;
  }
  if (signedIn) await stage.browser.context.addCookies([stage.idc.portalCookie()]);
  await stage.browser.extension();
  return {
    ...stage,
    use(tool) {
      tools.push(tool);
      return tool;
    },
  };
}
