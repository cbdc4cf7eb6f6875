import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Catalogue, CatalogueAccount } from '../../../shared/catalogue/catalogue.ts';
import { ensureOwnFolder } from '../../base/files/atomic-write.ts';
import { writeError } from '../../base/files/file-errors.ts';
import { readText } from '../../base/files/read-file.ts';
import { fieldsOf, parseJson } from '../../base/formats/json.ts';
import { parseAccount, parseCatalogue } from './parse.ts';

/** What an unfinished listing has found. */
export interface Progress {
  /** When it began, in milliseconds since 1970. */
  readonly since: number;
  /** Whether it asks for the roles of every account, however fresh they are (`--refresh`). */
  readonly everything: boolean;
  readonly catalogue: Catalogue;
}

/** Takes what a listing finds, account by account: a few bytes each, and a process that is killed loses nothing of it. */
export interface ProgressWriter {
  add(account: CatalogueAccount): void;
  close(): void;
}

/**
 * Reads what an unfinished listing of `session` left, on top of the catalogue that it started from; `null` when there is
 * nothing that fits. A last line that was cut off in the middle is passed over.
 */
export function readProgress(file: string, session: string, base: Catalogue | null): Progress | null {
  let lines: string[];
  try {
    lines = readText(file).split('\n');
  } catch {
    return null;
  }
  const head = fieldsOf(parseJson(lines[0] ?? ''));
  const since = head.get('since');
  const empty = parseCatalogue({ ...Object.fromEntries(head), accountsAsOf: null, accounts: [] });
  if (empty?.session !== session || typeof since !== 'number') return null;
  const from =
    base !== null && base.startUrl === empty.startUrl && base.region === empty.region ? base : empty;
  const accounts = new Map(from.accounts.map((one) => [one.accountId, one]));
  for (const line of lines.slice(1)) {
    const account = parseAccount(parseJson(line));
    if (account !== null) accounts.set(account.accountId, account);
  }
  return {
    since,
    everything: head.get('everything') === true,
    catalogue: { ...from, accounts: [...accounts.values()] },
  };
}

/** Begins the file anew. Throws FILE_WRITE. */
export function openProgress(
  file: string,
  head: Pick<Catalogue, 'session' | 'startUrl' | 'region'> & Pick<Progress, 'since' | 'everything'>,
): ProgressWriter {
  ensureOwnFolder(dirname(file));
  try {
    rmSync(file, { force: true });
    const fd = openSync(file, 'ax', 0o600);
    let open = true;
    writeSync(fd, `${JSON.stringify(head)}\n`);
    return {
      add(account) {
        try {
          writeSync(fd, `${JSON.stringify(account)}\n`);
        } catch (thrown) {
          throw writeError(file, dirname(file), thrown);
        }
      },
      close() {
        if (open) closeSync(fd);
        open = false;
      },
    };
  } catch (thrown) {
    throw writeError(file, dirname(file), thrown);
  }
}
