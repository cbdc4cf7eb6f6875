import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIni } from '../../../../native-host/base/formats/ini-document.ts';
import { findBlock, PROFILES_BLOCK } from '../../../../native-host/base/formats/owned-block.ts';
import { isSafeName } from '../../../../shared/aws/safe-name.ts';
import { anyConfig } from '../../base/formats/config-arbitrary.ts';
import { accountOf, anyCatalogue, catalogueOf } from './catalogues.ts';
import { outsideOf, SESSION, synced, syncedUnlessRefused } from './sync.ts';

const TWO = catalogueOf([
  ['111111111111', 'Dev', ['Admin', 'ReadOnly']],
  ['222222222222', 'Prod', ['Admin']],
]);
const profile = (name: string, account: string, role: string, more = '') =>
  `[profile ${name}]\nsso_session = corp\nsso_account_id = ${account}\nsso_role_name = ${role}\n${more}`;

describe('a sync', () => {
  it('writes a block at the end, and nothing the second time', () => {
    const first = synced(SESSION, TWO, { region: 'eu-west-1', output: 'json' });
    const settings = 'region = eu-west-1\noutput = json\n';
    expect(first.text).toBe(
      `${SESSION}\n${PROFILES_BLOCK.begin}\n${PROFILES_BLOCK.note}\n${[
        profile('dev_Admin', '111111111111', 'Admin', settings),
        profile('dev_ReadOnly', '111111111111', 'ReadOnly', settings),
        profile('prod_Admin', '222222222222', 'Admin', settings),
      ].join('\n')}${PROFILES_BLOCK.end}\n`,
    );
    expect(synced(first.text, TWO, { region: 'eu-west-1', output: 'json' }).text).toBe(first.text);
    expect(synced(first.text, TWO).fates).toEqual({
      dev_Admin: 'kept',
      dev_ReadOnly: 'kept',
      prod_Admin: 'kept',
    });
  });

  it('gives a short name to none of two accounts alike, wanted or not, and to no third one later', () => {
    const alike = catalogueOf([
      ['111111111111', 'Prod', ['Admin']],
      ['222222222222', 'prod', ['Admin']],
    ]);
    const first = synced(SESSION, alike, { accounts: ['222222222222'] });
    expect(first.fates).toEqual({ 'prod-222222222222_Admin': 'added' });
    expect(synced(first.text, alike).fates).toEqual({
      'prod-111111111111_Admin': 'added',
      'prod-222222222222_Admin': 'kept',
    });
    const more = { ...alike, accounts: [...alike.accounts, accountOf('333333333333', 'PROD', ['Admin'])] };
    expect(synced(synced(first.text, alike).text, more).fates['prod-333333333333_Admin']).toBe('added');
  });

  it('lets an account alone be the name where one role of each is wanted', () => {
    const short = { templateText: '{account_name|slug}', roles: ['Admin'] };
    const first = synced(SESSION, TWO, short);
    expect(first.fates).toEqual({ dev: 'added', prod: 'added' });
    expect(synced(first.text, TWO, { ...short, roles: [] }).fates).toEqual({
      dev: 'kept',
      dev_ReadOnly: 'added',
      prod: 'kept',
    });
  });

  it('keeps names and places when accounts come, are renamed, and go', () => {
    const first = synced(SESSION, TWO).text;
    const third = catalogueOf([
      ['333333333333', 'prod', ['Admin']],
      ['222222222222', 'Production', ['Admin']],
      ['111111111111', 'Dev', ['ReadOnly']],
    ]);
    const next = synced(first, third);
    expect(next.fates).toEqual({
      dev_Admin: 'gone',
      dev_ReadOnly: 'kept',
      prod_Admin: 'kept',
      'prod-333333333333_Admin': 'added',
    });
    expect(next.text).toBe(
      first.replace(
        PROFILES_BLOCK.end,
        `\n${profile('prod-333333333333_Admin', '333333333333', 'Admin')}${PROFILES_BLOCK.end}`,
      ),
    );
    const pruned = synced(next.text, third, { prune: true });
    expect(pruned.fates).toMatchObject({ dev_Admin: 'removed' });
    expect(pruned.text).not.toContain('dev_Admin');
  });

  it('takes its marks along when the last profile goes', () => {
    const full = synced(`${SESSION}# mine\n`, TWO).text;
    expect(synced(full, catalogueOf([]), { prune: true }).text).toBe(`${SESSION}# mine\n`);
    const withComment = full.replace(PROFILES_BLOCK.note, '# a thought');
    expect(synced(withComment, catalogueOf([]), { prune: true }).text).toBe(
      `${SESSION}# mine\n# a thought\n`,
    );
  });

  it('prunes nothing that it does not know to be gone, and nothing of others', () => {
    const full = synced(SESSION, TWO).text;
    const mine = full.replace(
      PROFILES_BLOCK.end,
      `[profile mine]\nrole_arn = arn:aws:iam::111111111111:role/x\n${PROFILES_BLOCK.end}`,
    );
    const unknown = { ...catalogueOf([]), accounts: [accountOf('111111111111', 'Dev', null)] };
    const suspended = {
      ...catalogueOf([]),
      accounts: [
        { ...accountOf('111111111111', 'Dev', []), problem: 'forbidden' as const },
        accountOf('222222222222', 'Prod', ['Admin']),
      ],
    };
    expect(synced(mine, { ...unknown, accountsAsOf: null }, { prune: true }).text).toBe(mine);
    expect(synced(mine, suspended, { prune: true }).text).toBe(mine);
    expect(synced(mine, { ...TWO, session: 'other', accounts: [] }, { prune: true }).text).toBe(mine);
    const pruned = synced(mine, unknown, { prune: true });
    expect(pruned.fates).toEqual({ prod_Admin: 'removed' });
    expect(pruned.text).toContain('[profile mine]');
  });

  it("adopts the person's own profiles of a role, also of the portal itself, and leaves them as they are", () => {
    const own = `${SESSION}\n${profile('p', '222222222222', 'Admin', 'region=x\n')}
[profile legacy]
sso_start_url = https://corp.awsapps.com/start/#/
sso_region = us-east-1
sso_account_id = 111111111111
sso_role_name = Admin
`;
    const { fates, text } = synced(own, TWO, { region: 'eu-west-1' });
    expect(fates).toEqual({ p: 'adopted', legacy: 'adopted', dev_ReadOnly: 'added' });
    expect(text.startsWith(own)).toBe(true);
  });

  it('does not take a profile with another source of credentials for one of the role', () => {
    const chained = `${SESSION}${profile('p', '222222222222', 'Admin', 'role_arn = arn:aws:iam::1:role/x\n')}`;
    expect(synced(chained, TWO).fates).toMatchObject({ prod_Admin: 'added' });
  });

  it('never makes an SSO profile of a name that has keys', () => {
    const credentials = '[prod_Admin]\naws_access_key_id = AKIA\naws_secret_access_key = x\n[dev_Admin]\n';
    const { plan, fates } = synced(SESSION, TWO, {}, credentials);
    expect(Object.keys(fates).sort()).toEqual([
      'dev-111111111111_Admin',
      'dev_ReadOnly',
      'prod-222222222222_Admin',
    ]);
    expect(plan.profiles.map(({ instead }) => instead?.because)).toEqual([undefined, 'taken', 'keys']);
  });

  it('takes the profiles that are asked for; those it has stay', () => {
    const names = (wishes: object) => Object.keys(synced(SESSION, TWO, wishes).fates).sort();
    expect(names({ accounts: ['dev'] })).toEqual(['dev_Admin', 'dev_ReadOnly']);
    expect(names({ accounts: ['2222*'] })).toEqual(['prod_Admin']);
    expect(names({ roles: ['read*'] })).toEqual(['dev_ReadOnly']);
    expect(names({ include: ['*_admin'], exclude: ['prod*'] })).toEqual(['dev_Admin']);
    const full = synced(SESSION, TWO).text;
    const narrow = synced(full, TWO, { accounts: ['dev'], prune: true });
    expect(narrow.text).toBe(full);
    expect(narrow.plan.outside).toBe(1);
  });

  it('changes region and output where they differ, and keeps what else stands there', () => {
    const full = synced(SESSION, TWO, { region: 'eu-west-1' }).text;
    const touched = full.replace('region = eu-west-1\n', 'region = us-east-1\ns3 =\n  x = y\n# note\n');
    expect(synced(touched, TWO).text).toBe(touched);
    const back = synced(touched, TWO, { region: 'eu-west-1' });
    expect(back.fates).toEqual({ dev_Admin: 'changed', dev_ReadOnly: 'kept', prod_Admin: 'kept' });
    expect(back.text).toBe(touched.replace('us-east-1\ns3', 'eu-west-1\ns3'));
  });

  it('leaves out roles that are none', () => {
    const odd = catalogueOf([['111111111111', 'Dev', ['Admin', 'a\n[profile x]']]]);
    const { plan, fates } = synced(SESSION, odd);
    expect(fates).toEqual({ dev_Admin: 'added' });
    expect(plan.oddRoles).toEqual([{ accountId: '111111111111', role: 'a\n[profile x]' }]);
  });

  it.each([
    ['no end', (text: string) => text.replace(PROFILES_BLOCK.end, ''), 5],
    ['no begin', (text: string) => text.replace(PROFILES_BLOCK.begin, ''), 21],
    ['two', (text: string) => text + text.slice(text.indexOf(PROFILES_BLOCK.begin)), 22],
    ['keys behind it', (text: string) => `${text}region = x\n`, 21],
  ])('refuses a block with %s, and names the line', (_, spoil, line) => {
    const spoilt = spoil(synced(SESSION, TWO).text);
    expect(() => synced(spoilt, TWO)).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.stringMatching(`^Line ${line} `) }),
    );
  });
});

