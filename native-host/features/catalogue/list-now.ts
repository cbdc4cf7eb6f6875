import type { AwsFault } from '../../../shared/aws/faults.ts';
import type { Catalogue, CatalogueAccount } from '../../../shared/catalogue/catalogue.ts';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { type EndlessList, watchPages } from '../../../shared/transport/policy.ts';
import type { TokenSubject } from '../../aws/tokens/token-subject.ts';
import { validToken } from '../../aws/tokens/valid-token.ts';
import { progressFile } from '../../base/files/catalogue-files.ts';
import { type Question, startCalls } from './calls.ts';
import { type PlanRequest, planRoles } from './listing-plan.ts';
import { type ListedAccount, listAccountsPage, listRolesPage } from './portal-list.ts';
import { openProgress, type ProgressWriter } from './progress-file.ts';
import { listingUnderWay, readCatalogueOf, writeCatalogue } from './store.ts';
import type { UpdateDeps, UpdateOptions } from './update-options.ts';

/** An interrupted listing of everything is gone on with for so long; later it begins anew. */
const RESUME_MS = 12 * 3_600_000;

/**
 * Asks the portal and saves what it says; the caller has the turn. `otherBegan` is when another process began the listing
 * that has just ended: what it asked is not asked again.
 */
export async function listNow(
  deps: UpdateDeps,
  subject: TokenSubject,
  options: UpdateOptions,
  otherBegan: number | null,
): Promise<{ catalogue: Catalogue; calls: number; throttled: number }> {
  // Nobody signed in: nothing is begun.
  await validToken(deps, subject);
  const listing = createListing(deps, subject, options, otherBegan);
  try {
    const catalogue = await listing.run();
    return { catalogue, ...listing.calls.counts };
  } finally {
    listing.close();
  }
}

function createListing(
  deps: UpdateDeps,
  subject: TokenSubject,
  options: UpdateOptions,
  otherBegan: number | null,
) {
  const { paths, clock } = deps;
  const now = clock.local();
  const head = { session: subject.key, startUrl: subject.startUrl, region: subject.region };
  const started: Catalogue = readCatalogueOf(paths, subject) ?? { ...head, accountsAsOf: null, accounts: [] };
  const request: PlanRequest = {
    mode: options.mode,
    now,
    since: otherBegan ?? beganAt(deps, subject, options, now),
    first: options.first ?? [],
  };
  const known = new Map(started.accounts.map((one) => [one.accountId, one]));
  const listed: ListedAccount[] = [];
  const listedIds = new Set<string>();
  const watch = watchPages();
  const asked = new Set<string>();
  const calls = startCalls(deps, subject);
  let unkept = false;
  let writer = begin(started);
  let [done, total] = [0, 0];
  let listedAt = started.accountsAsOf;

  /** Saves what is known as a whole; what comes next is added to it one by one. */
  function begin(catalogue: Catalogue): ProgressWriter {
    return keeping(NOT_KEPT, () => {
      writeCatalogue(paths, catalogue);
      const everything = options.mode === 'all';
      return openProgress(progressFile(paths, subject.key), { ...head, since: request.since, everything });
    });
  }

  /** A list in the hand is worth more than one on the disk: where nothing can be written, it goes on and says so once. */
  function keeping<T>(otherwise: T, write: () => T): T {
    try {
      return write();
    } catch (thrown) {
      if (!(thrown instanceof AwsherError) || thrown.code !== 'FILE_WRITE') throw thrown;
      if (!unkept) deps.warn?.(`the list could not be saved: ${thrown.message}`);
      unkept = true;
      return otherwise;
    }
  }

  function tellProgress(): void {
    options.onProgress?.({ done, total, rate: calls.rate() });
  }

  function found(account: ListedAccount, roles: readonly string[], problem: 'forbidden' | null): void {
    const whole: CatalogueAccount = { ...account, roles, rolesAsOf: clock.local(), problem };
    known.set(account.accountId, whole);
    keeping(undefined, () => writer.add(whole));
    done += 1;
    options.onAccount?.(whole);
    tellProgress();
  }

  function rolesOf(
    account: ListedAccount,
    page: string | null,
    before: readonly string[],
    watch = watchPages(),
  ): Question {
    return {
      async ask(portal, call) {
        const { items, next } = await listRolesPage(portal, account.accountId, { ...call, page });
        const roles = [...new Set([...before, ...items])];
        if (next === null) return found(account, roles, null);
        refuseEndless(watch(next, roles.length - before.length), `roles of account ${account.accountId}`);
        calls.add(rolesOf(account, next, roles, watch), true);
      },
      refused(fault) {
        if (!isAboutTheAccount(fault)) return false;
        found(account, [], 'forbidden');
        return true;
      },
    };
  }

  function askRoles(account: ListedAccount): void {
    if (asked.has(account.accountId)) return;
    asked.add(account.accountId);
    calls.add(rolesOf(account, null, []));
  }

  function accountsFrom(page: string | null): Question {
    return {
      async ask(portal, call) {
        const { items, next } = await listAccountsPage(portal, { ...call, page });
        const before = listedIds.size;
        for (const { accountId } of items) listedIds.add(accountId);
        listed.push(...items);
        if (next === null) allListed();
        else {
          refuseEndless(watch(next, listedIds.size - before), 'accounts');
          calls.add(accountsFrom(next), true);
        }
        // The first ones of a first listing need not wait for the last page.
        for (const account of items) {
          if (next !== null && started.accountsAsOf === null && !known.has(account.accountId))
            askRoles(account);
        }
      },
      refused: () => false,
    };
  }

  function allListed(): void {
    const accounts = merge(listed, known);
    listedAt = clock.local();
    writer.close();
    writer = begin({ ...head, accountsAsOf: listedAt, accounts });
    options.onAccounts?.(accounts);
    const plan = planRoles(accounts, request);
    const resumed = accounts.filter(({ rolesAsOf }) => rolesAsOf !== null && rolesAsOf >= request.since);
    const wanted = new Set([...asked, ...plan.map(({ accountId }) => accountId)]);
    const before = resumed.filter(({ accountId }) => !asked.has(accountId)).length;
    done += before;
    total = wanted.size + before;
    tellProgress();
    for (const account of plan) askRoles(account);
  }

  return {
    calls,
    async run(): Promise<Catalogue> {
      if (otherBegan !== null && started.accountsAsOf !== null && started.accountsAsOf >= otherBegan) {
        listed.push(...started.accounts);
        for (const account of planRoles(started.accounts, request)) askRoles(account);
      } else {
        calls.add(accountsFrom(null));
      }
      await calls.done();
      const catalogue = { ...head, accountsAsOf: listedAt, accounts: merge(listed, known) };
      keeping(undefined, () => writeCatalogue(paths, catalogue));
      return catalogue;
    },
    close: () => writer.close(),
  };
}

