import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { acquireLock } from '../../native-host/base/files/lock.ts';
import { resolvePaths } from '../../native-host/base/files/paths.ts';
import { tokenLockName } from '../../native-host/base/files/token-cache.ts';
import { tokenFiles } from '../support/home-files.ts';
import { keptStage } from '../support/own-stage.ts';
import { fault } from './support/fault.ts';

let stage: Awaited<ReturnType<typeof keptStage>>;
beforeAll(async () => {
  stage = await keptStage();
  await stage.browser.context.addCookies([stage.idc.portalCookie()]);
});
afterAll(() => stage?.leave());

describe('a sign-in in the browser', () => {
  fault(
    {
      breaks: "Another program holds the token's lock for nine seconds when the new token is to be stored",
      sees: 'that the token is being stored; then the sign-in, which is a success',
      exit: 0,
      within: 14,
    },
    async (ends) => {
      const { home } = stage;
      const paths = resolvePaths({ env: { HOME: home }, platform: process.platform, homedir: () => home });
      const held = await acquireLock(paths, tokenLockName('corp'));
      const { stderr } = await ends(async () => {
        const login = stage.start('login', ...stage.corp, '--verbose');
        await login.until(/step: storing-token/);
        await sleep(9_000);
        expect(login.child.exitCode, login.output().stderr).toBeNull();
        expect(await tokenFiles(home)).toEqual([]);
        held.release();
        return login.finished;
      });
      expect(stderr).not.toContain('HOST_LOST');
      expect(await tokenFiles(home)).not.toEqual([]);
    },
  );
});