describe('any catalogue and any config', () => {
  const anyWishes = fc.record({
    templateText: fc.constantFrom('{account_name|slug}.{role}', '{account_name}', '{role}', 'x/{account_id}'),
    region: fc.option(fc.constantFrom('eu-west-1', 'us-east-1'), { nil: undefined }),
    prune: fc.boolean(),
  });

  it('all other bytes stay, a second run writes nothing, names are safe and stay', () => {
    let tried = 0;
    fc.assert(
      fc.property(
        anyConfig,
        anyConfig,
        anyCatalogue,
        anyCatalogue,
        anyWishes,
        (config, credentials, one, other, wishes) => {
          const first = syncedUnlessRefused(config, one, wishes, credentials);
          fc.pre(first !== undefined);
          tried++;
          expect(first.text.startsWith(config)).toBe(true);
          const ours = first.plan.profiles.filter(({ fate }) => fate === 'added');
          for (const { name } of ours) expect(isSafeName(name)).toBe(true);
          expect(new Set(ours.map(({ name }) => name)).size).toBe(ours.length);
          const sections = parseIni(first.text);
          expect(findBlock(sections, PROFILES_BLOCK)?.sections.length ?? 0).toBe(ours.length);
          const again = synced(
            first.text,
            { ...one, accounts: [...one.accounts].reverse() },
            wishes,
            credentials,
          );
          expect(again.text).toBe(first.text);
          const next = syncedUnlessRefused(first.text, other, wishes, credentials);
          fc.pre(next !== undefined);
          expect(outsideOf(next.text).replaceAll(/\s+$/g, '')).toBe(
            outsideOf(first.text).replaceAll(/\s+$/g, ''),
          );
          for (const { name, accountId, role } of ours) {
            const still = next.plan.profiles.find((p) => p.accountId === accountId && p.role === role);
            if (still !== undefined) expect(still.name).toBe(name);
          }
          expect(synced(next.text, other, wishes, credentials).text).toBe(next.text);
        },
      ),
      { numRuns: 400 },
    );
    expect(tried).toBeGreaterThan(150);
  });
});
