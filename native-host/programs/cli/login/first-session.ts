import { suggestName } from '../../../../shared/aws/session-name.ts';
import { parseStartUrl } from '../../../../shared/aws/start-url.ts';
import { AwsherError } from '../../../../shared/errors/awsher-error.ts';
import type { SharedConfig } from '../../../base/formats/profiles.ts';
import { terminalStreams } from '../../../base/platform/terminal.ts';

/** A session that is not in the config yet: written there once its first sign-in has worked. */
export interface NewSession {
  readonly name: string;
  readonly startUrl: string;
}

/**
 * Asks the person for the one thing that awsher cannot find out, the address of the portal, and names the session after it
 * unless it has a name. Only on a terminal (`canPick`). Throws CANCELLED.
 */
export async function askNewSession({ ssoSessions }: SharedConfig, name?: string): Promise<NewSession> {
  const { text, isCancel } = await import('@clack/prompts');
  const startUrl = await text({
    message: `Address of your AWS access portal${name === undefined ? '' : `, for ${name}`}`,
    placeholder: 'd-1234567890.awsapps.com/start',
    validate: (typed) => faultOf(typed ?? ''),
    ...terminalStreams(),
  });
  if (isCancel(startUrl)) throw new AwsherError('CANCELLED', 'No session was set up.');
  const parsed = parseStartUrl(startUrl);
  return { name: name ?? suggestName(parsed, [...ssoSessions.keys()]), startUrl: parsed };
}

function faultOf(typed: string): string | undefined {
  if (typed.trim() === '') return 'It is in the mail that invited you, and in the portal’s address bar.';
  try {
    parseStartUrl(typed);
    return undefined;
  } catch (thrown) {
    return thrown instanceof AwsherError ? thrown.message : String(thrown);
  }
}
