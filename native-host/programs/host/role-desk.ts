import type * as v from 'valibot';
import type { Catalogue } from '../../../shared/catalogue/catalogue.ts';
import { AwsherError, toAwsherError } from '../../../shared/errors/awsher-error.ts';
import {
  CATALOGUE_PAGE_BYTES,
  type CatalogueChanged,
  type ListedAccount,
  type ROLE_METHODS,
  type RoleRef,
} from '../../../shared/protocol/roles.ts';
import { openServerClock } from '../../aws/calls/server-clock.ts';
import { ssoRoleCredentials } from '../../aws/resolver/sso-role.ts';
import { withAws } from '../../aws/resolver/with-aws.ts';
import { findSession, namedSession } from '../../aws/tokens/known-sessions.ts';
import { subjectOf, type TokenSubject } from '../../aws/tokens/token-subject.ts';
import { loadSharedConfig } from '../../base/files/config-file.ts';
import { sleep } from '../../base/platform/context.ts';
import { readCatalogue } from '../../features/catalogue/store.ts';
import { updateCatalogue } from '../../features/catalogue/update.ts';
import type { UpdateProgress } from '../../features/catalogue/update-options.ts';
import { ensureProfile, findProfile, roleUnknown } from '../../features/profiles/ensure-profile.ts';
import { accountMark } from '../../features/settings/account-mark.ts';
import { readSettings } from '../../features/settings/own-settings.ts';
import type { Settings } from '../../features/settings/settings.ts';
import type { PartDeps } from './host-options.ts';

export interface RoleDeskOptions extends PartDeps {
  readonly platform: string;
  readonly changed: (news: CatalogueChanged) => void;
}

type Answers = { [K in keyof typeof ROLE_METHODS]: v.InferInput<(typeof ROLE_METHODS)[K]['result']> };

export type RoleDesk = ReturnType<typeof openRoleDesk>;

/** Names that the portal may list and no file may hold are left out (docs/accounts.md). */
const ROLE = /^[\w+=,.@-]{1,64}$/;
const LONGEST_TEXT = 500;
const TELL_EVERY_MS = 250;
/** What is younger is not asked for again because a popup opened. */
const FRESH_MS = 5 * 60_000;

