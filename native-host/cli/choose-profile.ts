import { noteUsed, recentUses } from '../catalogue/frecency.ts';
import { readCatalogueOf } from '../catalogue/store.ts';
import { loadSharedConfig } from '../files/config-file.ts';
import type { SharedConfig } from '../formats/profiles.ts';
import type { Context } from '../platform/context.ts';
import { subjectOf } from './accounts/subject.ts';
import { knownSessions } from './choose-session.ts';
import type { Invocation } from './command.ts';
import type { Output } from './output.ts';
import { canPick, pick } from './pick/pick.ts';
import { type ProfileChoice, profileEntries, roleOf } from './pick/profile-entries.ts';
import { askedProfile } from './profile-credentials.ts';

export interface ChosenProfile {
  readonly profile: string;
  /** Named or picked: then keys in the environment do not count. */
  readonly explicit: boolean;
}

/** What gives credentials without a profile; then nobody needs to be asked for one. */
const WITHOUT_PROFILE = [
  'AWS_ACCESS_KEY_ID',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
];

/**
 * The profile that a command is about: `--profile`, else AWS_PROFILE, else `default` where the config has one, else what
 * the person picks, on a terminal. The use is remembered for the picker's order. Throws CANCELLED and INTERRUPTED.
 */
export async function chooseProfile(
  context: Context,
  invocation: Invocation,
  output: Output,
): Promise<ChosenProfile> {
  const asked = askedProfile(context, invocation);
  const config = loadSharedConfig(context.paths);
  const settled =
    asked.explicit ||
    asked.profile !== 'default' ||
    config.profiles.has('default') ||
    WITHOUT_PROFILE.some((name) => context.env[name]);
  if (settled || !canPick(context)) {
    remember(context, config, asked.profile);
    return asked;
  }
  const picked = await pickProfile(context, output, config);
  return picked === null ? asked : { profile: picked, explicit: true };
}

/** Lets the person pick a profile, or a role that gets one; `null` when there is nothing to pick. */
export async function pickProfile(
  context: Context,
  output: Output,
  config: SharedConfig,
): Promise<string | null> {
  const { paths } = context;
  const catalogues = knownSessions(config).flatMap(
    (session) => readCatalogueOf(paths, subjectOf(context, config, session)) ?? [],
  );
  const now = context.now();
  const entries = profileEntries(config, catalogues, recentUses(paths, now), now);
  if (entries.length === 0) return null;
  const choice = await pick(context, 'Which profile?', entries);
  const profile = await profileOf(context, output, choice);
  remember(context, choice.kind === 'profile' ? config : loadSharedConfig(paths), profile);
  return profile;
}

async function profileOf({ paths }: Context, output: Output, choice: ProfileChoice): Promise<string> {
  if (choice.kind === 'profile') return choice.name;
  const { ensureProfile } = await import('../profiles/ensure-profile.ts');
  const { profile, created } = await ensureProfile(paths, choice.catalogue, choice);
  if (created) output.tell(`${output.style.green('✓')} new profile ${profile} in ~/.aws/config`);
  return profile;
}

/** Notes the use of a profile that the config has. */
export function remember({ paths, now }: Context, config: SharedConfig, profile: string): void {
  const section = config.profiles.get(profile);
  if (section === undefined) return;
  const role = roleOf(section);
  const { accountId, roleName } = role ?? { accountId: null, roleName: null };
  noteUsed(paths, { profile, accountId, roleName }, now());
}
