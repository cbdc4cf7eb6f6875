import { type ChosenSession, configSessions, statusOf, subjectOf } from '../../aws/known-sessions.ts';
import { openServerClock } from '../../aws/server-clock.ts';
import { belongsTo, cachedRoles, profileRoles } from '../../aws/session-roles.ts';
import { loadSharedConfig } from '../../files/config-file.ts';
import type { SharedConfig } from '../../formats/profiles.ts';
import { runningHosts } from '../../link/running-hosts.ts';
import type { Context } from '../../platform/context.ts';
import { chooseSession } from '../choose-session.ts';
import { type Command, type Invocation, type OptionValues, text } from '../command.ts';
import { EXIT } from '../exit.ts';
import { createOutput, createStyle, usesColour } from '../output.ts';
import { type Lifetimes, lifetimes } from '../status/lifetimes.ts';
import { adviceFor, browserWords, statusTable } from '../status/words.ts';

export const command: Command = {
  declaration: {
    name: 'status',
    summary: 'Show which sessions are signed in, and for how long',
    description:
      'Reads files only; asks nobody. Without NAME: all sessions, or that of --profile. Names the browsers that awsher runs in now, on stderr.',
    arguments: [{ name: 'NAME', description: 'The sso-session to show', completes: 'session' }],
    examples: ['awsher status', 'awsher status corp --json'],
  },
  run: async (context, invocation) => showStatus(context, invocation),
};

/** The whole command, without anything to wait for. Throws AwsherError. */
export function showStatus(context: Context, invocation: Invocation): number {
  const output = createOutput(context, invocation);
  const config = loadSharedConfig(context.paths);
  const now = openServerClock(context.paths, context.now).now();
  const chosen = choose(config, context, invocation);
  const all = chosen.map((session) => statusOf(context.paths, config, session, now));
  if (output.json) {
    output.data(all);
    return EXIT.done;
  }
  if (all.length === 0) {
    output.tell('There is no session yet; run `awsher login NAME --start-url URL`.');
    return EXIT.done;
  }
  const colour = usesColour(context, context.stdout, invocation.options.noColor !== true);
  const rows = withRoles(context, config, chosen, now);
  output.answer(statusTable(rows, now, createStyle(colour)));
  rows.forEach(({ status }, at) => {
    const session = chosen[at];
    const advice = session && adviceFor(status, subjectOf(config, session).login);
    if (advice !== undefined) output.tell(`  → ${advice}`);
  });
  const browsers = runningHosts(context.paths.runDir, context.platform);
  if (browsers.length > 0) output.tell(`Connected: ${browsers.map(browserWords).join(', ')}.`);
  return EXIT.done;
}

/**
 * `awsher status` for the entry file, before it loads a parser: `argv` is what follows the program's name. `null` when the
 * command line is not of the plain form. Throws AwsherError.
 */
export function fastStatus(context: Context, argv: readonly string[]): number | null {
  const FLAGS: Readonly<Record<string, string>> = {
    '--json': 'json',
    '--quiet': 'quiet',
    '--no-color': 'noColor',
  };
  const options: Record<string, OptionValues[string]> = {};
  const words: string[] = [];
  for (const word of argv) {
    const key = FLAGS[word];
    if (key !== undefined) options[key] = true;
    else if (word.startsWith('-')) return null;
    else words.push(word);
  }
  const [name, ...names] = words;
  if (name !== 'status' || names.length > 1) return null;
  return showStatus(context, { arguments: names, options });
}

function choose(config: SharedConfig, { env }: Context, invocation: Invocation): readonly ChosenSession[] {
  const name = invocation.arguments[0] ?? text(invocation, 'session');
  const profile = text(invocation, 'profile');
  if (name === undefined && profile === undefined) return configSessions(config);
  return [chooseSession({ config, name, profile, env })];
}

function withRoles(
  { paths }: Context,
  config: SharedConfig,
  sessions: readonly ChosenSession[],
  now: number,
): Lifetimes[] {
  const cached = cachedRoles(paths, profileRoles(config));
  return sessions.map((one) => {
    const own = cached.filter((role) => belongsTo(role, { name: one.session, startUrl: one.startUrl }));
    return lifetimes(statusOf(paths, config, one, now), own, now);
  });
}
