import { sessionStatus } from '../../../aws/tokens/session-status.ts';
import type { TokenSubject } from '../../../aws/tokens/token-subject.ts';
import type { Context } from '../../../base/platform/context.ts';
import { readCatalogueOf } from '../../../features/catalogue/store.ts';
import { updateCatalogue } from '../../../features/catalogue/update.ts';
import { openAws } from '../profile-credentials.ts';

/** A list that was asked for within this time is not asked for again because somebody picks. */
const CHECKED_MS = 3_600_000;

/** The sessions whose accounts are worth asking for while a person looks for one: signed in, and not asked for lately. */
export function worthListing(context: Context, subjects: readonly TokenSubject[]): TokenSubject[] {
  const { paths } = context;
  const now = context.now();
  return subjects.filter((subject) => {
    const { state } = sessionStatus(paths, { ...subject, session: subject.key }, now);
    if (state === 'none' || state === 'broken' || state === 'expired') return false;
    const known = readCatalogueOf(paths, subject);
    const whole = known?.accounts.every(({ roles }) => roles !== null) === true;
    return !whole || known.accountsAsOf === null || now - known.accountsAsOf > CHECKED_MS;
  });
}

/**
 * Brings the lists of sessions up to date while a person does something else; `changed` is told whenever there is more to
 * see. Nothing that goes wrong matters. Returns how to stop it: what was found is kept, and the next listing goes on.
 */
export function listMeanwhile(
  context: Context,
  subjects: readonly TokenSubject[],
  changed: () => void,
): () => Promise<void> {
  const { paths } = context;
  const quit = new AbortController();
  const signal = AbortSignal.any([context.signal, quit.signal]);
  const aws = openAws(context);
  const sleep = (milliseconds: number, until?: AbortSignal) => context.sleep(milliseconds, until);
  const runs = subjects.map((subject) =>
    updateCatalogue({ ...aws, paths, signal, sleep }, subject, {
      mode: 'due',
      onAccount: changed,
      onAccounts: changed,
    }).catch(() => {}),
  );
  return async () => {
    quit.abort();
    await Promise.all(runs);
    aws.close();
  };
}
