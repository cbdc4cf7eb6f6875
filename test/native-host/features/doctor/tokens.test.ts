import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { configSessions } from '../../../../native-host/aws/tokens/known-sessions.ts';
import { loadSharedConfig } from '../../../../native-host/base/files/config-file.ts';
import { resolvePaths } from '../../../../native-host/base/files/paths.ts';
import { tokens } from '../../../../native-host/features/doctor/checks/tokens.ts';
import { thisComputer } from '../../../../native-host/features/doctor/this-computer.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'awsher-tokens-'));
  mkdirSync(join(home, '.aws'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

it("doctor's sessions are those of the command: a portal that profiles spell in three ways is one, by a command that can be typed", async () => {
  const role = 'sso_region = us-east-1\nsso_account_id = 111122223333\nsso_role_name = R\n';
  const spelled = ['', '/', '#/'].map(
    (end, at) => `[profile p${at}]\nsso_start_url = https://a.awsapps.com/start${end}\n${role}`,
  );
  const corp = '[sso-session corp]\nsso_start_url = https://b.awsapps.com/start\nsso_region = us-east-1\n';
  writeFileSync(join(home, '.aws', 'config'), spelled.join('') + corp);
  const env = { HOME: home };
  const paths = resolvePaths({ env, platform: 'linux', homedir: () => home });
  const { detail } = await tokens.run(thisComputer({ env, platform: 'linux', paths, now: Date.now }));
  expect(detail.split('\n')).toEqual([
    'corp: not signed in (`awsher login corp`)',
    'https://a.awsapps.com/start: not signed in (`awsher login --profile p0`)',
  ]);
  expect(configSessions(loadSharedConfig(paths))).toHaveLength(2);
});
