import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStage, type Stage } from '../support/stage.ts';

const REGION = 'eu-west-1';
const FORMS = ['awsapps', 'instance', 'instance-dual-stack'] as const;

let stage: Stage;
beforeAll(async () => {
  const others = FORMS.slice(1).map((portalForm) => ({ alias: portalForm, region: REGION, portalForm }));
  stage = await openStage({ byName: true, center: { region: REGION, others } });
  const { idc, browser, home } = stage;
  await browser.context.addCookies(idc.directories.map((one) => idc.portalCookie(one)));
  await browser.extension();
  await mkdir(join(home, '.aws'), { recursive: true });
});
afterAll(() => stage?.close());

it.each([
  ['awsapps', '#/'],
  ['awsapps', '/#/?tab=accounts'],
  ['instance', '/#'],
  ['instance-dual-stack', ''],
] as const)(
  'a profile that names its portal itself (%s, written with "%s") signs in and keeps every byte',
  async (portalForm, rest) => {
    const { idc, home } = stage;
    const before = idc.count('CreateToken', { status: 200 });
    const startUrl = idc.directories[FORMS.indexOf(portalForm)]?.startUrl;
    const config = join(home, '.aws/config');
    const text = `[profile dev]\r\nsso_start_url=${startUrl}${rest}\r\nsso_region = ${REGION}\r\nsso_account_id = 111122223333\r\nsso_role_name = ReadOnly`;
    await writeFile(config, text);
    // The token of the same portal, written in another way, would do.
    const { code, stderr } = await stage.line('login', '--profile', 'dev', '--force').finished;
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(idc.count('CreateToken', { status: 200 })).toBe(before + 1);
    expect(await readFile(config, 'utf8')).toBe(text);
    expect(idc.unexpected).toEqual([]);
  },
);
