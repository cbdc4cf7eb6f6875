import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { COMMAND } from '../support/awsher.ts';
import { openGround } from '../support/ground.ts';
import { hasTerminal, onTerminal } from '../support/terminal.ts';
import { until } from '../support/until.ts';

it.skipIf(!hasTerminal)('a wrong region is put right by one key, and written', async ({ onTestFinished }) => {
  const ground = await openGround({ region: 'eu-central-1' }, true);
  onTestFinished(() => ground.clear());
  const { idc, home, env } = ground;
  const config = join(home, '.aws/config');
  await mkdir(join(home, '.aws'), { recursive: true });
  const text = `[sso-session corp]\nsso_start_url = ${idc.startUrl}\nsso_region = us-east-1\nsso_registration_scopes = sso:account:access\n`;
  await writeFile(config, text);
  const screen = onTerminal(`${process.execPath} ${COMMAND} login corp --no-browser`, env, [
    /The portal is in eu-central-1, not in us-east-1\. Sign in there\?/,
    '\r',
  ]);
  await until(() => idc.deviceCodes.length > 0);
  idc.approve(idc.deviceCodes.at(-1)?.userCode ?? '');
  expect(await screen).toContain('signed in to corp');
  expect(await readFile(config, 'utf8')).toBe(text.replace('us-east-1', 'eu-central-1'));
});
