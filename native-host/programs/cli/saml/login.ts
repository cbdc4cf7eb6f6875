import { partitionOf } from '../../../../shared/aws/regions.ts';
import { samlEndpoint } from '../../../../shared/aws/saml-hosts.ts';
import { AwsherError } from '../../../../shared/errors/awsher-error.ts';
import type { Secret } from '../../../../shared/secret.ts';
import { storeSamlCredentials } from '../../../aws/resolver/saml-credentials.ts';
import { loadSharedConfig } from '../../../base/files/config-file.ts';
import { assertSafeName } from '../../../base/formats/names.ts';
import { clockTime } from '../../../base/formats/times.ts';
import { formatTimestamp } from '../../../base/formats/token-dates.ts';
import type { ConnectedHost } from '../../../base/link/find-hosts.ts';
import type { Context } from '../../../base/platform/context.ts';
import { ownCommandLine, ownCommandOnPath } from '../../../base/platform/own-command.ts';
import { farAway } from '../../../base/platform/remote.ts';
import { acceptAssertion } from '../../../features/saml/accept.ts';
import { type Assertion, readAssertion } from '../../../features/saml/assertion.ts';
import { type Assumed, assumeRoleWithSaml } from '../../../features/saml/assume.ts';
import {
  assertFree,
  processCommand,
  writeCredentialsProfile,
  writeProcessProfile,
} from '../../../features/saml/profile.ts';
import type { SamlRole } from '../../../features/saml/roles.ts';
import { type SamlSettings, samlSettings, saveSamlSettings } from '../../../features/saml/saml-settings.ts';
import { useAssertion } from '../../../features/saml/used.ts';
import { readSettings } from '../../../features/settings/own-settings.ts';
import { askingAgent, forAgent } from '../../../features/signin/agent-rule.ts';
import { describeAsker } from '../../../features/signin/asker.ts';
import { flag, type Invocation, type Run, text } from '../command.ts';
import { deadline } from '../login/deadline.ts';
import { findBrowser } from '../login/find-browser.ts';
import { createProgress, type Progress } from '../login/progress.ts';
import { type Output, plain } from '../output.ts';
import { openAws } from '../profile-credentials.ts';
import { given } from './add.ts';
import { chooseRole } from './choose-role.ts';

/** A little longer than the browser waits, so that its own words come first. */
const DEADLINE_SECONDS = 16 * 60;
/** What STS gives when nothing else is said. */
const DEFAULT_SECONDS = 3600;

interface Wanted extends SamlSettings {
  readonly profile: string;
  readonly intoCredentials: boolean;
}

/**
 * `awsher saml login NAME`: the browser signs in at the IdP and gives this command the response meant for AWS; STS makes
 * credentials of it, and they go where the profile's programs look. The response itself is kept nowhere.
 */
export const loginSaml: Run = async (context, invocation, output) => {
  const [name = ''] = invocation.arguments;
  assertSafeName('SAML sign-in', name);
  const settings = { ...samlSettings(context.paths, name), ...given(invocation) };
  const profile = settings.profile ?? name;
  const intoCredentials = flag(invocation, 'writeCredentials');
  const wanted: Wanted = { ...settings, profile, intoCredentials };
  const { paths, platform } = context;
  assertFree(loadSharedConfig(paths), paths, profile, { platform, intoCredentials });

  const { response, postedTo, browser } = await fromBrowser(context, invocation, wanted, output);
  const aws = openAws(context);
  try {
    const assertion = await readAccepted(context, wanted, response, aws.clock.now());
    const role = await chooseRole(context, assertion.roles, settings.role);
    const seconds = settings.duration ?? assertion.sessionSeconds ?? DEFAULT_SECONDS;
    const region = stsRegion(settings.region, postedTo, role);
    const { signal } = context;
    const assumed = await assumeRoleWithSaml(aws.clients, { role, response, seconds, region, signal });
    if (assumed.shortened)
      output.warn(`The role does not allow ${seconds} s, so this session lasts an hour.`);
    const file = await keep(context, wanted, assumed);
    report(context, output, { wanted, role, assumed, browser, file });
  } finally {
    aws.close();
  }
};

