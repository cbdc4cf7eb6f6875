import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Family } from '../../../shared/aws/hosts.ts';
import type { WireError } from '../../../shared/errors/awsher-error.ts';
import { isErrorCode } from '../../../shared/errors/codes.ts';
import type { Secret } from '../../../shared/secret.ts';
import { writeFileAtomic } from '../../base/files/atomic-write.ts';
import { nodeCrypto } from '../../base/files/lazy-modules.ts';
import type { Paths } from '../../base/files/paths.ts';
import { readJson } from '../../base/files/read-file.ts';
import { tokenFileName } from '../../base/files/token-cache.ts';
import { fieldsOf } from '../../base/formats/json.ts';

/**
 * What awsher remembers about a session besides its token, in its own state: nothing secret (tokens appear as
 * fingerprints), nothing that would be missed. Times are milliseconds since 1970.
 */
export interface SessionNotes {
  /** The last use by a command: background refresh is for sessions that are in use. */
  readonly usedAt?: number;
  /** When we last got a token. */
  readonly refreshedAt?: number;
  /** How long AWS lets tokens of this portal live: `expiresIn` of the last one, in milliseconds. */
  readonly lifeMs?: number;
  /** When a refresh last failed for another reason than a rejection. */
  readonly refreshFailedAt?: number;
  /** What it was that failed then, for those who waited for it: an error as it crosses to another process. */
  readonly refreshFailure?: WireError;
  /** Fingerprint of a refresh token that AWS rejected: the portal session is over. */
  readonly rejectedRefresh?: string;
  /** The person's name at AWS (the role session name of GetCallerIdentity), once it was seen. */
  readonly who?: string;
  /** Fingerprint of an access token to which the portal said 401. */
  readonly deadToken?: string;
  /** Where a start URL leads that does not tell it: a company's own address, and which one that was, and when. */
  readonly portal?: string;
  readonly portalOf?: string;
  readonly portalAt?: number;
  /** The endpoints that the token came from, where the start URL does not tell. */
  readonly family?: Family | undefined;
  /** The way that led to a token in a browser where a device code did not. */
  readonly flow?: 'pkce' | undefined;
}

const NUMBERS = ['usedAt', 'refreshedAt', 'lifeMs', 'refreshFailedAt', 'portalAt'] as const;
const TEXTS = ['rejectedRefresh', 'deadToken', 'who', 'portal', 'portalOf'] as const;

/** A short one-way name for a token; the token cannot be had back from it. */
export function fingerprint(secret: Secret): string {
  return nodeCrypto().createHash('sha256').update(secret.expose()).digest('base64url').slice(0, 22);
}

/** Reads the notes of a session name or start URL; none when there are none or they are not readable. */
export function readNotes(paths: Pick<Paths, 'stateDir'>, key: string): SessionNotes {
  const fields = fieldsOf(readJson(fileOf(paths, key)));
  const notes: { -readonly [K in keyof SessionNotes]: SessionNotes[K] } = {};
  for (const name of NUMBERS) {
    const at = fields.get(name);
    if (typeof at === 'number' && Number.isFinite(at)) notes[name] = at;
  }
  for (const name of TEXTS) {
    const text = fields.get(name);
    if (typeof text === 'string') notes[name] = text;
  }
  const family = fields.get('family');
  if (family === 'ipv4' || family === 'dual-stack') notes.family = family;
  if (fields.get('flow') === 'pkce') notes.flow = 'pkce';
  const failure = parseFailure(fields.get('refreshFailure'));
  return failure === undefined ? notes : { ...notes, refreshFailure: failure };
}

function parseFailure(value: unknown): WireError | undefined {
  const fields = fieldsOf(value);
  const [code, message, hint] = [fields.get('code'), fields.get('message'), fields.get('hint')];
  if (!isErrorCode(code) || typeof message !== 'string') return undefined;
  return { code, message, hint: typeof hint === 'string' ? hint : undefined };
}

/** Adds to the notes. Best effort: they only save calls, so a full disk must not end the command. */
export function addNotes(paths: Pick<Paths, 'stateDir'>, key: string, more: SessionNotes): void {
  try {
    writeFileAtomic(fileOf(paths, key), `${JSON.stringify({ ...readNotes(paths, key), ...more })}\n`);
  } catch {
    // See above.
  }
}

/** Forgets a session: after a sign-out the next person may be another one. Best effort, as above. */
export function forgetNotes(paths: Pick<Paths, 'stateDir'>, key: string): void {
  try {
    rmSync(fileOf(paths, key), { force: true });
  } catch {
    // See above.
  }
}

function fileOf(paths: Pick<Paths, 'stateDir'>, key: string): string {
  return join(paths.stateDir, 'sessions', tokenFileName(key));
}
