import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMAND } from '../../support/awsher.ts';
import { shown } from '../../support/browsers/shown.ts';
import { startTool } from '../../support/clients/run.ts';
import { tokenFiles } from '../../support/home-files.ts';
import { keptFirefox } from '../../support/kept-firefox.ts';
import { expectManaged, firstState, policy, START_URL, stateIn } from '../../support/managed.ts';
import { sharedStage } from '../../support/shared-stage.ts';
import { until } from '../../support/until.ts';

export function managed(): void {
  describe('what an administrator gives, in Firefox', () => {
    const nextStage = sharedStage(() => keptFirefox());

    it('is offered and locked, lets no agent in, and its session signs in and is written to the config', async (test) => {
      const stage = await nextStage(test);
      await stage.manage(policy(START_URL));
      test.onTestFinished(() => stage.manage(null));
      const popup = await stage.openView('popup/popup.html');
      await shown(popup, '::-p-text(corp.awsapps.com)');
      expectManaged(stateIn(await popup.evaluate(firstState)));
      await stage.signedInToPortal();
      // A coding agent that the person's own settings allow.
      await mkdir(join(stage.home, '.config/awsher'), { recursive: true });
      await writeFile(join(stage.home, '.config/awsher/config.ini'), 'agents = allow\n');
      const words = [
        'login',
        'other',
        '--start-url',
        'https://other.awsapps.com/start',
        '--region',
        'us-east-1',
      ];
      const env = { ...stage.env, CLAUDECODE: '1' };
      const agent = startTool(process.execPath, [COMMAND, ...words], env, stage.home);
      const { code, stderr } = await agent.finished;
      expect({ code, stderr }).toMatchObject({ code: 3, stderr: expect.stringContaining('[AGENT_DENIED]') });
      expect(stage.idc.requests.filter(({ service }) => service === 'sso-oidc')).toEqual([]);
      await (await shown(popup, '::-p-text(Authorize CLI)')).click();
      await until(async () => (await tokenFiles(stage.home)).length === 1, 30_000);
      await until(async () =>
        /\[sso-session corp\]/.test(await readFile(join(stage.home, '.aws/config'), 'utf8').catch(() => '')),
      );
    });
  });
}
