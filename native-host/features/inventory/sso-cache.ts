import { readNotes } from '../../aws/tokens/session-notes.ts';
import { isRefreshable, isUsable } from '../../aws/tokens/token-plan.ts';
import { parseToken, type SsoToken, type TokenFile } from '../../base/files/token-format.ts';
import { fieldsOf, jsonObject } from '../../base/formats/json.ts';
import { formatTimestamp, parseTimestamp } from '../../base/formats/token-dates.ts';
import { isLockName, isTemporaryName, writerByName } from './foreign-names.ts';
import { type Judgement, judged, LEFTOVER_MS, SETTLED_MS } from './item.ts';
import type { Look } from './look.ts';

/** Another program's, of which nothing more is known. */
const FOREIGN = { state: 'foreign', ifDeleted: 'unknown' } as const;
/** Deleting it lets two programs write at once. */
export const LOCK: Judgement = judged('lock', 'a lock of another program', {
  state: 'foreign',
  ifDeleted: 'two programs may write at once',
});

const ASK_AGAIN = 'the next sign-in creates it again';

/** A file in `~/.aws/sso/cache`. */
export function judgeSsoCache({ name, text, path, ageMs, scene }: Look): Judgement {
  if (/\.broken-\d{8}T\d{6}Z(-\d+)?$/.test(name))
    return judged('set-aside', 'a token file that no SDK could read, set aside', {
      writer: 'awsher',
      state: 'leftover',
      ifDeleted: 'nothing',
      clean: true,
    });
  if (isTemporaryName(name)) return leftover(ageMs);
  if (isLockName(name)) return LOCK;
  if (!name.endsWith('.json')) return judged('foreign', 'not written by any known program', FOREIGN);
  const object = jsonObject(text);
  if (object === undefined) {
    if (!scene.names.tokens.has(name) && !scene.names.registrations.has(path))
      return judged('foreign', 'not JSON, and not a name awsher knows', FOREIGN);
    return judged('broken', 'not JSON, so no program can use it', {
      state: 'broken',
      ifDeleted: ASK_AGAIN,
      clean: ageMs > SETTLED_MS,
    });
  }
  const fields = fieldsOf(object);
  if (fields.has('accessToken')) return token(name, text, ageMs, scene);
  if (fields.has('clientId') && fields.has('clientSecret')) return registration(name, path, fields, scene);
  return judged('foreign', 'neither a token nor a registration', { ...FOREIGN, writer: writerByName(name) });
}

function token(name: string, text: string, ageMs: number, scene: Look['scene']): Judgement {
  const known = scene.names.tokens.get(name);
  const read = parseToken(text);
  if (known === undefined) return foreignToken(name, read);
  const of = `of ${known.key}`;
  const about = {
    writer: known.session ? 'AWS CLI, SDKs, awsher' : 'AWS CLI, IDE toolkits, awsher',
    ifDeleted: 'you need to sign in again',
  };
  if (read.kind !== 'token') {
    const reason = read.kind === 'broken' ? read.reason : 'it is gone';
    return judged('broken', `a token ${of}: ${reason}`, {
      ...about,
      state: 'broken',
      clean: ageMs > SETTLED_MS,
    });
  }
  const { expiresAt } = read.token;
  const end = { ...about, expiresAt: formatTimestamp(expiresAt) };
  const fate = fateOf(read.token, known.key, scene);
  if (fate === 'ended')
    return judged('token', `a token ${of}, not renewable`, {
      ...end,
      state: 'ended',
      ifDeleted: 'nothing: you need to sign in anyway',
      clean: true,
    });
  const renews = fate === 'renews' ? ', renews automatically' : '';
  return judged('token', `the token ${of}${renews}`, {
    ...end,
    state: 'good',
  });
}

/** A token under a name that the config does not have: whoever made it may renew it in ways of its own. */
function foreignToken(name: string, read: TokenFile): Judgement {
  const renewable = read.kind === 'token' && read.token.refreshToken !== undefined;
  return judged(
    'token',
    `a token that no profile or session uses${renewable ? ', which the program that made it can renew' : ''}`,
    {
      writer: writerByName(name),
      state: 'orphan',
      expiresAt: read.kind === 'token' ? formatTimestamp(read.token.expiresAt) : null,
      ifDeleted: 'the program that made it asks for a sign-in',
    },
  );
}

function fateOf(token: SsoToken, key: string, { now, paths }: Look['scene']): 'good' | 'renews' | 'ended' {
  const times = { now, local: now };
  if (isRefreshable(token, readNotes(paths, key), times)) return 'renews';
  // IDE toolkits keep the client that can renew it in a file of its own.
  if (token.refreshToken !== undefined && token.clientId === undefined) return 'renews';
  return isUsable(token, times) ? 'good' : 'ended';
}

function registration(
  name: string,
  path: string,
  fields: ReadonlyMap<string, unknown>,
  { now, names }: Look['scene'],
): Judgement {
  const end = fields.get('expiresAt');
  const at = typeof end === 'string' ? parseTimestamp(end) : undefined;
  const over = at !== undefined && at <= now;
  const portal = names.registrations.get(path);
  const old = /^botocore-client-id-[a-z]+(?:-[a-z]+)+-\d+\.json$/.test(name);
  const writer = old ? 'AWS CLI before 2.7.32' : portal === undefined ? writerByName(name) : 'AWS CLI';
  const what = portal === undefined ? 'a client registration' : `the client registration for ${portal}`;
  return judged('registration', what, {
    writer,
    state: over ? 'ended' : 'good',
    expiresAt: at === undefined ? null : formatTimestamp(at),
    ifDeleted: 'it registers again with the next sign-in',
    clean: over && (old || portal !== undefined),
  });
}

/** A temporary file: in use for milliseconds, or for ever. */
export function leftover(ageMs: number): Judgement {
  const old = ageMs > LEFTOVER_MS;
  return judged('temporary', old ? 'left behind by a program that was stopped' : 'a file being written', {
    state: old ? 'leftover' : 'good',
    ifDeleted: old ? 'nothing' : 'the program that writes it fails',
    clean: old,
  });
}
