import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, type TestContext } from 'vitest';
import { COMMAND } from '../support/awsher.ts';
import { type Ground, openGround } from '../support/ground.ts';
import { hasTerminal, onTerminal } from '../support/terminal.ts';
import { until } from '../support/until.ts';

/** The first session, on a terminal: nothing is typed but the address of the portal. */

const AWSHER = `${process.execPath} ${COMMAND}`;
const ASKS = /Address of your AWS access portal/;

async function ground({ onTestFinished }: Pick<TestContext, 'onTestFinished'>): Promise<Ground> {
  const opened = await openGround({ region: 'eu-central-1' }, true);
  onTestFinished(() => opened.clear());
  return opened;
}

async function approved({ idc }: Ground): Promise<void> {
  await until(() => idc.deviceCodes.length > 0);
  idc.approve(idc.deviceCodes.at(-1)?.userCode ?? '');
}

describe.skipIf(!hasTerminal)('awsher login without a session', () => {
  it('asks for the address, and finds out name and region', async (test) => {
    const place = await ground(test);
    const typed = `${place.idc.startUrl.replace('https://', '')}#/?tab=accounts`;
    const screen = onTerminal(`${AWSHER} login --no-browser`, place.env, [ASKS, `${typed}\r`]);
    await approved(place);
    expect(await screen).toMatch(/signed in to \S*corp/);
    expect(await readFile(join(place.home, '.aws/config'), 'utf8')).toContain(
      `[sso-session corp]\nsso_start_url = ${place.idc.startUrl}\nsso_region = eu-central-1\n`,
    );
  });

  it('takes a name that is typed', async (test) => {
    const place = await ground(test);
    const screen = onTerminal(`${AWSHER} login corp --no-browser`, place.env, [
      /access portal, for corp/,
      `${place.idc.startUrl}\r`,
    ]);
    await approved(place);
    expect(await screen).toMatch(/signed in to \S*corp/);
  });

  it('says at once what is no portal, and asks on', async (test) => {
    const place = await ground(test);
    const screen = await onTerminal(
      `${AWSHER} login; echo ended $?`,
      place.env,
      [ASKS, 'https://console.aws.amazon.com/s3\r'],
      [/not an access portal/, '\u0003'],
    );
    expect(screen).toContain('No session was set up. [CANCELLED]');
    expect(screen).toMatch(/ended 3/);
    expect(existsSync(join(place.home, '.aws/config'))).toBe(false);
  });

  it('does not ask where a name is like one that exists', async (test) => {
    const place = await ground(test);
    await mkdir(join(place.home, '.aws'), { recursive: true });
    await writeFile(
      join(place.home, '.aws/config'),
      `[sso-session corp]\nsso_start_url = ${place.idc.startUrl}\nsso_region = eu-central-1\n`,
    );
    const screen = await onTerminal(`${AWSHER} login crop`, place.env);
    expect(screen).toContain('did you mean corp?');
    expect(screen).not.toMatch(/Address/);
  });
});
