import { AwsherError } from '../../../../shared/errors/awsher-error.ts';
import { FLOW_CHOICES } from '../../../../shared/flows.ts';
import { profileEnvironment } from '../../../aws/resolver/profile-environment.ts';
import { type ChosenSession, configSessions, statusOf } from '../../../aws/tokens/known-sessions.ts';
import { readNotes } from '../../../aws/tokens/session-notes.ts';
import { loadSharedConfig } from '../../../base/files/config-file.ts';
import { ensureSsoSession } from '../../../base/files/sso-session.ts';
import { nearest } from '../../../base/formats/nearest.ts';
import { type SharedConfig, textValue } from '../../../base/formats/profiles.ts';
import type { Context } from '../../../base/platform/context.ts';
import { findConflicts } from '../../../features/explain/conflicts.ts';
import { tellBrowsers } from '../../../features/signin/tell-browsers.ts';
import { type Command, type Declaration, flag, type Invocation, type Run, text } from '../command.ts';
import { deadline } from '../login/deadline.ts';
import { signedInLine } from '../login/login-words.ts';
import type { SignedIn } from '../login/sign-in.ts';
import { oneName, signedIn } from '../login/signed-in.ts';
import { type LoginRequest, loginTarget } from '../login/target.ts';
import type { Output } from '../output.ts';
import { canPick } from '../pick/pick.ts';
import { pickSession } from '../pick-session.ts';
import { openAws } from '../profile-credentials.ts';

export const declaration: Declaration = {
  name: 'login',
  summary: 'Sign in through your own browser',
  description:
    'Uses the current token while it is valid, renews it when possible, and otherwise signs in through the browser that has awsher. Without NAME: the session of --profile or AWS_PROFILE, or your only one.',
  arguments: [
    {
      name: 'NAME',
      description: 'The session; a new one is saved after the first sign-in',
      completes: 'session',
    },
  ],
  options: [
    {
      flag: '--start-url',
      value: 'URL',
      description: 'Any address of your access portal, or one that redirects to it',
    },
    {
      flag: '--region',
      value: 'REGION',
      description: 'Region of IAM Identity Center (default: awsher finds it)',
    },
    { flag: '--scopes', value: 'A,B', description: 'Scopes to request (default sso:account:access)' },
    { flag: '--replace', description: 'Change the start URL or region of an existing session' },
    {
      flag: '--in-place',
      description: 'Write into a file that cannot be replaced, such as one mounted on its own',
    },
    { flag: '--force', description: 'Sign in again even if the token is still valid' },
    { flag: '--no-browser', description: 'Print an address and a code; open nothing' },
    { flag: '--browser', value: 'LABEL', description: 'Use this connected browser', completes: 'label' },
    {
      flag: '--flow',
      value: 'FLOW',
      choices: FLOW_CHOICES,
      description: 'Sign in with a code on a page (device) or without one (pkce)',
    },
    { flag: '--watch', description: 'Keep the sign-in tab in front' },
    { flag: '--timeout', value: 'SECONDS', description: 'Stop waiting after this long (default 600)' },
  ],
  examples: [
    'awsher login',
    'awsher login corp --start-url https://d-1234567890.awsapps.com/start',
    'awsher login corp --no-browser',
  ],
};

const DEFAULT_TIMEOUT_SECONDS = 600;

export const run: Run = async (machine, invocation, output) => {
  const seconds = parseTimeout(text(invocation, 'timeout'));
  const { paths } = machine;
  const config = loadSharedConfig(paths);
  const env = profileEnvironment(paths, machine.env, text(invocation, 'profile'), config);
  const context = { ...machine, env };
  const { name, startUrl } = await namedOrAsked(context, invocation, config);
  const wanted = loginTarget(
    config,
    {
      name,
      profile: text(invocation, 'profile'),
      startUrl,
      region: text(invocation, 'region'),
      scopes: text(invocation, 'scopes'),
      replace: flag(invocation, 'replace'),
    },
    context.env,
  );
  const aws = openAws(context, { profile: text(invocation, 'profile'), config });
  const limit = deadline(context, seconds, wanted.session);
  try {
    const { signal } = limit;
    const work = { context, invocation, config, output, signal, aws };
    const { chosen, outcome, moved } = await signedIn(work, wanted).catch((thrown: unknown) => {
      // Whatever an aborted wait throws, the reason is the truth: Ctrl-C or the deadline.
      throw signal.aborted ? signal.reason : thrown;
    });
    // The token is there: what is left to do does not turn it into a failure.
    limit.stop();
    const written =
      chosen.legacy !== true && (await writeSection(context, chosen, invocation, output, moved));
    // A big config takes long to read: again only when it may have become another one.
    const after = outcome.how === 'cached' && !written ? config : loadSharedConfig(context.paths);
    if (chosen.legacy !== true) warnOfConflicts(after, chosen, output);
    if (outcome.how !== 'cached') await tellBrowsers(context);
    if (!output.json && outcome.how !== 'cached' && outcome.how !== 'refreshed') {
      const { learnWho } = await import('../login/learn-who.ts');
      await learnWho(context, invocation, chosen);
    }
    report(context, after, output, chosen, outcome);
    if (written)
      output.tell(
        output.style.dim('Next: `awsher profiles sync` writes a profile for each account and role.'),
      );
  } finally {
    limit.stop();
    aws.close();
  }
};

