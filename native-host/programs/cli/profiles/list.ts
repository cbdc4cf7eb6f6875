import { comparableStartUrl } from '../../../../shared/aws/start-url.ts';
import { profileRoles } from '../../../aws/roles/session-roles.ts';
import { loadConfigFile } from '../../../base/files/config-file.ts';
import { findBlock, PROFILES_BLOCK } from '../../../base/formats/owned-block.ts';
import { readSharedConfig, textValue } from '../../../base/formats/profiles.ts';
import { parseHeader } from '../../../base/formats/section-id.ts';
import { accountNames } from '../../../features/catalogue/account-names.ts';
import { accountMark } from '../../../features/settings/account-mark.ts';
import { readSettings } from '../../../features/settings/own-settings.ts';
import { type Run, text } from '../command.ts';
import { type ListedProfile, profilesTable } from './list-words.ts';

/** `awsher profiles list`: the profiles that sign in through IAM Identity Center. Reads files only. */
export const listProfiles: Run = async (context, invocation, output) => {
  const file = loadConfigFile(context.paths.configFile);
  const config = readSharedConfig(file, loadConfigFile(context.paths.credentialsFile));
  const kept = new Set<string>();
  for (const { header } of findBlock(file.document, PROFILES_BLOCK)?.sections ?? []) {
    const id = parseHeader(header);
    if (id?.type === 'profile') kept.add(id.name);
  }
  const settings = readSettings(context.paths);
  const wanted = text(invocation, 'session');
  const names = new Map(
    accountNames(context.paths, config).map((one) => [`${one.portal} ${one.accountId}`, one.accountName]),
  );
  const profiles = profileRoles(config)
    .map(({ profile, role }): ListedProfile => {
      const { accountId, roleName, session } = role;
      const accountName = names.get(`${comparableStartUrl(role.startUrl)} ${accountId}`) ?? '';
      return {
        name: profile,
        session,
        accountId,
        accountName,
        ...accountMark(settings, { accountId, accountName }),
        role: roleName,
        region: textValue(config.profiles.get(profile), 'region') ?? null,
        kept: kept.has(profile),
      };
    })
    .filter(({ session }) => wanted === undefined || session === wanted);
  if (output.json) {
    output.data(profiles);
    return;
  }
  if (profiles.length === 0) {
    output.tell(
      'No profile signs in through IAM Identity Center; run `awsher profiles sync` to create them.',
    );
    return;
  }
  output.answer(profilesTable(profiles, output.answerStyle, output.room));
};
