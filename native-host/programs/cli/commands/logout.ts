import { AwsherError } from '../../../../shared/errors/awsher-error.ts';
import { cacheEntries } from '../../../aws/roles/session-roles.ts';
import { type ChosenSession, configSessions } from '../../../aws/tokens/known-sessions.ts';
import { removeSsoEntries, type SignOutDeps, signOutSession } from '../../../aws/tokens/sign-out.ts';
import { loadSharedConfig } from '../../../base/files/config-file.ts';
import type { SharedConfig } from '../../../base/formats/profiles.ts';
import { tellBrowsers } from '../../../features/signin/tell-browsers.ts';
import { chooseSession } from '../choose-session.ts';
import { type Command, flag, text } from '../command.ts';
import { type Output, plain } from '../output.ts';
import { openAws } from '../profile-credentials.ts';

export const command: Command = {
  declaration: {
    name: 'logout',
    summary: 'Sign out, on this computer and at the portal',
    description:
      'Removes the token and the credentials of its roles. Credentials a program already has stay valid until they expire.',
    arguments: [
      {
        name: 'NAME',
        description: 'The session (default: that of --profile, or your only one)',
        completes: 'session',
      },
    ],
    options: [
      {
        flag: '--all',
        description: 'Every session, and all Identity Center role credentials',
      },
    ],
    examples: ['awsher logout corp', 'awsher logout --all'],
  },
  async run(context, invocation, output) {
    const config = loadSharedConfig(context.paths);
    const all = flag(invocation, 'all');
    const name = invocation.arguments[0] ?? text(invocation, 'session');
    if (all && name !== undefined) {
      throw new AwsherError('USAGE', 'Use either a session or --all, not both.', {
        hint: 'run `awsher logout --all`',
      });
    }
    const sessions = all
      ? configSessions(config)
      : [chooseSession({ config, name, profile: text(invocation, 'profile'), env: context.env })];
    const aws = openAws(context, { profile: text(invocation, 'profile'), config });
    try {
      const deps: SignOutDeps = {
        paths: context.paths,
        clients: aws.clients,
        signal: context.signal,
        warn: (line) => output.warn(line),
      };
      const removed: string[] = [];
      for (const session of sessions) removed.push(...(await signOutOf(deps, config, session, output)));
      if (all) removed.push(...removeSsoEntries(context.paths, cacheEntries(context.paths)));
      if (removed.length > 0) await tellBrowsers(context);
      if (output.json) output.data({ sessions: sessions.map(({ session }) => session), removed });
    } finally {
      aws.close();
    }
  },
};

async function signOutOf(
  deps: SignOutDeps,
  config: SharedConfig,
  chosen: ChosenSession,
  output: Output,
): Promise<string[]> {
  const removed = await signOutSession(deps, config, chosen);
  for (const file of removed) output.detail(`removed ${file}`);
  output.tell(
    removed.length === 0
      ? `${plain(chosen.session)} was not signed in`
      : `✓ signed out of ${plain(chosen.session)}`,
  );
  return removed;
}