async function fromBrowser(
  context: Context,
  invocation: Invocation,
  { name, url }: Wanted,
  output: Output,
): Promise<{ response: Secret; postedTo: string; browser: string }> {
  const agent = await askingAgent(context, readSettings(context.paths).agents ?? 'ask');
  const progress = createProgress(context, output);
  const { signal, stop } = deadline(context, DEADLINE_SECONDS, name, `awsher saml login ${name}`);
  try {
    const host = await browserOf(context, text(invocation, 'browser'), signal, progress);
    try {
      if (host.otherProtocol !== null) {
        throw new AwsherError(
          'PROTOCOL_VERSION',
          `${host.browser} runs a different version of the awsher host.`,
          {
            hint: 'run `awsher install`, then restart the browser',
          },
        );
      }
      const asker = describeAsker(context, 'awsher saml login', { agent });
      return await host.peer.call('saml.start', { name, url, asker }, { signal });
    } finally {
      host.close();
    }
  } catch (thrown) {
    throw signal.aborted ? signal.reason : forAgent(thrown, agent);
  } finally {
    stop();
    progress.stop();
  }
}

/** There is no way without a browser: the passkey is in there. Throws BROWSER_MISSING. */
async function browserOf(
  context: Context,
  wanted: string | undefined,
  signal: AbortSignal,
  progress: Progress,
): Promise<ConnectedHost> {
  const far = farAway(context.env);
  if (wanted === undefined && far !== undefined)
    throw new AwsherError(
      'BROWSER_MISSING',
      `This is a remote shell (${far}), so its browser is not the one in front of you.`,
      { hint: 'run the command on the computer in front of you; docs/remote.md shows how to get it here' },
    );
  const found = await findBrowser({ context, wanted, signal, progress });
  if (found.host) return found.host;
  throw new AwsherError('BROWSER_MISSING', 'No browser with awsher is connected.', {
    hint: found.installed ? 'start your browser, then run the command again' : 'run `awsher install`',
  });
}

/** The response, read and found to be the one that was asked for; its issuer is this sign-in's from the first time on. */
async function readAccepted(
  { paths }: Context,
  { name, issuer }: Wanted,
  response: Secret,
  now: number,
): Promise<Assertion> {
  const assertion = readAssertion(response);
  acceptAssertion(assertion, { name, issuer, now });
  if (!(await useAssertion(paths, assertion, now))) {
    throw new AwsherError('SAML_REPLAYED', 'The identity provider sent a response that was already used.', {
      hint: `run \`awsher saml login ${name}\` again; the browser may have shown a cached page`,
    });
  }
  const saved = samlSettings(paths, name);
  if (saved.issuer === undefined) await saveSamlSettings(paths, { ...saved, issuer: assertion.issuer });
  return assertion;
}

/** The wished region, else the one that the IdP posted to, as long as it is of the role's partition. */
function stsRegion(wished: string | undefined, postedTo: string, { roleArn }: SamlRole): string | undefined {
  const partition = roleArn.split(':')[1];
  return [wished, samlEndpoint(postedTo)?.region ?? undefined].find(
    (region) => region !== undefined && partitionOf(region)?.id === partition,
  );
}

/** Credentials first, the profile that names them after; both whole or not at all. Returns the file with the keys. */
async function keep(
  { paths, env, platform }: Context,
  { name, profile, region, intoCredentials }: Wanted,
  { credentials }: Assumed,
): Promise<string> {
  if (intoCredentials) {
    await writeCredentialsProfile(paths, profile, credentials);
    return paths.credentialsFile;
  }
  const { expiresAt = 0 } = credentials;
  const file = storeSamlCredentials(paths, profile, { ...credentials, expiresAt });
  const command = processCommand(ownCommandOnPath(env.PATH, platform), ownCommandLine());
  await writeProcessProfile(paths, {
    name,
    profile,
    command,
    ...(region === undefined ? {} : { region }),
  });
  return file;
}

function report(
  context: Context,
  output: Output,
  what: { wanted: Wanted; role: SamlRole; assumed: Assumed; browser: string; file: string },
): void {
  const { wanted, role, assumed, browser, file } = what;
  const { name, profile } = wanted;
  const { expiresAt = 0 } = assumed.credentials;
  if (output.json) {
    const { roleArn, accountId } = role;
    const who = assumed.who ?? null;
    output.data({
      name,
      profile,
      roleArn,
      accountId,
      who,
      expiresAt: formatTimestamp(expiresAt),
      file,
      browser,
    });
    return;
  }
  const { green, bold } = output.style;
  const as = assumed.who ? ` as ${plain(assumed.who)}` : '';
  output.answer(
    `${green('✓')} signed in to ${bold(plain(name))}${as}: ${plain(role.roleName)} in ${role.accountId}, until ${clockTime(expiresAt, context.now())}`,
  );
  output.tell(`Use it with --profile ${plain(profile)} or AWS_PROFILE=${plain(profile)}.`);
}
