import type { TestContext } from 'vitest';
import type { Tool } from './clients/run.ts';
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

/** Opens a stage, with the extension running; all of it is gone when the test has finished. */
export async function ownStage(
  { onTestFinished }: Pick<TestContext, 'onTestFinished'>,
  { signedIn = false, ...options }: OwnStageOptions = {},
): Promise<OwnStage> {
  const stage = await openStage(options);
  const tools: Tool[] = [];
  onTestFinished(async () => {
    for (const { child } of tools) child.kill();
    await stage.close();
  });
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
