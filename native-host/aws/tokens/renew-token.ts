import { existsSync } from 'node:fs';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { assertWritable } from '../../base/files/atomic-write.ts';
import { readToken, tokenFilePath } from '../../base/files/token-cache.ts';
import type { SsoToken } from '../../base/files/token-format.ts';
import { storeToken } from '../../base/files/token-store.ts';
import { oidcOf } from '../calls/oidc.ts';
import { addNotes, fingerprint, readNotes } from './session-notes.ts';
import { placeOf } from './session-place.ts';
import { dropStranded, keepStranded, strandedToken } from './stranded-token.ts';
import type { TokenDeps } from './token-deps.ts';
import { isDead, isRefreshable, isUsable, type RefreshableToken } from './token-plan.ts';
import type { TokenSubject } from './token-subject.ts';

/** How one renewal ended. */
export type Renewal =
  | { readonly kind: 'renewed'; readonly token: SsoToken }
  /** AWS said no to our refresh token, because another program had used it: this is the token that it got. */
  | { readonly kind: 'found'; readonly token: SsoToken }
  /** The portal session has ended; noted, so that this refresh token is never tried again. */
  | { readonly kind: 'rejected' }
  | { readonly kind: 'failed'; readonly error: AwsherError };

/**
 * Renews a token and writes the new one with its twins. The caller holds the session's lock and has read the file under it.
 * Throws what `storeToken` throws, and the signal's reason.
 */
export async function renewToken(
  deps: TokenDeps,
  subject: TokenSubject,
  token: RefreshableToken,
): Promise<Renewal> {
  const first = await tryRefresh(deps, subject, token);
  if (first.kind !== 'rejected') return first;
  const { paths, clock } = deps;
  const times = { now: clock.now(), local: clock.local() };
  const notes = readNotes(paths, subject.key);
  const newer = successors(deps, subject, token);
  const usable = newer.find((one) => isUsable(one, times) && !isDead(one, notes));
  if (usable !== undefined) return { kind: 'found', token: store(deps, subject, usable, token) };
  // Over, but with a refresh token that came after ours.
  const renewable = newer.find((one) => isRefreshable(one, notes, times));
  if (renewable === undefined) return first;
  const second = await tryRefresh(deps, subject, renewable);
  // Of two that were rejected the one in the session's own file is the one that would be tried again.
  if (second.kind === 'rejected')
    addNotes(paths, subject.key, { rejectedRefresh: fingerprint(token.refreshToken) });
  return second;
}

async function tryRefresh(deps: TokenDeps, subject: TokenSubject, old: RefreshableToken): Promise<Renewal> {
  const { paths, clock } = deps;
  const times = { now: clock.now(), local: clock.local() };
  const stranded = strandedToken(paths, subject.key, old);
  if (stranded !== undefined && isUsable(stranded, times))
    return { kind: 'found', token: store(deps, subject, stranded, old) };
  const token = stranded !== undefined && isRefreshable(stranded, {}, times) ? stranded : old;
  // A refresh token works once: without a place for its successor the session would be lost.
  const obstacle = writeObstacle(paths, subject.key);
  if (obstacle !== undefined) return { kind: 'failed', error: obstacle };
  const place = placeOf(paths, { ...subject, region: token.region ?? subject.region });
  const reply = await oidcOf(deps.clients, place, deps.signal).refresh(token, token.refreshToken);
  switch (reply.kind) {
    case 'token': {
      const { livesMs: lifeMs } = reply.token;
      const next = store(
        deps,
        subject,
        {
          ...token,
          accessToken: reply.token.accessToken,
          expiresAt: clock.now() + lifeMs,
          refreshToken: reply.token.refreshToken ?? token.refreshToken,
        },
        old,
      );
      addNotes(paths, subject.key, { refreshedAt: clock.local(), lifeMs });
      return { kind: 'renewed', token: next };
    }
    case 'rejected':
      addNotes(paths, subject.key, { rejectedRefresh: fingerprint(token.refreshToken) });
      return { kind: 'rejected' };
    case 'failed':
      // Minutes may have gone by: whoever has taken the state away meanwhile wants none back.
      if (existsSync(paths.stateDir))
        addNotes(paths, subject.key, {
          refreshFailedAt: clock.local(),
          refreshFailure: reply.error.toWire(),
        });
      return reply;
  }
}

/** Writes a token in the place of the one before it; where that fails it is kept for the next renewal to find. */
function store(
  { paths, clock, warn }: TokenDeps,
  subject: TokenSubject,
  token: SsoToken,
  before: SsoToken,
): SsoToken {
  const { key, legacyUrls } = subject;
  const next: SsoToken = {
    ...token,
    startUrl: token.startUrl ?? subject.startUrl,
    region: token.region ?? subject.region,
  };
  try {
    const { setAside } = storeToken({ paths, key, token: next, legacyUrls, nowMs: clock.now() });
    for (const aside of setAside) warn?.(`a broken token file was moved to ${aside}`);
    dropStranded(paths, key);
  } catch (thrown) {
    if (!(thrown instanceof AwsherError)) throw thrown;
    keepStranded(paths, key, next, before);
    warn?.(`${thrown.message} awsher keeps the new token and writes it as soon as it can.`);
  }
  return next;
}

/**
 * Tokens of the same registration that came after this one: in its own file, which an SDK that knows no lock may have
 * written meanwhile, and in the files under the start URL, through which older tools renew it.
 */
function successors({ paths }: TokenDeps, subject: TokenSubject, token: SsoToken): SsoToken[] {
  const keys = new Set([subject.key, subject.startUrl, ...subject.legacyUrls]);
  return [...keys].flatMap((key) => {
    const file = readToken(paths, key);
    if (file.kind !== 'token' || file.token.accessToken.expose() === token.accessToken.expose()) return [];
    // Whatever is in the session's own file counts; elsewhere only what grew out of its registration.
    if (key !== subject.key && file.token.clientId !== token.clientId) return [];
    return [{ ...file.token, startUrl: token.startUrl ?? file.token.startUrl }];
  });
}

/** Far more than a token is. */
const ROOM_BYTES = 64 * 1024;

/** What would keep the next token from its place: another owner, a read-only or full disk, no right to write, no file. */
function writeObstacle(paths: TokenDeps['paths'], key: string): AwsherError | undefined {
  try {
    assertWritable(tokenFilePath(paths, key), ROOM_BYTES);
    return undefined;
  } catch (thrown) {
    if (thrown instanceof AwsherError) return thrown;
    throw thrown;
  }
}
