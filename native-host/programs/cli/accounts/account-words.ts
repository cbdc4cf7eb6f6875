import type { CatalogueAccount } from '../../../../shared/catalogue/catalogue.ts';
import { byName } from '../../../base/formats/natural-order.ts';
import type { CatalogueChanges } from '../../../features/catalogue/changes.ts';
import { plain, type Style } from '../output.ts';
import { clip, width as columnsOf, pad, pieces } from '../width.ts';

/** Names that a config, a URL and every SDK take (IAM API reference, `roleNameType`). */
const ROLE_NAME = /^[\w+=,.@-]{1,64}$/;

/** A role's name as AWS allows it; others are never written anywhere. */
export const isRoleName = (name: string): boolean => ROLE_NAME.test(name);

/** Roles that can be used, by name. */
export function usableRoles({ roles }: Pick<CatalogueAccount, 'roles'>): string[] {
  return (roles ?? []).filter(isRoleName).sort(byName);
}

/** What a role is called in a list to type in, and what stands beside it; an account without roles goes by its name. */
export function roleWords(
  { accountId, accountName, emailAddress }: CatalogueAccount,
  roleName: string | null,
  session: string,
): { label: string; detail: string } {
  const name = shown(accountName) || accountId;
  return {
    label: roleName === null ? name : `${name} · ${roleName}`,
    detail: [accountId, shown(emailAddress), shown(session)].filter(Boolean).join(' · '),
  };
}

const NAME_WIDTH = 40;

/** How wide the column of names is for these accounts. */
export function nameWidth(accounts: readonly CatalogueAccount[]): number {
  return accounts.reduce(
    (widest, { accountName }) => Math.min(NAME_WIDTH, Math.max(widest, columnsOf(shown(accountName)))),
    12,
  );
}

/**
 * One account as a line of the table: number, name, roles. Names are made safe for a terminal. `columns` is a terminal's
 * width: roles that do not fit go on below the first ones; `null` keeps one line for each account, as programs want it.
 */
export function accountRow(
  account: CatalogueAccount,
  width: number,
  style: Style,
  columns: number | null,
): string {
  const narrow = isNarrow(width, columns);
  const most = columns === null ? Number.POSITIVE_INFINITY : narrow ? columns - 14 : width;
  const name = clip(shown(account.accountName), most);
  const roles =
    account.problem === 'forbidden'
      ? style.yellow('no access (account suspended, or access removed)')
      : inColumn(usableRoles(account), narrow ? 2 : ROLES_AT + width, columns) || style.dim('no role');
  const start = `${style.dim(account.accountId)}  ${style.bold(name)}`;
  if (narrow) return `${start}\n  ${roles}`;
  return `${start}${pad('', width - columnsOf(name))}  ${roles}`;
}

/** Where the roles begin, without the name. */
const ROLES_AT = 12 + 2 + 2;

/** What stands above the rows on a terminal. */
export const accountHead = (width: number, style: Style, columns: number): string =>
  style.dim(
    `${pad('ACCOUNT ID', 12)}  ${isNarrow(width, columns) ? 'ACCOUNT' : `${pad('ACCOUNT', width)}  ROLES`}`,
  );

/** Whether a row has its roles on the lines below. */
const isNarrow = (width: number, columns: number | null): columns is number =>
  columns !== null && columns < ROLES_AT + width + LEAST_ROOM;

/** Below this much room a column of roles is no column any more. */
const LEAST_ROOM = 24;

function inColumn(roles: readonly string[], indent: number, columns: number | null): string {
  if (columns === null) return roles.join(', ');
  const room = columns - indent;
  const lines: string[] = [];
  for (const role of roles) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + role.length + 3 <= room)
      lines[lines.length - 1] = `${last}, ${role}`;
    else {
      // No line begins with a comma: where the one before is full, its end says as much.
      if (last !== undefined && last.length < room) lines[lines.length - 1] = `${last},`;
      lines.push(...pieces(role, room));
    }
  }
  return lines.join(`\n${' '.repeat(indent)}`);
}

/** A name on one line. */
export function shown(name: string): string {
  return plain(name).replace(/\s+/g, ' ').trim();
}

/** `accounts --json`: names as AWS gives them. */
export function accountsJson(accounts: readonly CatalogueAccount[]): unknown[] {
  return accounts.map(({ accountId, accountName, emailAddress, roles }) => ({
    accountId,
    accountName,
    emailAddress,
    roles: roles ?? [],
  }));
}

/** `accounts --csv` (RFC 4180): a line for each role, and one for an account without. */
export function accountsCsv(accounts: readonly CatalogueAccount[]): string {
  const lines = accounts.flatMap((account) => {
    const roles = usableRoles(account);
    const { accountId, accountName, emailAddress } = account;
    return (roles.length === 0 ? [''] : roles).map((role) =>
      [accountId, shown(accountName), shown(emailAddress), role].map(cell).join(','),
    );
  });
  return ['accountId,accountName,emailAddress,role', ...lines].join('\r\n');
}

/** A spreadsheet takes a cell that begins like this for a formula (OWASP, CSV injection); an apostrophe makes it text. */
function cell(text: string): string {
  const safe = /^[=+\-@]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** What is different, one line each; more than this of a kind is counted. */
const MOST_LINES = 10;

/** What an update changed, as lines: `+` new, `-` gone, `~` different. */
export function changeLines(changes: CatalogueChanges, style: Style): string[] {
  const named = ({ accountName, accountId }: CatalogueAccount) => `${shown(accountName)} (${accountId})`;
  return [
    ...few(
      changes.newAccounts.map((one) => style.green(`+ ${named(one)}`)),
      'more new accounts',
    ),
    ...few(
      changes.goneAccounts.map((one) => style.red(`- ${named(one)}`)),
      'more accounts gone',
    ),
    ...few(
      changes.renamed.map(({ account, before }) => `~ ${shown(before)} is now called ${named(account)}`),
      'more renamed',
    ),
    ...few(
      changes.roles.map(({ account, added, gone }) =>
        [
          `~ ${named(account)}:`,
          ...added.map((role) => style.green(`+${shown(role)}`)),
          ...gone.map((role) => style.red(`-${shown(role)}`)),
        ].join(' '),
      ),
      'more accounts with other roles',
    ),
    ...few(
      changes.problems.map((account) =>
        account.problem === null
          ? `~ ${named(account)} can be used again`
          : style.yellow(`~ ${named(account)} no longer gives you access`),
      ),
      'more',
    ),
  ];
}

function few(lines: readonly string[], more: string): string[] {
  const left = lines.length - MOST_LINES;
  return left <= 0 ? [...lines] : [...lines.slice(0, MOST_LINES), `  and ${left} ${more}`];
}
