import { readApprovalAddress } from '../../../shared/approval/approval-address.ts';
import { amendAuthorization } from '../../../shared/approval/authorization.ts';
import { amend, findCode, prune, vouch } from '../../../shared/approval/code-book.ts';
import { CAUGHT_PORT } from '../../../shared/oidc/redirect.ts';
import type { Request } from '../../../shared/request/request.ts';
import type { BackgroundState } from '../memory/kept-state.ts';

/** How long an authorization is remembered after its end, in milliseconds. */
const KEEP_MS = 60 * 60_000;

type Books = Pick<BackgroundState, 'book' | 'authorizations'>;

/** The request enters the book: from here on its page may be approved, in the tab that is opened next. */
export function enterBook(
  { book, authorizations }: Books,
  { id, code, proof, place, subject }: Request,
  until: number,
  now: number,
): Partial<Books> {
  const entry = { tabId: null, expiresAt: until, allowedAt: null };
  if (code !== null) {
    const { userCode, page, pageHostname } = code;
    const fresh = { confirmedAt: null, consentContext: null, consentLost: false };
    const vouched = { ...entry, ...fresh, userCode, page, pageHostname, attempt: id, vouchedAt: now };
    return { book: vouch(prune(book, now), vouched) };
  }
  const others = authorizations.filter((it) => it.id !== id && it.expiresAt + KEEP_MS > now);
  if (proof !== null && place !== null) {
    const { clientId, state } = proof;
    const own = { region: place.region, clientId, state, port: CAUGHT_PORT };
    return { authorizations: [...others, { ...entry, id, ...own, requested: null, openedAt: now }] };
  }
  if (subject.kind !== 'hand-over') return {};
  const address = readApprovalAddress(subject.url);
  if (address?.kind !== 'authorization') return {};
  // In the person's tab the browser has asked for it already.
  const requested = subject.personsTab === null ? null : subject.url;
  const { region, clientId, state, port } = address;
  const fresh = { ...entry, id, region, clientId, state, port, requested, openedAt: now };
  return { authorizations: [...others, fresh] };
}

/** Binds the request's entry to the tab that was opened for it. */
export function bindTab(
  { book, authorizations }: Books,
  { id, code }: Request,
  tabId: number,
): Partial<Books> {
  return code
    ? { book: amend(book, code.userCode, { tabId }) }
    : { authorizations: amendAuthorization(authorizations, id, { tabId }) };
}

/** Nothing more is pressed for it. It stays in the book, so that a page still open looks like no stranger's. */
export function spend(
  { book, authorizations }: Books,
  { id }: Request,
  userCode: string | null,
  now: number,
): Partial<Books> {
  if (userCode === null)
    return { authorizations: amendAuthorization(authorizations, id, { allowedAt: now }) };
  return findCode(book, userCode)?.attempt === id ? { book: amend(book, userCode, { allowedAt: now }) } : {};
}
