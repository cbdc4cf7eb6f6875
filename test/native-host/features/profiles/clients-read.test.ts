import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSharedConfigFiles } from '@smithy/core/config';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Catalogue } from '../../../../shared/catalogue/catalogue.ts';
import { HOSTILE_NAMES } from '../../../support/identity-center/catalogue.ts';
import { type Botocore, hasBotocore, startBotocore } from '../../base/formats/botocore.ts';
import { anyConfig } from '../../base/formats/config-arbitrary.ts';
import { anyCatalogue, catalogueOf } from './catalogues.ts';
import { SESSION, synced, syncedUnlessRefused } from './sync.ts';

const HOSTILE = catalogueOf(
  HOSTILE_NAMES.map((name, at) => [String(100_000_000_000 + at), name, ['Admin', 'a=b', 'x\n[profile y]']]),
);
/** The profiles that a sync added, as a client should read them. */
function expected(text: string, catalogue: Catalogue): [after: string, Map<string, object>] | undefined {
  const result = syncedUnlessRefused(text, catalogue, { region: 'eu-west-1' });
  if (result === undefined) return undefined;
  const added = result.plan.profiles.filter(({ fate }) => fate === 'added');
  return [
    result.text,
    new Map(
      added.map(({ name, accountId, role }) => [
        name,
        { sso_session: 'corp', sso_account_id: accountId, sso_role_name: role, region: 'eu-west-1' },
      ]),
    ),
  ];
}

describe.skipIf(!hasBotocore())('botocore', () => {
  let botocore: Botocore;
  beforeAll(async () => {
    botocore = await startBotocore();
  });
  afterAll(() => botocore.end());

  it('reads a hostile catalogue as it is meant', async () => {
    const [text, wanted] = expected(SESSION, HOSTILE) ?? ['', new Map()];
    expect(wanted.size).toBe(HOSTILE_NAMES.length * 2);
    const config = await botocore.load(text);
    expect(config?.profiles).toEqual(Object.fromEntries(wanted));
  });

  it('reads what was added to any config, and all else as before', async () => {
    await fc.assert(
      fc.asyncProperty(anyConfig, anyCatalogue, async (text, catalogue) => {
        const result = expected(text, catalogue);
        fc.pre(result !== undefined);
        const then = await botocore.load(text);
        const now = await botocore.load(result[0]);
        expect(now?.profiles).toEqual({ ...then?.profiles, ...Object.fromEntries(result[1]) });
        expect({ ...now, profiles: {} }).toEqual({ ...then, profiles: {} });
      }),
      { numRuns: 300 },
    );
  });
});

describe('the AWS SDK for JavaScript', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'awsher-js-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const load = async (text: string) => {
    const configFilepath = join(folder, 'config');
    writeFileSync(configFilepath, text);
    const init = { filepath: join(folder, 'none'), configFilepath, ignoreCache: true };
    return (await loadSharedConfigFiles(init)).configFile;
  };

  it('reads a hostile catalogue as it is meant', async () => {
    const [text, wanted] = expected(SESSION, HOSTILE) ?? ['', new Map()];
    const { 'sso-session.corp': _, ...profiles } = await load(text);
    expect(profiles).toEqual(Object.fromEntries(wanted));
  });

  it('reads what was added to any config', async () => {
    await fc.assert(
      fc.asyncProperty(anyConfig, anyCatalogue, async (text, catalogue) => {
        const result = expected(text, catalogue);
        fc.pre(result !== undefined);
        expect(await load(result[0])).toMatchObject(Object.fromEntries(result[1]));
      }),
      { numRuns: 300 },
    );
  });
});

it('a sync of ten thousand profiles is right to the last one', () => {
  const roles = ['AdministratorAccess', 'ReadOnly', 'PowerUser', 'Billing', 'Audit'];
  const accounts = Array.from(
    { length: 2000 },
    (_, at) => [String(100_000_000_000 + at), `Team ${at % 1900}`, roles] as const,
  );
  const { plan, text } = synced(SESSION, catalogueOf(accounts));
  expect(new Set(plan.profiles.map(({ name }) => name)).size).toBe(10_000);
  expect(text.match(/^\[profile team-\d+-1\d{11}_/gm)).toHaveLength(1000);
  expect(synced(text, catalogueOf(accounts)).text).toBe(text);
});
