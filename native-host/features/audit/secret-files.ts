import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { linesOf } from './file-lines.ts';
import type { AuditContext } from './finding.ts';

const MAX_DEPTH = 3;
const MAX_FILES = 2_000;
const MAX_BYTES = 256 * 1024;
const SECRET =
  /["']?(?:access|refresh|id|session|security)_?token["']?\s*[:=]|client_?secret|secret_?access_?key|private_?key|A(?:KIA|SIA)[A-Z2-7]{12}/i;

/**
 * Files below `~/.aws`, and in the folder that AWS_LOGIN_CACHE_DIRECTORY names, that hold a key, a token or what renews one,
 * whoever wrote them. Regular files only; no link is followed.
 */
export function secretFiles({ paths, env }: AuditContext): string[] {
  const found: string[] = [];
  for (const folder of [paths.awsDir, env.AWS_LOGIN_CACHE_DIRECTORY ?? ''])
    if (folder) walk(folder, 0, found);
  return found.filter(holdsSecret);
}

function walk(folder: string, depth: number, found: string[]): void {
  let entries: ReturnType<typeof entriesOf>;
  try {
    entries = entriesOf(folder);
  } catch {
    return;
  }
  for (const entry of entries) {
    if (found.length >= MAX_FILES) return;
    const path = join(folder, entry.name);
    if (entry.isFile()) found.push(path);
    else if (entry.isDirectory() && depth < MAX_DEPTH) walk(path, depth + 1, found);
  }
}

function entriesOf(folder: string) {
  return readdirSync(folder, { withFileTypes: true }).sort((one, other) => (one.name < other.name ? -1 : 1));
}

function holdsSecret(file: string): boolean {
  try {
    return statSync(file).size <= MAX_BYTES && SECRET.test(linesOf(file).join('\n'));
  } catch {
    return false;
  }
}