/** After the sign-in succeeded, and in this terminal's own environment: the section, if it is not there yet. Returns whether it wrote. */
async function writeSection(
  context: Context,
  { session: name, startUrl, region, scopes }: ChosenSession,
  invocation: Invocation,
  output: Output,
  moved: boolean,
): Promise<boolean> {
  const given = text(invocation, 'scopes') === undefined ? {} : { scopes };
  const replace = moved || flag(invocation, 'replace');
  const request = { name, startUrl, region, ...given, replace };
  const plan = await ensureSsoSession(context.paths, request, { inPlace: flag(invocation, 'inPlace') });
  if (plan.changed) output.tell(`Wrote [sso-session ${name}] to ${context.paths.configFile}.`);
  return plan.changed;
}

function warnOfConflicts(config: SharedConfig, { session }: ChosenSession, output: Output): void {
  const ofSession = [...config.profiles.values()].filter((it) => textValue(it, 'sso_session') === session);
  for (const warning of findConflicts(
    config,
    ofSession.map((it) => it.name),
  ))
    output.warn(warning);
}

function report(
  context: Context,
  config: SharedConfig,
  output: Output,
  chosen: ChosenSession,
  outcome: SignedIn,
): void {
  const { session, startUrl, region } = chosen;
  if (output.json) {
    const { expiresAt, cacheFile, how, flow, browser } = outcome;
    output.data({ session, startUrl, region, expiresAt, cacheFile, how, flow, browser });
    return;
  }
  const status = statusOf(context.paths, config, chosen, context.now());
  const { who } = readNotes(context.paths, session);
  output.answer(signedInLine({ chosen, outcome, status, who, now: context.now(), style: output.style }));
}

/** The session as it was typed; what is missing is asked for where a person is there: which of several, or the new one's address. */
async function namedOrAsked(
  context: Context,
  invocation: Invocation,
  config: SharedConfig,
): Promise<Pick<LoginRequest, 'name' | 'startUrl'>> {
  const name = oneName(invocation);
  const startUrl = text(invocation, 'startUrl');
  if (startUrl !== undefined || !canPick(context)) return { name, startUrl };
  const profile = text(invocation, 'profile');
  try {
    const chosen = await pickSession(context, { config, name, profile });
    return { name: name ?? chosen.session, startUrl };
  } catch (thrown) {
    const isUnknown = thrown instanceof AwsherError && thrown.code === 'SESSION_UNKNOWN';
    if (!isUnknown || profile !== undefined || !mayBeNew(config, name)) throw thrown;
    const { askNewSession } = await import('../login/first-session.ts');
    return askNewSession(config, name);
  }
}

/** A name that no session is like, or no name where there is no session. */
function mayBeNew(config: SharedConfig, name: string | undefined): boolean {
  const names = configSessions(config).map(({ session }) => session);
  return name === undefined
    ? names.length === 0
    : nearest(name, names) === undefined && !name.includes('://');
}

function parseTimeout(typed: string | undefined): number {
  if (typed === undefined) return DEFAULT_TIMEOUT_SECONDS;
  const seconds = Number(typed);
  if (/^\d+(\.\d+)?$/.test(typed) && seconds > 0 && seconds <= 86_400) return seconds;
  throw new AwsherError('USAGE', '--timeout takes a number of seconds, for example 60.');
}

export const command: Command = { declaration, run };
