import { AwsherError } from '../../../../shared/errors/awsher-error.ts';
import type { FoundPortal } from '../../../../shared/fields.ts';
import { type SharedConfig, textValue } from '../../../base/formats/profiles.ts';
import type { Context } from '../../../base/platform/context.ts';
import { findPortal } from '../../../features/portal/find-portal.ts';
import type { Invocation } from '../command.ts';
import { saysYes } from '../confirm-edit.ts';
import { type Output, plain } from '../output.ts';
import type { AwsAccess } from '../profile-credentials.ts';
import type { LoginTarget } from './target.ts';

/** What a sign-in works with. */
export interface LoginWork {
  context: Context;
  invocation: Invocation;
  config: SharedConfig;
  output: Output;
  signal: AbortSignal;
  aws: AwsAccess;
}

/** Where the start URL of a sign-in leads, and in which region that is. Throws what `findPortal` throws. */
export async function whereTo(work: LoginWork, target: LoginTarget): Promise<FoundPortal> {
  const { context, aws, config, output, signal } = work;
  const { paths, env, now } = context;
  const { session: key, startUrl, region = null, scopes } = target;
  const hints = [...config.ssoSessions.values()].flatMap((section) => textValue(section, 'sso_region') ?? []);
  const found = await findPortal(
    { paths, env, clients: aws.clients, now, signal, believeNotes: false },
    { key, startUrl, region, scopes, hints },
  );
  if (region === null) output.tell(`The portal is in ${found.region}.`);
  return found;
}

/**
 * After AWS knew no such portal in its region: the region in which it does, if the person says yes to it. Throws the refusal
 * itself where there is no other region, or nobody to ask; it names the other one.
 */
export async function otherRegion(
  work: LoginWork,
  target: LoginTarget,
  refusal: AwsherError,
): Promise<FoundPortal> {
  const found = await whereTo(work, { ...target, region: undefined }).catch(() => {
    work.signal.throwIfAborted();
    throw refusal;
  });
  const { session, startUrl, region } = target;
  if (found.region === region) throw refusal;
  const { stdin, stderr } = work.context;
  const asks = stdin.isTTY && stderr.isTTY && !work.output.json;
  if (asks && (await saysYes(`The portal is in ${found.region}, not in ${region}. Sign in there?`)))
    return found;
  throw new AwsherError('REGION_WRONG', `The portal is in ${found.region}, not in ${region}.`, {
    hint: `run \`awsher login ${plain(session)} --start-url ${plain(startUrl)} --region ${found.region} --replace\``,
    cause: refusal,
  });
}
