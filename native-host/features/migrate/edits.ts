import { type IniEdit, setKeys } from '../../base/formats/ini-edit.ts';
import { isSafeEntry } from '../../base/formats/names.ts';
import type { SharedConfig } from '../../base/formats/profiles.ts';
import { besideName, type Item, isAsPlanned } from './migration-plan.ts';

/** The edits of both files. */
export interface MigrationEdits {
  readonly config: readonly IniEdit[];
  readonly credentials: readonly IniEdit[];
}

const SCOPES = 'sso:account:access';

/**
 * What a plan writes. Old profiles stay and the new ones stand beside them (`NAME-sso`), until `removeOld`: then the new
 * ones take the old names, which is what scripts know, and what the tools wrote goes. Pure.
 */
export function migrationEdits(
  items: readonly Item[],
  config: SharedConfig,
  credentialsFile: string,
  removeOld: boolean,
): MigrationEdits {
  const edits: IniEdit[] = [];
  const credentials: IniEdit[] = [];
  for (const item of items) {
    if (item.kind === 'left') continue;
    const { profile, where } = item.found;
    const own = { type: 'profile', name: profile } as const;
    const written = config.profiles.get(profile)?.values.get('x_principal_arn')?.file === credentialsFile;
    if (removeOld && where === 'credentials' && written)
      credentials.push({ kind: 'remove-section', section: own });
    if (item.kind === 'saml') continue;
    edits.push(...sessionEdits(item));
    if (!removeOld) {
      edits.push(...profileEdits(besideName(profile), item));
      continue;
    }
    const section = config.profiles.get(profile);
    for (const key of item.found.oldKeys) {
      if (section?.values.has(key)) edits.push({ kind: 'remove-key', section: own, key });
    }
    edits.push(...profileEdits(profile, item));
    const beside = besideName(profile);
    if (isAsPlanned(config, beside, item))
      edits.push({ kind: 'remove-section', section: { type: 'profile', name: beside } });
  }
  return { config: edits, credentials };
}

function profileEdits(name: string, { found, session, accountId, roleName }: Extract<Item, { kind: 'sso' }>) {
  const more = Object.entries({ region: found.region, output: found.output }).flatMap(([key, value]) =>
    value !== undefined && isSafeEntry(key, value) ? [[key, value] as const] : [],
  );
  return setKeys(
    { type: 'profile', name },
    {
      sso_session: session,
      sso_account_id: accountId,
      sso_role_name: roleName,
      ...Object.fromEntries(more),
    },
  );
}

function sessionEdits({ session, newSession }: Extract<Item, { kind: 'sso' }>): IniEdit[] {
  if (newSession === undefined) return [];
  return setKeys(
    { type: 'sso-session', name: session },
    {
      sso_start_url: newSession.startUrl.replace(/#\/?$/, ''),
      sso_region: newSession.region,
      sso_registration_scopes: SCOPES,
    },
  );
}
