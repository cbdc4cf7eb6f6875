import type { SessionStatus } from '../../../../shared/fields.ts';
import { openServerClock } from '../../../aws/calls/server-clock.ts';
import { belongsTo, cachedRoles, profileRoles } from '../../../aws/roles/session-roles.ts';
import { type ChosenSession, configSessions, statusOf } from '../../../aws/tokens/known-sessions.ts';
import { readNotes } from '../../../aws/tokens/session-notes.ts';
import { subjectOf } from '../../../aws/tokens/token-subject.ts';
import { loadSharedConfig } from '../../../base/files/config-file.ts';
import type { SharedConfig } from '../../../base/formats/profiles.ts';
import { runningHosts } from '../../../base/link/running-hosts.ts';
import type { Context } from '../../../base/platform/context.ts';
import { chooseSession } from '../choose-session.ts';
import { type Command, type Invocation, type OptionValues, text } from '../command.ts';
import { createOutput, type Output } from '../output.ts';
import { lifetimes } from '../status/lifetimes.ts';
import { browserWords, type StatusRow, statusDetails, statusTable } from '../status/status-words.ts';

export const command: Command = {
  declaration: {
    name: 'status',
    summary: 'Show which sessions are signed in, and for how long',
    description:
      'Reads files only, no network. Without NAME: all sessions, or that of --profile. --verbose shows the details and the connected browsers.',
    arguments: [{ name: 'NAME', description: 'The session to show', completes: 'session' }],
    examples: ['awsher status', 'awsher status corp --verbose', 'awsher status --json'],
  },
  run: async (...given) => showStatus(...given),
};

/** The whole command, without anything to wait for. Throws AwsherError. */
export function showStatus(context: Context, invocation: Invocation, output: Output): void {
  const config = loadSharedConfig(context.paths);
  const now = openServerClock(context.paths, context.now).now();
  const chosen = choose(config, context, invocation);
  const known = chosen.map((session) => ({ session, status: statusOf(context.paths, config, session, now) }));
  if (output.json) {
    output.data(known.map(({ status }) => status));
    return;
  }
  if (known.length === 0) {
    output.tell('There is no session yet; run `awsher login NAME --start-url URL`.');
    return;
  }
  const style = output.answerStyle;
  const rows = rowsOf(context, config, known, now);
  output.answer(statusTable(rows, now, style, output.room));
  if (output.verbose)
    for (const row of rows)
      output.answer(`\n${statusDetails(row, { now, style, home: context.paths.home, room: output.room })}`);
  const browsers = runningHosts(context.paths.runDir, context.platform);
  if (browsers.length > 0) output.tell(`Connected: ${browsers.map(browserWords).join(', ')}.`);
}

/**
 * `awsher status` for the entry file, before it loads a parser: `argv` is what follows the program's name. False when the
 * command line is not of the plain form. Throws AwsherError.
 */
export function fastStatus(context: Context, argv: readonly string[]): boolean {
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
    else if (word.startsWith('-')) return false;
    else words.push(word);
  }
  const [name, ...names] = words;
  if (name !== 'status' || names.length > 1) return false;
  const invocation = { arguments: names, options };
  showStatus(context, invocation, createOutput(context, invocation));
  return true;
}

function choose(config: SharedConfig, { env }: Context, invocation: Invocation): readonly ChosenSession[] {
  const name = invocation.arguments[0] ?? text(invocation, 'session');
  const profile = text(invocation, 'profile');
  if (name === undefined && profile === undefined) return configSessions(config);
  return [chooseSession({ config, name, profile, env })];
}

function rowsOf(
  { paths }: Context,
  config: SharedConfig,
  known: readonly { session: ChosenSession; status: SessionStatus }[],
  now: number,
): StatusRow[] {
  const cached = cachedRoles(paths, profileRoles(config));
  return known.map(({ session: one, status }) => {
    const own = cached.filter((role) => belongsTo(role, { name: one.session, startUrl: one.startUrl }));
    const { who } = readNotes(paths, status.session);
    return { ...lifetimes(status, own, now), who, login: subjectOf(config, one).login };
  });
}
