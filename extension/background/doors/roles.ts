import * as v from 'valibot';
import {
  accountContainer,
  accountOfLink,
  type Container,
  containerLink,
  isConsoleAddress,
  portalConsoleLink,
} from '../../../shared/aws/console-link.ts';
import { AwsherError, toAwsherError } from '../../../shared/errors/awsher-error.ts';
import {
  type CatalogueChanged,
  type KeptCatalogue,
  type ListedAccount,
  type RoleRef,
  type RolesMessage,
  RolesRequest,
} from '../../../shared/protocol/roles.ts';
import type { Secret } from '../../../shared/secret.ts';
import type { Port } from '../../platform/api.ts';
import { hasContainers } from '../../platform/identity.ts';
import { keptCatalogues, rolePreferences } from '../../platform/role-storage.ts';
import { bringToFront, openTab } from '../../platform/tabs.ts';
import type { HostLink } from '../host/host-link.ts';
import { effectiveSettings } from '../memory/effective-settings.ts';

/** Keys and a new profile may need a request to AWS and a lock. */
const WORK_DEADLINE = { deadlineMs: 30_000 };
/** While a first listing goes on, what is there so far is shown this often. Milliseconds. */
const SHOW_EVERY_MS = 2_000;
const MOST_PAGES = 200;

export interface RolesOptions {
  link: HostLink;
  now: () => number;
}

/**
 * Accounts and roles for the popup: fetched from the host and left in storage, where the popup finds them without us.
 * Keys pass through on their way to the one port that asked, and are kept nowhere.
 */
