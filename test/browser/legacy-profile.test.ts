import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ownStage } from '../support/own-stage.ts';

it.for([
  ['awsapps', '#/'],
  ['awsapps', '/#/?tab=accounts'],
  ['instance', '/#'],
  ['instance-dual-stack', ''],
] as const)(
  'a profile that names its portal itself (%s, written with "%s") signs in and keeps every byte',
  async ([portalForm, rest], test) => {
    const center = { region: 'eu-west-1', portalForm } as const;
    const stage = await ownStage(test, { signedIn: true, byName: true, center });
    const config = join(stage.home, '.aws/config');
    const text = `[profile dev]\r\nsso_start_url=${stage.idc.startUrl}${rest}\r\nsso_region = eu-west-1\r\nsso_account_id = 111122223333\r\nsso_role_name = ReadOnly`;
    await mkdir(join(stage.home, '.aws'), { recursive: true });
    await writeFile(config, text);
    const { code, stderr } = await stage.line('login', '--profile', 'dev').finished;
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(await readFile(config, 'utf8')).toBe(text);
    expect(stage.idc.unexpected).toEqual([]);
  },
);
