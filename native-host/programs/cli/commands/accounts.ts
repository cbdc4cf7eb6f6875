import type { Catalogue, CatalogueAccount } from '../../../../shared/catalogue/catalogue.ts';
import { AwsherError } from '../../../../shared/errors/awsher-error.ts';
import { subjectOf, type TokenSubject } from '../../../aws/tokens/token-subject.ts';
import { loadSharedConfig } from '../../../base/files/config-file.ts';
import { byName } from '../../../base/formats/natural-order.ts';
import { clockTime } from '../../../base/formats/times.ts';
import type { Context } from '../../../base/platform/context.ts';
import { recentUses } from '../../../features/catalogue/frecency.ts';
import { readCatalogueOf } from '../../../features/catalogue/store.ts';
import { type CatalogueUpdate, updateCatalogue } from '../../../features/catalogue/update.ts';
import type { UpdateOptions } from '../../../features/catalogue/update-options.ts';
import {
  accountHead,
  accountRow,
  accountsCsv,
  accountsJson,
  changeLines,
  isRoleName,
  nameWidth,
} from '../accounts/account-words.ts';
import { searchAccounts } from '../accounts/search.ts';
import { type Command, flag, type Invocation, text } from '../command.ts';
import type { Output } from '../output.ts';
import { pickSession } from '../pick-session.ts';
import { openAws } from '../profile-credentials.ts';
import { createProgressBar, type ProgressBar } from '../progress-bar.ts';

export const command: Command = {
  declaration: {
    name: 'accounts',
    summary: 'List your accounts and roles',
    description:
      'Shows the last listing at once, then what changed (on stderr). Each run lists the accounts, the roles of new ones, and some of the roles older than 24 hours; --refresh lists all. AWS allows about 20 requests a second, and awsher keeps to that. An interrupted listing continues where it stopped. --json and --csv wait until the listing is complete.',
    options: [
      {
        flag: '--search',
        value: 'TEXT',
        description: 'Only rows with these words: name, account ID, email, role',
      },
      { flag: '--csv', description: 'One line per role, for spreadsheets' },
      { flag: '--refresh', description: 'List the roles of every account again' },
      { flag: '--cached', description: 'Only the last listing; no network' },
    ],
    examples: ['awsher accounts', 'awsher accounts --search "payments admin"', 'awsher accounts --json'],
  },
  async run(context, invocation, output) {
    const config = loadSharedConfig(context.paths);
    const name = text(invocation, 'session');
    const profile = text(invocation, 'profile');
    const chosen = await pickSession(context, { config, name, profile });
    const subject = subjectOf(config, chosen);
    const known = readCatalogueOf(context.paths, subject);
    if (flag(invocation, 'cached')) return answerCached(context, invocation, output, known);
    if (output.json || flag(invocation, 'csv')) {
      const bar = createProgressBar(context, output, 'accounts');
      const { catalogue } = await update(context, invocation, output, subject, bar, {});
      answerWhole(invocation, output, catalogue);
      return;
    }
    const tableOf = createTable(context, invocation, output, { known, session: subject.key });
    const done = await update(context, invocation, output, subject, tableOf.bar, tableOf.heard);
    tableOf.rest(done);
  },
};

function answerCached(
  context: Context,
  invocation: Invocation,
  output: Output,
  known: Catalogue | null,
): void {
  if (known === null || known.accounts.length === 0) {
    throw new AwsherError('USAGE', 'Nothing has been listed yet.', { hint: 'run `awsher accounts`' });
  }
  if (output.json || flag(invocation, 'csv')) answerWhole(invocation, output, known);
  else createTable(context, invocation, output, { known, session: known.session });
  const asOf = known.accountsAsOf;
  output.tell(
    asOf === null
      ? 'This listing was interrupted; run `awsher accounts` to go on.'
      : output.style.dim(`As of ${clockTime(asOf, context.now())}.`),
  );
}