const NOT_KEPT: ProgressWriter = { add() {}, close() {} };

/** Throws AWS_ERROR for a list that has no end. */
function refuseEndless(why: EndlessList | null, what: string): void {
  if (why === null) return;
  throw new AwsherError('AWS_ERROR', `The portal's list of ${what} never ends (${why}).`, {
    hint: 'check for a proxy in between, then run the command again',
  });
}

/** When this listing began: now, or when an interrupted one of the same kind did. */
function beganAt({ paths }: UpdateDeps, subject: TokenSubject, options: UpdateOptions, now: number): number {
  const left = listingUnderWay(paths, subject.key);
  const { startUrl, region } = left?.catalogue ?? {};
  const fits = startUrl === subject.startUrl && region === subject.region;
  if (left === null || !fits || left.since > now || now - left.since > RESUME_MS) return now;
  return left.everything || options.mode !== 'all' ? left.since : now;
}

/** The accounts of AWS's list, each once, with what is known of their roles. */
function merge(
  listed: readonly ListedAccount[],
  known: ReadonlyMap<string, CatalogueAccount>,
): CatalogueAccount[] {
  const accounts = new Map<string, CatalogueAccount>();
  for (const { accountId, accountName, emailAddress } of listed) {
    const { roles, rolesAsOf, problem } = known.get(accountId) ?? UNKNOWN;
    accounts.set(accountId, { accountId, accountName, emailAddress, roles, rolesAsOf, problem });
  }
  return [...accounts.values()];
}

const UNKNOWN = { roles: null, rolesAsOf: null, problem: null } as const;

/** Suspended, revoked, or gone since the list was made: one account is no reason to give up the rest. */
function isAboutTheAccount({ kind }: AwsFault): boolean {
  return kind === 'forbidden' || kind === 'access-denied' || kind === 'not-found';
}
