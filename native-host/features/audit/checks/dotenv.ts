import { filesIn, linesOf } from '../file-lines.ts';
import type { AuditCheck } from '../finding.ts';
import { scanKeys } from '../key-scan.ts';

/** Keys in `.env` and the like in the current folder, from where they find their way into images and repositories. */
export const dotenv: AuditCheck = {
  id: 'dotenv',
  about: 'keys in .env and .envrc in this folder',
  run: ({ cwd }) =>
    filesIn(cwd, /^\.env(rc|\..+)?$/).flatMap((file) =>
      scanKeys(linesOf(file)).map(({ severity, what, line }) => ({
        severity,
        title: `${what} in a file that is easy to commit or copy`,
        file,
        line,
        fix: 'write `AWS_PROFILE=NAME` instead; if a program needs keys, make them with `awsher export --format dotenv`: they expire automatically',
      })),
    ),
};
