import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Paths, resolvePaths } from '../../../../native-host/base/files/paths.ts';
import { previewSync, writeSync } from '../../../../native-host/features/profiles/sync-config.ts';
import type { SyncWishes } from '../../../../native-host/features/profiles/sync-plan.ts';
import {
  DEFAULT_TEMPLATE,
  parseTemplate,
} from '../../../../native-host/features/settings/profile-template.ts';
import { catalogueOf } from './catalogues.ts';
import { SESSION } from './sync.ts';

const ONE = catalogueOf([['111111111111', 'Prod', ['Admin']]]);
const WISHES: SyncWishes = {
  template: parseTemplate(DEFAULT_TEMPLATE),
  accounts: [],
  roles: [],
  include: [],
  exclude: [],
  prune: false,
};
let home: string;
let paths: Paths;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'awsher-sync-'));
  mkdirSync(join(home, '.aws'));
  paths = resolvePaths({ env: { HOME: home }, platform: 'linux', homedir: () => home });
  writeFileSync(paths.configFile, SESSION);
});
afterEach(() => rmSync(home, { recursive: true }));

describe('what was shown', () => {
  it('is what is written', async () => {
    const preview = previewSync(paths, ONE, WISHES);
    expect(readFileSync(paths.configFile, 'utf8')).toBe(SESSION);
    const { edit } = await writeSync(paths, preview);
    expect(edit.diff).toBe(preview.edit.diff);
    expect(readFileSync(paths.configFile, 'utf8')).toBe(preview.edit.after);
    const before = statSync(paths.configFile);
    const again = previewSync(paths, ONE, WISHES);
    expect(again.edit.changed).toBe(false);
    expect(statSync(paths.configFile).ino).toBe(before.ino);
  });

  it('is not written over a config that somebody edited meanwhile', async () => {
    const preview = previewSync(paths, ONE, WISHES);
    appendFileSync(paths.configFile, '[profile prod_Admin]\nregion = x\n');
    const edited = readFileSync(paths.configFile, 'utf8');
    await expect(writeSync(paths, preview)).rejects.toMatchObject({ code: 'CONFIG_CHANGED' });
    expect(readFileSync(paths.configFile, 'utf8')).toBe(edited);
  });

  it('is not written when the name has got keys meanwhile', async () => {
    const preview = previewSync(paths, ONE, WISHES);
    writeFileSync(paths.credentialsFile, '[prod_Admin]\naws_access_key_id = AKIA\n');
    await expect(writeSync(paths, preview)).rejects.toMatchObject({ code: 'CONFIG_CHANGED' });
    expect(readFileSync(paths.configFile, 'utf8')).toBe(SESSION);
    expect(Object.values(previewSync(paths, ONE, WISHES).plan.profiles)).toMatchObject([
      { name: 'prod-111111111111_Admin', instead: { of: 'prod_Admin', because: 'keys' } },
    ]);
  });
});
