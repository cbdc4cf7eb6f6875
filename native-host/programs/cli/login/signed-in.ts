import { comparableStartUrl } from '../../../../shared/aws/start-url.ts';
import { AwsherError } from '../../../../shared/errors/awsher-error.ts';
import type { FoundPortal } from '../../../../shared/fields.ts';
import { FLOW_CHOICES } from '../../../../shared/flows.ts';
import type { ChosenSession } from '../../../aws/tokens/known-sessions.ts';
import { subjectOf } from '../../../aws/tokens/token-subject.ts';
import { validToken } from '../../../aws/tokens/valid-token.ts';
import { readToken, setAsideBroken, tokenFilePath } from '../../../base/files/token-cache.ts';
import { type SharedConfig, textValue } from '../../../base/formats/profiles.ts';
import { shown } from '../../../base/formats/shown.ts';
import { formatTimestamp } from '../../../base/formats/token-dates.ts';
import type { Context } from '../../../base/platform/context.ts';
import { flag, type Invocation, text } from '../command.ts';
import { plain } from '../output.ts';
import { createProgress } from './progress.ts';
import type { SignedIn } from './sign-in.ts';
import type { LoginTarget } from './target.ts';
import { type LoginWork, otherRegion, whereTo } from './where.ts';

/** The session with its token: the one that is there, or that of a new sign-in. `moved`: in another region than was said. */
export async function signedIn(
  work: LoginWork,
  wanted: LoginTarget,
): Promise<{ chosen: ChosenSession; outcome: SignedIn; moved: boolean }> {
  const { invocation, config } = work;
  // A region that is not known has to be found before anything else can be asked.
  const early = wanted.region === undefined ? await whereTo(work, wanted) : undefined;
  const chosen: ChosenSession = { ...wanted, region: wanted.region ?? early?.region ?? '' };
  const force = flag(invocation, 'force') || portalChanged(config, chosen);
  const kept = force ? null : await keptToken(work, chosen);
  if (kept !== null) return { chosen, outcome: kept, moved: false };
  try {
    const outcome = await newSignIn(work, chosen, early ?? (await whereTo(work, chosen)));
    return { chosen, outcome, moved: false };
  } catch (thrown) {
    if (!(thrown instanceof AwsherError) || thrown.code !== 'REGION_WRONG') throw thrown;
    const found = await otherRegion(work, chosen, thrown);
    const there = { ...chosen, region: found.region };
    return { chosen: there, outcome: await newSignIn(work, there, found), moved: true };
  }
}

/** The token that is there, as it is or renewed; `null` when the person is needed. */
async function keptToken(
  { context: { paths }, config, output, signal, aws }: LoginWork,
  chosen: ChosenSession,
): Promise<SignedIn | null> {
  const { startUrl } = chosen;
  const subject = subjectOf(config, chosen);
  const cached = readToken(paths, subject.key);
  const otherPortal =
    cached.kind === 'token' &&
    cached.token.startUrl !== undefined &&
    comparableStartUrl(cached.token.startUrl) !== comparableStartUrl(startUrl);
  if (otherPortal) return null;
  try {
    const { token, how, file } = await validToken({ ...aws, signal, paths, warn: output.warn }, subject);
    return { how, flow: null, browser: null, expiresAt: formatTimestamp(token.expiresAt), cacheFile: file };
  } catch (thrown) {
    if (!(thrown instanceof AwsherError)) throw thrown;
    if (thrown.code !== 'SIGN_IN_NEEDED' && thrown.code !== 'TOKEN_REJECTED') throw thrown;
    output.detail(thrown.message);
    return null;
  }
}

async function newSignIn(
  { context, invocation, config, output, signal, aws }: LoginWork,
  chosen: ChosenSession,
  found: FoundPortal,
): Promise<SignedIn> {
  const { session, startUrl, region, scopes } = chosen;
  const { signIn } = await import('./sign-in.ts');
  const progress = createProgress(context, output);
  const aside = setAsideBroken(tokenFilePath(context.paths, session), context.now());
  if (aside !== undefined) output.warn(`The token file was not readable; it is kept as ${aside}.`);
  try {
    return await signIn({
      clients: aws.clients,
      found,
      output,
      signal,
      context,
      progress,
      target: { session, startUrl, region, scopes: [...scopes] },
      profile: namingProfile(config, chosen, context, invocation),
      browser: text(invocation, 'browser'),
      noBrowser: flag(invocation, 'noBrowser'),
      flow: FLOW_CHOICES.find((one) => one === text(invocation, 'flow')) ?? 'auto',
      watch: flag(invocation, 'watch'),
    });
  } finally {
    progress.stop();
  }
}

/** The profile for which it is: the one that named the session, when no NAME did. */
function namingProfile(
  { profiles }: SharedConfig,
  { session, startUrl }: ChosenSession,
  { env }: Context,
  invocation: Invocation,
): string | undefined {
  if (oneName(invocation) !== undefined) return undefined;
  const name = text(invocation, 'profile') ?? (env.AWS_PROFILE || env.AWS_DEFAULT_PROFILE || '');
  const section = profiles.get(name);
  const isOfIt =
    section !== undefined &&
    (textValue(section, 'sso_session') === session || textValue(section, 'sso_start_url') === startUrl);
  return isOfIt ? name : undefined;
}

/** A token of another portal under the same session name is no token for this one. */
function portalChanged(config: SharedConfig, { session, startUrl, region }: ChosenSession): boolean {
  const section = config.ssoSessions.get(session);
  if (!section) return false;
  return (
    section.values.get('sso_start_url')?.value !== startUrl ||
    section.values.get('sso_region')?.value !== region
  );
}

/** The session's name as it was typed, in either of two ways. */
export function oneName(invocation: Invocation): string | undefined {
  const [positional] = invocation.arguments;
  const option = text(invocation, 'session');
  if (positional !== undefined && option !== undefined && positional !== option) {
    throw new AwsherError(
      'USAGE',
      `NAME says ${shown(positional, plain, 'a word')}, --session says ${shown(option, plain, 'a word')}.`,
      {
        hint: 'leave one of them out',
      },
    );
  }
  return positional ?? option;
}
