import type { ApprovalAddress } from '../../shared/approval/approval-address.ts';
import { readApprovalAddress } from '../../shared/approval/approval-address.ts';
import { amendAuthorization } from '../../shared/approval/authorization.ts';
import { amend, prune, vouch } from '../../shared/approval/code-book.ts';
import type { HandOver } from '../../shared/login/hand-over.ts';
import type { Question, RunningCommand } from '../../shared/protocol/internal.ts';
import type { BackgroundState } from './state.ts';

/** How long an authorization is remembered after its end, in milliseconds. */
const KEEP_MS = 60 * 60_000;

type Books = Pick<BackgroundState, 'book' | 'authorizations'>;

/** A hand-over enters the book: from here on its page may be approved, in the tab that is opened next. */
export function enterBook(
  { book, authorizations }: Books,
  { id, expiresAt }: HandOver,
  address: ApprovalAddress,
  now: number,
): Partial<Books> {
  if (address.kind === 'device') {
    const { userCode, pageHostname, url } = address;
    const entry = {
      userCode,
      pageHostname,
      page: url,
      attempt: id,
      tabId: null,
      vouchedAt: now,
      expiresAt,
      confirmedAt: null,
      allowedAt: null,
      consentContext: null,
      consentLost: false,
    };
    return { book: vouch(prune(book, now), entry) };
  }
  const { region, clientId, state, port } = address;
  const entry = { id, region, clientId, state, port, tabId: null, requested: null, openedAt: now, expiresAt };
  const others = authorizations.filter((it) => it.id !== id && it.expiresAt + KEEP_MS > now);
  return { authorizations: [...others, { ...entry, allowedAt: null }] };
}

/** Binds a hand-over to the tab that was opened for it. */
export function bindTab(
  { book, authorizations }: Books,
  { id }: HandOver,
  address: ApprovalAddress,
  tabId: number,
): Partial<Books> {
  return address.kind === 'device'
    ? { book: amend(book, address.userCode, { tabId }) }
    : { authorizations: amendAuthorization(authorizations, id, { tabId }) };
}

/** What the dialog tells the person about a hand-over. `running`: sign-in commands on this computer. */
export function questionOf(
  { asker, url, askBecause }: HandOver,
  running: RunningCommand[] | null,
): Question | null {
  const address = readApprovalAddress(url);
  if (!address || askBecause === null) return null;
  const asked = { asker, askBecause, hostname: new URL(url).hostname };
  return address.kind === 'device'
    ? { ...asked, kind: 'device', userCode: address.userCode, running }
    : { ...asked, kind: 'authorization', port: address.port };
}