export function createRoles({ link, now }: RolesOptions) {
  const open = new Set<Port>();
  let writing: Promise<void> = Promise.resolve();
  let shownAt = 0;

  /** Changes the stored list, one change after the other. */
  function change(edit: (kept: KeptCatalogue[]) => KeptCatalogue[]): Promise<void> {
    writing = writing.then(async () => {
      const before = await keptCatalogues.read();
      const after = edit(before);
      if (JSON.stringify(after) !== JSON.stringify(before)) await keptCatalogues.write(after);
    });
    return writing;
  }

  /** All pages of a session's catalogue; begins again when it changed between two pages. */
  async function fetchAll(session: string): Promise<KeptCatalogue> {
    let whole: KeptCatalogue | undefined;
    let cursor = 0;
    for (let page = 0; page < MOST_PAGES; page++) {
      const answer = await link.ask('catalogue.list', { session, cursor });
      const { startUrl, accountsAsOf, accounts, next } = answer;
      const before: KeptCatalogue | undefined = whole;
      if (before && before.accountsAsOf !== accountsAsOf) {
        whole = undefined;
        cursor = 0;
        continue;
      }
      whole = { session, startUrl, accountsAsOf, accounts: [...(before?.accounts ?? []), ...accounts] };
      if (next === null) return whole;
      cursor = next;
    }
    throw new AwsherError('PROTOCOL_MESSAGE', 'The awsher command did not finish its list.');
  }

  async function show(session: string): Promise<void> {
    const fresh = await fetchAll(session);
    await change((kept) => {
      const at = kept.findIndex((one) => one.session === session);
      if (at < 0) return [...kept, fresh];
      return kept.with(at, fresh);
    });
  }

  /** What is known is shown at once; then the host is asked to look at AWS. */
  async function refresh(session: string): Promise<void> {
    await keepOnly((await link.ask('sessions.list', {})).sessions);
    await show(session);
    await link.ask('catalogue.refresh', { session });
  }

  function changed(progress: CatalogueChanged): void {
    const due = progress.ended || now() - shownAt > SHOW_EVERY_MS;
    if (due) {
      shownAt = now();
      void show(progress.session).catch(() => {});
    }
    tell(progress);
  }

  function tell(progress: CatalogueChanged): void {
    for (const port of open) post(port, { type: 'progress', progress });
  }

  /** Sessions that are gone from the config take their accounts with them. */
  async function keepOnly(known: readonly { session: string }[]): Promise<void> {
    const names = new Set(known.map(({ session }) => session));
    await change((kept) => kept.filter(({ session }) => names.has(session)));
  }

  async function answer({ id, ask }: RolesRequest): Promise<RolesMessage> {
    switch (ask.type) {
      case 'refresh':
        await refresh(ask.session);
        return { type: 'done', id };
      case 'console':
        await openConsole(ask.role);
        return { type: 'done', id };
      case 'profile':
        return { type: 'profile', id, ...(await link.ask('profile.ensure', ask.role, WORK_DEADLINE)) };
      case 'explain':
        return { type: 'explain', id, ...(await link.ask('role.explain', ask.role)) };
      case 'keys':
        return { type: 'keys', id, ...(await link.ask('keys.show', ask.role, WORK_DEADLINE)) };
    }
  }

  /** Through the access portal of this browser, which asks for a sign-in when it needs one: no secret is involved. */
  async function openConsole({ session, accountId, roleName }: RoleRef): Promise<void> {
    const catalogue = (await keptCatalogues.read()).find((one) => one.session === session);
    const account = catalogue?.accounts.find((one) => one.accountId === accountId);
    if (!catalogue || !account?.roles?.includes(roleName)) {
      throw new AwsherError('ROLE_UNKNOWN', 'That role is no longer in the list.');
    }
    await openTab(
      await inContainer(portalConsoleLink(catalogue.startUrl, { accountId, roleName }), account),
      true,
    );
  }

  /** An address from a command of this computer. One with a token in it never passes through an add-on for containers. */
  async function openConsolePage(url: Secret): Promise<Record<string, never>> {
    const address = url.expose();
    if (!isConsoleAddress(address)) {
      throw new AwsherError('PROTOCOL_MESSAGE', 'That is not an AWS console address.');
    }
    const accountId = accountOfLink(address);
    const account = (await keptCatalogues.read())
      .flatMap(({ accounts }) => accounts)
      .find((one) => one.accountId === accountId);
    const tabId = await openTab(account ? await inContainer(address, account) : address, true);
    await bringToFront(tabId);
    return {};
  }

  function connect(port: Port): void {
    open.add(port);
    port.onDisconnect.addListener(() => open.delete(port));
    port.onMessage.addListener((message: unknown) => {
      const request = v.safeParse(RolesRequest, message);
      if (!request.success) return;
      const { id } = request.output;
      answer(request.output).then(
        (reply) => post(port, reply),
        (thrown: unknown) => post(port, { type: 'failed', id, error: toAwsherError(thrown).toWire() }),
      );
    });
  }

  return { connect, changed, openConsolePage };
}

async function inContainer(address: string, account: ListedAccount): Promise<string> {
  return (await wantsContainers()) ? containerLink(address, await containerOf(account)) : address;
}

async function wantsContainers(): Promise<boolean> {
  return hasContainers() && (await effectiveSettings()).settings.consoleContainer;
}

/** Named and coloured as the popup shows the account. */
async function containerOf({ accountId, accountName, label, colour }: ListedAccount): Promise<Container> {
  const own = (await rolePreferences.read()).accounts[accountId];
  const title = own?.label || label || accountName;
  return accountContainer(accountId, title, own && own.colour !== 'none' ? own.colour : colour);
}

function post(port: Port, message: RolesMessage): void {
  try {
    port.postMessage(message.type === 'keys' ? bareKeys(message) : message);
  } catch {
    // The popup closed in the same moment.
  }
}

/** Keys cross to the popup in the clear, once. */
function bareKeys(keys: Extract<RolesMessage, { type: 'keys' }>): object {
  return {
    ...keys,
    secretAccessKey: keys.secretAccessKey.expose(),
    sessionToken: keys.sessionToken.expose(),
  };
}
