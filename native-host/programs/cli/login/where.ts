import { AwsherError } from '../../../../shared/errors/awsher-error.ts';
import type { FoundPortal } from '../../../../shared/fields.ts';
import type { AwsClients } from '../../../aws/calls/clients.ts';
import { type SharedConfig, textValue } from '../../../base/formats/profiles.ts';
import type { Context } from '../../../base/platform/context.ts';
import { terminalStreams } from '../../../base/platform/terminal.ts';
import { findPortal } from '../../../features/portal/find-portal.ts';
import { type Output, plain } from '../output.ts';
import type { LoginTarget } from './target.ts';

export interface WhereOptions {
  context: Context;
  clients: AwsClients;
  config: SharedConfig;
  output: Output;
  signal: AbortSignal;
}

/** Where the start URL of a sign-in leads, and in which region that is. Throws what `findPortal` throws. */
export async function whereTo(options: WhereOptions, target: LoginTarget): Promise<FoundPortal> {
  const { context, clients, config, output, signal } = options;
  const { paths, env, now } = context;
  const { session: key, startUrl, region = null, scopes } = target;
  const hints = [...config.ssoSessions.values()].flatMap((section) => textValue(section, 'sso_region') ?? []);
  const found = await findPortal(
    { paths, env, clients, now, signal, believeNotes: false },
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
  options: WhereOptions,
  target: LoginTarget,
  refusal: AwsherError,
): Promise<FoundPortal> {
  const found = await whereTo(options, { ...target, region: undefined }).catch(() => {
    options.signal.throwIfAborted();
    throw refusal;
  });
  const { session, startUrl, region } = target;
  if (found.region === region) throw refusal;
  const { stdin, stderr } = options.context;
  if (stdin.isTTY && stderr.isTTY && !options.output.json) {
    const { confirm, isCancel } = await import('@clack/prompts');
    const message = `The portal is in ${found.region}, not in ${region}. Sign in there?`;
    const answer = await confirm({ message, ...terminalStreams() });
    if (!isCancel(answer) && answer) return found;
  }
  throw new AwsherError('REGION_WRONG', `The portal is in ${found.region}, not in ${region}.`, {
    hint: `run \`awsher login ${plain(session)} --start-url ${plain(startUrl)} --region ${found.region} --replace\``,
    cause: refusal,
  });
}