/** Accounts and roles for the extension; the SDK comes in with the first request to AWS. */
export function openRoleDesk({ paths, env, platform, now, changed, log }: RoleDeskOptions) {
  const updates = new Map<string, Promise<void>>();
  const stopping = new AbortController();
  const { signal } = stopping;

  async function list(session: string, cursor: number): Promise<Answers['catalogue.list']> {
    const subject = subjectNamed(session);
    const catalogue = readCatalogue(paths, session) ?? nothingYet(session, subject);
    const { startUrl, region, accountsAsOf } = catalogue;
    return { startUrl, region, accountsAsOf, ...pageFrom(catalogue, cursor, teamSettings()) };
  }

  /** Marks are no reason to show no list. */
  function teamSettings(): Settings {
    try {
      return readSettings(paths);
    } catch (thrown) {
      log(`the settings are ignored: ${toAwsherError(thrown).code}`);
      return {};
    }
  }

  function subjectNamed(session: string): TokenSubject {
    const config = loadSharedConfig(paths);
    return subjectOf(config, namedSession(config, session));
  }

  function known(role: RoleRef): Catalogue {
    const catalogue = readCatalogue(paths, role.session);
    // A sign-out takes the list with it.
    const config = loadSharedConfig(paths);
    const session = catalogue ? undefined : findSession(config, role.session);
    if (session) {
      throw new AwsherError('SIGN_IN_NEEDED', `You are not signed in to ${role.session}.`, {
        hint: `run \`${subjectOf(config, session).login}\``,
      });
    }
    const account = catalogue?.accounts.find(({ accountId }) => accountId === role.accountId);
    if (!catalogue || !account?.roles?.includes(role.roleName))
      throw roleUnknown(role.accountId, role.roleName);
    return catalogue;
  }

  async function update(session: string, subject: TokenSubject): Promise<void> {
    let told = 0;
    const last = { done: 0, total: 0 };
    const onProgress = ({ done, total }: UpdateProgress): void => {
      Object.assign(last, { done, total });
      if (now() - told < TELL_EVERY_MS) return;
      told = now();
      changed({ session, done, total, ended: false, error: null });
    };
    const error = await withAws({ paths, env, now }, (deps) =>
      updateCatalogue({ ...deps, signal, sleep }, subject, { mode: 'stale', onProgress }),
    ).then(() => null, toAwsherError);
    if (error) log(`accounts and roles could not be listed: ${error.code}`);
    changed({ session, ...last, ended: true, error: error?.toWire() ?? null });
  }

  function refresh(session: string): void {
    const subject = subjectNamed(session);
    const catalogue = readCatalogue(paths, session);
    const asOf = catalogue?.accountsAsOf ?? null;
    const open = catalogue?.accounts.some(({ roles, problem }) => roles === null && problem === null);
    if (asOf !== null && !open && Math.abs(now() - asOf) < FRESH_MS) {
      changed({ session, done: 0, total: 0, ended: true, error: null });
      return;
    }
    if (updates.has(session)) return;
    updates.set(
      session,
      update(session, subject).finally(() => updates.delete(session)),
    );
  }

  /** As `awsher explain PROFILE` in a shell without AWS variables: the browser's own environment is nobody's shell. */
  async function explain(role: RoleRef): Promise<Answers['role.explain']> {
    const profile = findProfile(paths, known(role), role);
    if (profile === undefined) return { profile: null, verdict: '', lines: [] };
    const [{ tellStory }, { treeOf }, { explainedLines }] = await Promise.all([
      import('../../features/explain/tell.ts'),
      import('../../features/explain/tree.ts'),
      import('../../features/explain/explained-lines.ts'),
    ]);
    const clock = openServerClock(paths, now);
    const story = tellStory({ paths, env: {}, clock, profile, namedBy: 'argument' });
    return {
      profile,
      verdict: story.verdict.sentence,
      lines: explainedLines(treeOf(story), paths.home),
    };
  }

  async function keys(role: RoleRef): Promise<Answers['keys.show']> {
    const { accountId, roleName } = role;
    const { startUrl, region } = known(role);
    const config = loadSharedConfig(paths);
    const session = findSession(config, role.session)?.legacy ? null : role.session;
    const found = await withAws({ paths, env, now }, (deps) =>
      ssoRoleCredentials(
        { ...deps, signal, env, platform, config },
        { profile: '', role: { accountId, roleName, session, startUrl }, region },
      ),
    );
    if (found.sessionToken === undefined || found.expiresAt === undefined)
      throw new AwsherError('AWS_ERROR', 'The portal returned no credentials.');
    log('keys were shown in the popup');
    return {
      accessKeyId: found.accessKeyId,
      secretAccessKey: found.secretAccessKey.expose(),
      sessionToken: found.sessionToken.expose(),
      expiresAt: Math.floor(found.expiresAt / 1000),
    };
  }

  return {
    list,
    async refresh(session: string): Promise<Answers['catalogue.refresh']> {
      refresh(session);
      return {};
    },
    ensure: async (role: RoleRef): Promise<Answers['profile.ensure']> =>
      ensureProfile(paths, known(role), role, readSettings(paths).profiles),
    explain,
    keys,
    /** Ends the updates that are under way; resolves when none is. */
    async stop(): Promise<void> {
      stopping.abort();
      await Promise.allSettled(updates.values());
    },
  };
}

function nothingYet(session: string, { startUrl, region }: TokenSubject): Catalogue {
  return { session, startUrl, region, accountsAsOf: null, accounts: [] };
}

/** Accounts from a place on, as many as a message may carry. */
export function pageFrom(
  { accounts }: Pick<Catalogue, 'accounts'>,
  cursor: number,
  settings: Settings,
): { accounts: ListedAccount[]; next: number | null } {
  const page: ListedAccount[] = [];
  let bytes = 0;
  for (let at = cursor; at < accounts.length; at++) {
    const account = accounts[at];
    if (account === undefined) break;
    const { label, color, production } = accountMark(settings, account);
    const listed: ListedAccount = {
      accountId: account.accountId,
      accountName: account.accountName.slice(0, LONGEST_TEXT),
      emailAddress: account.emailAddress.slice(0, LONGEST_TEXT),
      roles: account.roles?.filter((role) => ROLE.test(role)) ?? null,
      problem: account.problem,
      label: label ?? '',
      colour: color ?? 'none',
      production,
    };
    bytes += Buffer.byteLength(JSON.stringify(listed));
    if (page.length > 0 && bytes > CATALOGUE_PAGE_BYTES) return { accounts: page, next: at };
    page.push(listed);
  }
  return { accounts: page, next: null };
}
