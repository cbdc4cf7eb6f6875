import type { Plan } from '../../../aws/resolver/credential-plan.ts';
import { planProfile } from '../../../aws/resolver/plan-profile.ts';
import { belongsTo, profileRoles } from '../../../aws/roles/session-roles.ts';
import type { ChosenSession } from '../../../aws/tokens/known-sessions.ts';
import { readNotes } from '../../../aws/tokens/session-notes.ts';
import { loadSharedConfig } from '../../../base/files/config-file.ts';
import type { SharedConfig } from '../../../base/formats/profiles.ts';
import type { Context } from '../../../base/platform/context.ts';
import { startDeadline } from '../../../base/platform/timers.ts';
import { type Invocation, text } from '../command.ts';
import { askedProfile, openAws, resolveDeps } from '../profile-credentials.ts';
import { askWho } from '../who.ts';

/** For all of it: the person waits, and the sign-in is done already. */
const DEADLINE_MS = 1_500;

/**
 * Learns the person's name after a sign-in, once per session, through a role of one of its profiles; the role's
 * credentials are then in the cache for the first command. Never throws, tries nothing twice, and says nothing: without
 * a name the line just is shorter.
 */
export async function learnWho(
  context: Context,
  invocation: Invocation,
  chosen: ChosenSession,
): Promise<void> {
  if (readNotes(context.paths, chosen.session).who !== undefined) return;
  const config = loadSharedConfig(context.paths);
  const deadline = startDeadline(DEADLINE_MS);
  const aws = openAws(context, { attempts: 1, profile: text(invocation, 'profile'), config });
  try {
    const found = profileOf(context, invocation, config, chosen);
    if (found === undefined) return;
    const signal = AbortSignal.any([context.signal, deadline.signal]);
    const deps = resolveDeps(context, aws, config, { output: { warn: () => {} }, mayPrompt: false });
    await askWho({ ...deps, signal }, found.profile, found.plan);
  } catch {
    // See above.
  } finally {
    deadline.stop();
    aws.close();
  }
}

/** A profile that takes its role straight from this session: the one that was asked for, else the first. */
function profileOf(
  { env, paths }: Context,
  invocation: Invocation,
  config: SharedConfig,
  { session: name, startUrl }: ChosenSession,
): { profile: string; plan: Plan } | undefined {
  const own = profileRoles(config).filter((role) => belongsTo(role, { name, startUrl }));
  const asked = askedProfile({ env }, invocation).profile;
  const { profile } = own.find((one) => one.profile === asked) ?? own[0] ?? {};
  if (profile === undefined) return undefined;
  const plan = planProfile({
    config,
    credentialsFile: paths.credentialsFile,
    env,
    profile,
    explicit: true,
  });
  // A profile may have keys or a program of its own besides; those are none of this session's business.
  return plan.kind === 'sso' ? { profile, plan } : undefined;
}
