import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keptStage } from '../support/own-stage.ts';

let stage: Awaited<ReturnType<typeof keptStage>>;
beforeAll(async () => {
  stage = await keptStage({ byName: true });
  const { idc, browser, home } = stage;
  await browser.context.addCookies(idc.directories.map((one) => idc.portalCookie(one)));
  await mkdir(join(home, '.aws'), { recursive: true });
});
afterAll(() => stage?.leave());

it.each([
  ['rival', '#/'],
  ['rival', '/#/?tab=accounts'],
  ['abroad', '/#'],
  ['dual-stack', ''],
] as const)(
  'a profile that names its portal itself (%s, written with "%s") signs in and keeps every byte',
  async (alias, rest) => {
    const { idc, home } = stage;
    const before = idc.count('CreateToken', { status: 200 });
    const { startUrl, region } = idc.directories.find((one) => one.alias === alias) ?? idc;
    const config = join(home, '.aws/config');
    const text = `[profile dev]\r\nsso_start_url=${startUrl}${rest}\r\nsso_region = ${region}\r\nsso_account_id = 111122223333\r\nsso_role_name = ReadOnly`;
    await writeFile(config, text);
    // The token of the same portal, written in another way, would do.
    const { code, stderr } = await stage.line('login', '--profile', 'dev', '--force').finished;
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(idc.count('CreateToken', { status: 200 })).toBe(before + 1);
    expect(await readFile(config, 'utf8')).toBe(text);
    expect(idc.unexpected).toEqual([]);
  },
);
