import type { TestContext } from 'vitest';
import { createPasskey } from './browsers/passkey.ts';
import type { Tool } from './clients/run.ts';
import { PAGE_DEFAULTS, SERVICE_DEFAULTS } from './identity-center/options.ts';
import { takeBackHosts } from './permissions.ts';
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
  byName: boolean;
  enrolled: boolean;
}

/** Portals besides `corp`: of another tenant, of another region, and one of each form that the manifest knows. */
const OTHERS = [
  { alias: 'rival', region: 'eu-west-1' },
  { alias: 'abroad', region: 'eu-west-1', portalForm: 'instance' },
  { alias: 'dual-stack', region: 'eu-west-1', portalForm: 'instance-dual-stack' },
  { alias: 'china', region: 'cn-north-1', portalForm: 'china' },
  { alias: 'china-instance', region: 'cn-north-1', portalForm: 'china-instance' },
  { alias: 'china-dual-stack', region: 'cn-northwest-1', portalForm: 'china-dual-stack' },
  { alias: 'eu-sovereign', region: 'eusc-de-east-1', portalForm: 'eu-sovereign' },
  { alias: 'eu-sovereign-dual-stack', region: 'eusc-de-east-1', portalForm: 'eu-sovereign-dual-stack' },
] as const;

/** Stages that no test uses just now, also those of an earlier file of this worker. They end with it. */
const free: Used[] = [];

async function take(byName: boolean, passkey: boolean): Promise<Used> {
  const at = free.findIndex((one) => one.byName === byName);
  const [
    used = { stage: await openStage({ byName, center: { others: [...OTHERS] } }), byName, enrolled: false },
  ] = at < 0 ? [] : free.splice(at, 1);
  if (passkey && !used.enrolled) {
    const { browser, idc } = used.stage;
    used.stage.passkey = await createPasskey(browser.context, idc.enrolUrl);
    used.enrolled = true;
  }
  return used;
}

async function giveBack(used: Used): Promise<void> {
  await takeBackHosts(used.stage.browser);
  await used.stage.renew();
  free.push(used);
}

/**
 * The stage that the files of a worker use one after the other, for all tests of this one: what one test leaves, the next one finds.
 * `byName` as in `StageOptions`.
 */
export async function keptStage({
  byName = false,
  passkey = false,
}: Pick<StageOptions, 'byName' | 'passkey'> = {}): Promise<Stage & { leave(): Promise<void> }> {
  const used = await take(byName, passkey);
  await used.stage.browser.extension();
  return { ...used.stage, leave: () => giveBack(used) };
}

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
  const used = isUsual ? await take(false, passkey) : null;
  const stage = used?.stage ?? (await openStage(options));
  const tools: Tool[] = [];
  onTestFinished(async ({ task }) => {
    for (const { child } of tools) child.kill();
    const isOver = !stage.browser.context.browser()?.isConnected();
    if (used === null || isOver || task.result?.state === 'fail') return stage.close();
    await giveBack(used);
  });
  if (used) Object.assign(stage.idc.options, center);
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