function answerWhole(invocation: Invocation, output: Output, { accounts, session }: Catalogue): void {
  const found = searchAccounts(accounts, text(invocation, 'search'), session);
  if (output.json) output.data(accountsJson(found));
  else output.answer(accountsCsv(found), 'exact');
  sayUnusable(output, found);
}

async function update(
  context: Context,
  invocation: Invocation,
  output: Output,
  subject: TokenSubject,
  bar: ProgressBar,
  heard: Pick<UpdateOptions, 'onAccount' | 'onAccounts'>,
): Promise<CatalogueUpdate> {
  const { paths, signal } = context;
  const aws = openAws(context, { profile: text(invocation, 'profile') });
  const recent = recentUses(paths, context.now()).flatMap(({ accountId }) => accountId ?? []);
  try {
    const done = await updateCatalogue(
      { ...aws, paths, signal, sleep: (ms, until) => context.sleep(ms, until), warn: output.warn },
      subject,
      {
        mode: flag(invocation, 'refresh') ? 'all' : 'due',
        first: [...new Set(recent)],
        ...heard,
        onProgress: ({ done, total, rate }) => {
          if (total > 0 && done < total) bar.show(done, total, rate);
        },
      },
    );
    bar.stop();
    output.detail(
      `calls: ${done.calls}, throttled (429): ${done.throttled}; accounts left for later: ${done.left}`,
    );
    return done;
  } finally {
    bar.stop();
    aws.close();
  }
}

/** The table as it grows: what is known at once, then each account when its roles come. */
function createTable(
  context: Context,
  invocation: Invocation,
  output: Output,
  { known, session }: { known: Catalogue | null; session: string },
) {
  const bar = createProgressBar(context, output, 'accounts');
  const style = output.answerStyle;
  const columns = context.stdout.isTTY ? context.stdout.columns : null;
  const search = text(invocation, 'search');
  const shownIds = new Set<string>();
  let headed = false;
  const ready = (known?.accounts ?? []).filter(({ roles }) => roles !== null);
  let width = Math.max(24, nameWidth(known?.accounts ?? []));
  if (ready.length > 0) width = nameWidth(ready);

  function show(accounts: readonly CatalogueAccount[]): void {
    const rows = searchAccounts(
      accounts.filter(({ accountId }) => !shownIds.has(accountId)),
      search,
      session,
    );
    for (const { accountId } of accounts) shownIds.add(accountId);
    if (rows.length === 0) return;
    const lines = rows.map((one) => accountRow(one, width, style, columns));
    if (columns !== null && !headed) lines.unshift(accountHead(width, style, columns));
    headed = true;
    bar.above(() => output.answer(lines.join('\n')));
  }

  show(
    [...ready].sort(
      (one, other) => byName(one.accountName, other.accountName) || byName(one.accountId, other.accountId),
    ),
  );
  return {
    bar,
    heard: {
      onAccount: (account: CatalogueAccount) => show([account]),
      onAccounts: (accounts: readonly CatalogueAccount[]) => {
        if (ready.length === 0) width = Math.max(width, nameWidth(accounts));
      },
    },
    rest({ catalogue, changes }: CatalogueUpdate): void {
      show(catalogue.accounts.filter(({ roles }) => roles !== null));
      for (const line of changeLines(changes, output.style)) output.tell(line);
      sayUnusable(output, catalogue.accounts);
      if (catalogue.accounts.length === 0) output.tell('You have no accounts in this portal.');
      else if (search !== undefined && searchAccounts(catalogue.accounts, search, session).length === 0)
        output.tell('Nothing matches.');
    },
  };
}

function sayUnusable(output: Output, accounts: readonly CatalogueAccount[]): void {
  const count = accounts.flatMap(({ roles }) => roles ?? []).filter((role) => !isRoleName(role)).length;
  if (count > 0) {
    const roles = count === 1 ? 'One role has a name' : `${count} roles have names`;
    output.warn(`${roles} that AWS does not allow; left out (--json shows everything)`);
  }
}
