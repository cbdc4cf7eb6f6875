import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolvePaths } from '../../native-host/base/files/paths.ts';
import { previewSync, writeSync } from '../../native-host/features/profiles/sync-config.ts';
import type { SyncWishes } from '../../native-host/features/profiles/sync-plan.ts';
import { DEFAULT_TEMPLATE, parseTemplate } from '../../native-host/features/settings/profile-template.ts';
import type { Catalogue } from '../../shared/catalogue/catalogue.ts';
import { inventAccounts } from '../support/identity-center/catalogue.ts';
import { median, type Row } from './measure.ts';

const STEPS = ['all new', 'nothing new', 'one new'] as const;
const WISHES: SyncWishes = {
  template: parseTemplate(DEFAULT_TEMPLATE),
  accounts: [],
  roles: [],
  include: [],
  exclude: [],
  region: 'eu-west-1',
  prune: true,
};

/** All that a sync does once the accounts are listed: read, plan, show, prove, write with an undo copy. */
export async function syncConfig(): Promise<Row[]> {
  const [small, big] = [await took(1_000), await took(10_000)];
  return STEPS.map((step) => ({
    what: `profiles sync of 10,000 profiles after listing, ${step}`,
    figure: `${big[step].toFixed(0)} ms (1,000 profiles: ${small[step].toFixed(0)} ms)`,
    bar: '< 1 s, linear',
    holds: big[step] < 1000 && big[step] < Math.max(small[step] * 15, 200),
  }));
}

async function took(profiles: number): Promise<Record<(typeof STEPS)[number], number>> {
  const times: Record<(typeof STEPS)[number], number[]> = { 'all new': [], 'nothing new': [], 'one new': [] };
  for (let round = 0; round < 5; round++) {
    const home = mkdtempSync(join(tmpdir(), 'awsher-bench-'));
    mkdirSync(join(home, '.aws'));
    writeFileSync(
      join(home, '.aws/config'),
      '# mine\n[profile own]\nregion = x\n\n[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = us-east-1\n',
    );
    const paths = resolvePaths({ env: { HOME: home }, platform: process.platform, homedir });
    const all = catalogue(profiles / 5 + 1);
    const before = { ...all, accounts: all.accounts.slice(0, -1) };
    for (const [step, listed] of [
      ['all new', before],
      ['nothing new', before],
      ['one new', all],
    ] as const) {
      const started = performance.now();
      const preview = previewSync(paths, listed, WISHES);
      const { edit } = preview;
      if (edit.changed) await writeSync(paths, preview);
      times[step].push(performance.now() - started);
      if (edit.changed === (step === 'nothing new')) throw new Error(`${step}: ${edit.changed}`);
    }
    rmSync(home, { recursive: true, force: true });
  }
  return {
    'all new': median(times['all new']),
    'nothing new': median(times['nothing new']),
    'one new': median(times['one new']),
  };
}

function catalogue(accounts: number): Catalogue {
  return {
    session: 'corp',
    startUrl: 'https://corp.awsapps.com/start',
    region: 'us-east-1',
    accountsAsOf: 1,
    accounts: inventAccounts(accounts, 5).map((account) => ({
      accountId: account.accountId,
      accountName: account.accountName ?? '',
      emailAddress: account.emailAddress ?? '',
      roles: account.roles,
      rolesAsOf: 1,
      problem: null,
    })),
  };
}
