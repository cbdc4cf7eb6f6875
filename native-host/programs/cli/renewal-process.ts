import { validToken } from '../../aws/tokens/valid-token.ts';
import { processContext } from '../../base/platform/context.ts';
import { setExitCode } from '../../base/platform/lifecycle.ts';
import { EXIT } from './exit.ts';
import { openAws } from './profile-credentials.ts';

/**
 * A renewal for a command that does not wait for it (renew-beside.ts), to its end. Nobody reads what it says: how it ended
 * is in the session's notes.
 */
export async function runRenewal(args: readonly string[]): Promise<void> {
  const [key, startUrl, region, ...legacyUrls] = args;
  if (key === undefined || startUrl === undefined || region === undefined) return;
  const context = processContext(new AbortController().signal, () => {});
  const { clients, clock, close } = openAws(context);
  try {
    const subject = { key, login: '', startUrl, region, legacyUrls };
    await validToken({ paths: context.paths, clients, clock }, subject);
  } catch {
    setExitCode(EXIT.failed);
  } finally {
    close();
  }
}
