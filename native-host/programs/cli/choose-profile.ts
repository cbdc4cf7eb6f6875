import { configSessions } from '../../aws/tokens/known-sessions.ts';
import { subjectOf, type TokenSubject } from '../../aws/tokens/token-subject.ts';
import { loadSharedConfig } from '../../base/files/config-file.ts';
import type { SharedConfig } from '../../base/formats/profiles.ts';
import type { Context } from '../../base/platform/context.ts';
import { startTimer } from '../../base/platform/timers.ts';
import { noteUsed, recentUses } from '../../features/catalogue/frecency.ts';
import { readCatalogueOf } from '../../features/catalogue/store.ts';
import type { Invocation } from './command.ts';
import type { Output } from './output.ts';
import type { Entry } from './pick/fuzzy.ts';
import { listMeanwhile, worthListing } from './pick/list-meanwhile.ts';
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
  const subjects = configSessions(config).map((session) => subjectOf(config, session));
  const now = context.now();
  const uses = recentUses(paths, now);
  const entries = () => {
    const catalogues = subjects.flatMap((subject) => readCatalogueOf(paths, subject) ?? []);
    return profileEntries(config, catalogues, uses, now);
  };
  const first = entries();
  const listing = worthListing(context, subjects);
  if (first.length === 0 && listing.length === 0) return null;
  const choice = await pickWhileListing(context, first, entries, listing);
  const profile = await profileOf(context, output, choice);
  remember(context, choice.kind === 'profile' ? config : loadSharedConfig(paths), profile);
  return profile;
}

/** More than twice a second nobody reads a list that grows. */
const REDRAW_MS = 500;

async function pickWhileListing(
  context: Context,
  first: readonly Entry<ProfileChoice>[],
  entries: () => readonly Entry<ProfileChoice>[],
  listing: readonly TokenSubject[],
): Promise<ProfileChoice> {
  if (listing.length === 0) return pick(context, 'Which profile?', first);
  let stop = async () => {};
  let stopTimer = () => {};
  try {
    return await pick(context, 'Which profile?', first, (replace) => {
      let waiting = false;
      stop = listMeanwhile(context, listing, () => {
        if (waiting) return;
        waiting = true;
        stopTimer = startTimer(REDRAW_MS, () => {
          waiting = false;
          replace(entries());
        });
      });
    });
  } finally {
    stopTimer();
    await stop();
    stopTimer();
  }
}

async function profileOf({ paths }: Context, output: Output, choice: ProfileChoice): Promise<string> {
  if (choice.kind === 'profile') return choice.name;
  const { ensureProfile } = await import('../../features/profiles/ensure-profile.ts');
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
