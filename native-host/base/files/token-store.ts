import type { Paths } from './paths.ts';
import { readToken, removeToken, setAsideBroken, tokenFilePath, writeToken } from './token-cache.ts';
import type { SsoToken, TokenFile } from './token-format.ts';

export interface StoreRequest {
  readonly paths: Pick<Paths, 'ssoCacheDir'>;
  /** The sso-session's name; for a profile without one its start URL. */
  readonly key: string;
  readonly token: SsoToken;
  /**
   * The start URLs, exactly as written, of profiles that name the same portal directly: the SDKs look for their token
   * under SHA-1 of that text (`legacyStartUrls` in formats/profiles.ts).
   */
  readonly legacyUrls: readonly string[];
  readonly nowMs: number;
}

export interface StoreResult {
  readonly file: string;
  readonly twins: readonly string[];
  /** Twins that stay, because they hold another client's token that is still valid. */
  readonly keptTwins: readonly string[];
  /** Corrupt files that were moved aside, under their new names, to be told to the person. */
  readonly setAside: readonly string[];
}

/** Writes a new token, and then its twins. The caller holds the lock of `key`. */
export function storeToken(request: StoreRequest): StoreResult {
  const { paths, key, token, nowMs } = request;
  const setAside: string[] = [];
  const before = readOrSetAside(paths, key, nowMs, setAside);
  // First of all: until it is there, a kill loses the session.
  const file = writeToken(paths, key, token);
  return { file, setAside, ...storeTwins(request, before, setAside) };
}

/**
 * Makes good what a kill between a token and its twins left: a reader finds a twin missing or behind. The caller holds
 * the lock of `key`, and `token` is what it has read under it.
 */
export function mendTwins(request: StoreRequest): void {
  storeTwins(request, { kind: 'token', token: request.token }, []);
}

/** Whether a twin is missing, or an older token of the same client. */
export function twinsAreBehind({ paths, key, token, legacyUrls }: Omit<StoreRequest, 'nowMs'>): boolean {
  return legacyUrls.some((url) => {
    if (url === key) return false;
    const twin = readToken(paths, url);
    if (twin.kind === 'none') return true;
    if (twin.kind !== 'token' || twin.token.expiresAt >= token.expiresAt) return false;
    return twin.token.clientId !== undefined && twin.token.clientId === token.clientId;
  });
}

function storeTwins(
  { paths, key, token, legacyUrls, nowMs }: StoreRequest,
  before: TokenFile,
  setAside: string[],
): Pick<StoreResult, 'twins' | 'keptTwins'> {
  const twins: string[] = [];
  const keptTwins: string[] = [];
  for (const url of new Set(legacyUrls)) {
    if (url === key) continue;
    const twin = readOrSetAside(paths, url, nowMs, setAside);
    if (twin.kind === 'token' && twin.token.expiresAt > nowMs && !isTwin(twin.token, before, token)) {
      keptTwins.push(tokenFilePath(paths, url));
    } else {
      twins.push(writeToken(paths, url, { ...token, startUrl: url }));
    }
  }
  return { twins, keptTwins };
}

/** Removes a session's token and the twins that hold the same one. Returns the removed paths. The caller holds the lock. */
export function removeStoredToken(
  paths: Pick<Paths, 'ssoCacheDir'>,
  key: string,
  legacyUrls: readonly string[],
): string[] {
  const before = readToken(paths, key);
  const removed: string[] = [];
  for (const url of new Set(legacyUrls)) {
    const twin = url === key ? undefined : readToken(paths, url);
    if (twin?.kind === 'token' && isTwin(twin.token, before) && removeToken(paths, url)) {
      removed.push(tokenFilePath(paths, url));
    }
  }
  if (removeToken(paths, key)) removed.push(tokenFilePath(paths, key));
  return removed;
}

/** Whether a file under a start URL is our own twin: the same token as before, or one of the same registration. */
function isTwin(twin: SsoToken, before: TokenFile, next?: SsoToken): boolean {
  const ours = [before.kind === 'token' ? before.token : undefined, next];
  return ours.some(
    (token) =>
      token !== undefined &&
      (twin.accessToken.expose() === token.accessToken.expose() ||
        (twin.clientId !== undefined && twin.clientId === token.clientId)),
  );
}

function readOrSetAside(
  paths: Pick<Paths, 'ssoCacheDir'>,
  key: string,
  nowMs: number,
  setAside: string[],
): TokenFile {
  const read = readToken(paths, key);
  if (read.kind !== 'broken') return read;
  const aside = setAsideBroken(tokenFilePath(paths, key), nowMs);
  if (aside !== undefined) setAside.push(aside);
  return { kind: 'none' };
}
