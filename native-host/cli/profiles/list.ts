import { comparableStartUrl } from '../../../shared/aws/start-url.ts';
import { profileRoles } from '../../aws/session-roles.ts';
import { readCatalogue } from '../../catalogue/store.ts';
import { loadConfigFile } from '../../files/config-file.ts';
import { findBlock, PROFILES_BLOCK } from '../../formats/owned-block.ts';
import { readSharedConfig, type SharedConfig, textValue } from '../../formats/profiles.ts';
import { parseHeader } from '../../formats/section-id.ts';
import type { Context } from '../../platform/context.ts';
import { type Invocation, text } from '../command.ts';
import { EXIT } from '../exit.ts';
import { createOutput, createStyle, plain, usesColour } from '../output.ts';
import { table } from '../table.ts';

/** A profile that signs in through IAM Identity Center. */
interface ListedProfile {
  name: string;
  /** `null` for a profile that names the portal itself. */
  session: string | null;
  accountId: string;
  /** Empty while the account was never listed. */
  accountName: string;
  role: string;
  region: string | null;
  /** Whether `profiles sync` keeps it. */
  kept: boolean;
}

/** `awsher profiles list`: the profiles that sign in through IAM Identity Center. Reads files only. */
export async function listProfiles(context: Context, invocation: Invocation): Promise<number> {
  const output = createOutput(context, invocation);
  const file = loadConfigFile(context.paths.configFile);
  const config = readSharedConfig(file, loadConfigFile(context.paths.credentialsFile));
  const kept = new Set<string>();
  for (const { header } of findBlock(file.document, PROFILES_BLOCK)?.sections ?? []) {
    const id = parseHeader(header);
    if (id?.type === 'profile') kept.add(id.name);
  }
  const wanted = text(invocation, 'session');
  const names = accountNames(context, config);
  const profiles = profileRoles(config)
    .map(({ profile, role }): ListedProfile => {
      const { accountId, roleName, session } = role;
      return {
        name: profile,
        session,
        accountId,
        accountName: names.get(`${comparableStartUrl(role.startUrl)} ${accountId}`) ?? '',
        role: roleName,
        region: textValue(config.profiles.get(profile), 'region') ?? null,
        kept: kept.has(profile),
      };
    })
    .filter(({ session }) => wanted === undefined || session === wanted);
  if (output.json) {
    output.data(profiles);
    return EXIT.done;
  }
  if (profiles.length === 0) {
    output.tell(
      'No profile signs in through IAM Identity Center; run `awsher profiles sync` to have them all.',
    );
    return EXIT.done;
  }
  const style = createStyle(usesColour(context, context.stdout, invocation.options.noColor !== true));
  const cells = (words: readonly string[]) => words.map((word) => ({ text: word, paint: style.bold }));
  // Where all belong to one session, its name says nothing.
  const several = new Set(profiles.map(({ session }) => session)).size > 1;
  output.answer(
    table([
      cells(['profile', 'account', '', 'role', ...(several ? ['session'] : []), 'region', '']),
      ...profiles.map((one) => [
        { text: plain(one.name) },
        { text: plain(one.accountName) },
        { text: plain(one.accountId), paint: style.dim },
        { text: plain(one.role) },
        ...(several ? [{ text: plain(one.session ?? '-') }] : []),
        { text: plain(one.region ?? '-') },
        { text: one.kept ? '' : 'your own', paint: style.dim },
      ]),
    ]),
  );
  return EXIT.done;
}

/** Names of accounts by portal and number, as far as they were listed. */
function accountNames({ paths }: Context, config: SharedConfig): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const session of config.ssoSessions.keys()) {
    const catalogue = readCatalogue(paths, session);
    if (catalogue === null) continue;
    const portal = comparableStartUrl(catalogue.startUrl);
    for (const { accountId, accountName } of catalogue.accounts)
      names.set(`${portal} ${accountId}`, accountName);
  }
  return names;
}
